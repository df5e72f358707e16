import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node'
import { close } from './closing-line.ts'

/** Nothing waits longer than this: the longest start before a test takes half of it on a busy machine. */
const STALLED_MS = 12 * 60_000
/** Workers that have said that they are done are ended by force after a minute; this long after the last test all are. */
const NOT_ENDED_MS = 3 * 60_000
const LOOK_EVERY_MS = 5000

/**
 * Ends a run in which nothing moves any more, and says where it stands: a loop without an end never lets a time limit
 * of a test fire. Where all tests have ended and the runner has not, they count.
 */
export default class Stall implements Reporter {
  readonly #waiting = new Set<string>()
  readonly #running = new Map<string, TestCase | null>()
  readonly #ended = new Map<string, TestModule>()
  #movedAt = performance.now()
  #timer: NodeJS.Timeout | undefined

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    for (const { moduleId } of specifications) this.#waiting.add(moduleId)
    this.#moved()
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS)
  }

  onTestModuleStart({ moduleId }: TestModule): void {
    this.#waiting.delete(moduleId)
    this.#running.set(moduleId, null)
    this.#moved()
  }

  onTestCaseReady(test: TestCase): void {
    this.#running.set(test.module.moduleId, test)
    this.#moved()
  }

  onTestCaseResult({ module }: TestCase): void {
    this.#running.set(module.moduleId, null)
    this.#moved()
  }

  onTestModuleEnd(module: TestModule): void {
    this.#waiting.delete(module.moduleId)
    this.#running.delete(module.moduleId)
    this.#ended.set(module.moduleId, module)
    this.#moved()
  }

  onTestRunEnd(): void {
    clearInterval(this.#timer)
  }

  #moved(): void {
    this.#movedAt = performance.now()
  }

  #look(): void {
    const still = performance.now() - this.#movedAt
    const allEnded = this.#waiting.size === 0 && this.#running.size === 0
    if (still < (allEnded ? NOT_ENDED_MS : STALLED_MS)) return
    const files = [...this.#running].map(([file, test]) => `${relative('.', file)}: ${test?.fullName ?? '-'}`)
    const stands = allEnded ? 'all tests have ended' : `under way: ${files.join('; ')}`
    console.error(`nothing has moved for ${Math.round(still / 60_000)} minutes; ${stands}`)
    const failed = close(this.#ended.values(), files.length + this.#waiting.size)
    for (const pid of children()) process.kill(pid, 'SIGKILL')
    process.exit(failed > 0 ? 1 : 0)
  }
}

/** The workers: one that loops hears nothing else. */
function children(): number[] {
  const tasks = `/proc/${process.pid}/task/${process.pid}/children`
  return existsSync(tasks) ? readFileSync(tasks, 'utf8').split(' ').filter(Boolean).map(Number) : []
}
