/**
 * For properties that run in memory only: what fails is made smaller for so long, no longer. No timer has its
 * turn between two runs, so a test's own limit would come only when all of them are over.
 */
export const shrinkLimit = { interruptAfterTimeLimit: 120_000, markInterruptAsFailure: true } as const
