import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one line that says how it went: `N passed, N failed, N skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    close(modules, errors.length)
  }
}

/** Prints the line after everything else, at the end of the process. Answers how many failed; `more` did outside of tests. */
export function close(modules: Iterable<TestModule>, more: number): number {
  const counts = { passed: 0, failed: more, skipped: 0 }
  for (const module of modules) {
    const tests = [...module.children.allTests()]
    // A file that broke before its tests has none to count.
    if (!module.ok() && !tests.some((test) => test.result().state === 'failed')) counts.failed += 1
    for (const test of tests) {
      const { state } = test.result()
      counts[state === 'pending' ? 'skipped' : state] += 1
    }
  }
  process.once('exit', () => {
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  })
  return counts.failed
}
