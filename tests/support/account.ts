import { setTimeout as sleep } from 'node:timers/promises'
import { LOAD_START, type Load, loadMeters } from './load.ts'
import type { Program } from './program.ts'
import type { TestedStore } from './tested-store.ts'

const SECOND_MS = 1000
const CATCH_UP_MS = 90_000

/** Readings, counted. */
export interface Account {
  readonly published: number
  readonly acknowledged: number
  readonly stored: number
  /** Not in the store as they were sent, or missing in what the meters used. */
  readonly lost: number
  /** In the store more often than they were sent, or counted twice in what the meters used. */
  readonly doubled: number
  /** Seconds from `since` to the last figure. */
  readonly caughtUpS: number
}

/**
 * Waits until the service has stored and rolled up everything that a finished load has published, and
 * counts. Prints one line of it. `since` is when it could begin to catch up, of `performance.now()`.
 */
export async function account(
  what: string,
  load: Load,
  program: Program,
  store: TestedStore,
  since: number,
): Promise<Account> {
  await program.settled()
  for (const until = Date.now() + CATCH_UP_MS; Date.now() < until; await sleep(200)) {
    if ((await count(load, program, store)).stored >= load.publishedReadings) break
  }
  await program.settled()
  const caughtUpS = Math.round((performance.now() - since) / 100) / 10
  const { stored, right } = await count(load, program, store)
  const surplus = (await figures(program)) - used(load)
  const result = {
    published: load.publishedReadings,
    acknowledged: load.acknowledgedReadings,
    stored,
    lost: Math.max(load.publishedReadings - right, -surplus),
    doubled: Math.max(stored - right, surplus),
    caughtUpS,
  }
  console.log(lineOf(what, result, load.sentAgain))
  return result
}

function lineOf(what: string, result: Account, sentAgain: number): string {
  const { published, acknowledged, stored, lost, doubled, caughtUpS } = result
  return `fault: ${what} | published ${published} | acknowledged ${acknowledged} | messages sent again ${sentAgain} | stored ${stored} | lost ${lost} | doubled ${doubled} | caught up in ${caughtUpS} s`
}

/** How many readings the store has, and how many that were published are there as they were sent, once each. */
async function count(load: Load, program: Program, store: TestedStore) {
  let stored = 0
  let right = 0
  for (const [no, meter] of loadMeters.entries()) {
    const published = load.published[no] as number
    // A day beyond either end, for what nobody has sent.
    const span = [LOAD_START - 86_400_000, LOAD_START + published * SECOND_MS + 86_400_000] as const
    const rows = await store.rows(program, meter, ...span)
    stored += rows.length
    const found = new Set<number>()
    for (const [at, value] of rows) {
      const sent = value >= 0 && value < published && at === LOAD_START + value * SECOND_MS
      if (sent) found.add(value)
    }
    right += found.size
  }
  return { stored, right }
}

/** What the meters have used by their rollups, kWh. */
async function figures(program: Program): Promise<number> {
  let sum = 0
  for (const meter of loadMeters) {
    const { rows } = await program.get(
      `/consumption?scope=meter:${meter}&grain=month&from=2025-02&to=2025-05`,
    )
    for (const { value } of rows) sum += value ?? 0
  }
  return Math.round(sum)
}

/** What they must have used: a register that begins at 0 and goes up by 1 with each reading. */
function used(load: Load): number {
  return load.published.reduce((sum, readings) => sum + Math.max(0, readings - 1), 0)
}
