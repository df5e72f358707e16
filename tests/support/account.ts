import { setTimeout as sleep } from 'node:timers/promises'
import type { Json } from './json.ts'
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
  /** In quarantine, because the store refused them. */
  readonly aside: number
  /** Neither in the store as they were sent nor in quarantine, or missing in what the meters used. */
  readonly lost: number
  /** In the store more often than they were sent, also in quarantine, or counted twice in what the meters used. */
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
    const { stored, aside } = await count(load, program, store)
    if (stored + aside >= load.publishedReadings) break
  }
  await program.settled()
  const caughtUpS = Math.round((performance.now() - since) / 100) / 10
  const { stored, right, aside, both } = await count(load, program, store)
  const surplus = (await figures(program)) - used(load)
  const result = {
    published: load.publishedReadings,
    acknowledged: load.acknowledgedReadings,
    stored,
    aside,
    lost: Math.max(load.publishedReadings - right - aside, -surplus),
    doubled: Math.max(stored - right + both, surplus),
    caughtUpS,
  }
  console.log(lineOf(what, result, load.sentAgain))
  return result
}

function lineOf(what: string, result: Account, sentAgain: number): string {
  const { published, acknowledged, stored, aside, lost, doubled, caughtUpS } = result
  return `fault: ${what} | published ${published} | acknowledged ${acknowledged} | messages sent again ${sentAgain} | stored ${stored} | in quarantine ${aside} | lost ${lost} | doubled ${doubled} | caught up in ${caughtUpS} s`
}

/**
 * How many readings the store has, and how many that were published are there as they were sent, once
 * each; how many that were published are in quarantine instead, and how many are there as well.
 */
async function count(load: Load, program: Program, store: TestedStore) {
  const refused = await refusedByStore(program)
  const counted = { stored: 0, right: 0, aside: 0, both: 0 }
  for (const [no, meter] of loadMeters.entries()) {
    const published = load.published[no] as number
    const wasSent = (at: number, value: number) =>
      value >= 0 && value < published && at === LOAD_START + value * SECOND_MS
    // A day beyond either end, for what nobody has sent.
    const span = [LOAD_START - 86_400_000, LOAD_START + published * SECOND_MS + 86_400_000] as const
    const rows = await store.rows(program, meter, ...span)
    const found = new Set(rows.filter(([at, value]) => wasSent(at, value)).map(([, value]) => value))
    counted.stored += rows.length
    counted.right += found.size
    // A message that was sent again is listed again, so each value counts once.
    const ours = refused.filter(([of, at, value]) => of === meter && wasSent(at, value))
    for (const value of new Set(ours.map(([, , value]) => value))) {
      counted[found.has(value) ? 'both' : 'aside'] += 1
    }
  }
  return counted
}

/** Meters, instants and values of the readings that the store did not take. */
async function refusedByStore(program: Program): Promise<(readonly [string, number, number])[]> {
  const { rows } = await program.get('/quarantine?limit=1000')
  return rows
    .filter(({ code }: Json) => code === 'store-refused')
    .map(({ topic, payload }: Json) => {
      const { at, value } = JSON.parse(payload)
      return [topic.split('/')[2], Date.parse(at), value] as const
    })
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
