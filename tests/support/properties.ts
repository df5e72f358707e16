import fc from 'fast-check'

// A counterexample is made smaller for so long and not longer: over stores in memory no time limit of a test would end it.
fc.configureGlobal({ interruptAfterTimeLimit: 60_000 })
