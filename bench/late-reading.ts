/*
 * What a reading that arrives eleven months late costs, from the store's write to the year's rollup,
 * with a history of one year of twenty meters and with one five times as long: the work must not grow.
 */
import { join } from 'node:path'
import { DuckDbStore } from '../store/duckdb.ts'
import { carryUp, meteredSite, quarterly, take } from './history.ts'
import { median, print, timed, withFolder } from './measure.ts'

const METERS = 20
const ROUNDS = 61
const NOW = Date.UTC(2026, 10, 21)
const YEAR_MS = 365 * 86_400_000
const organisation = meteredSite(METERS)

await withFolder(async (folder) => {
  const short = await filled(join(folder, 'short.duckdb'), 1)
  const long = await filled(join(folder, 'long.duckdb'), 5)
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    // In turns, and in turns first: what the machine does meanwhile hits both alike.
    const order = round % 2 === 0 ? [0, 1] : [1, 0]
    for (const which of order) times[which as 0 | 1].push(await late(which === 0 ? short : long, round))
  }
  const ratio = median(times[1].map((five, i) => five / (times[0][i] as number)))
  print(
    'late-reading',
    're-roll of a reading 11 months late, 5 years of history',
    median(times[1]),
    'ms',
    '1 year of history',
    ratio,
  )
  await short.close()
  await long.close()
})

async function filled(path: string, years: number): Promise<DuckDbStore> {
  const store = await DuckDbStore.open(path)
  for (let meter = 0; meter < METERS; meter += 1) {
    for (let year = years; year > 0; year -= 1) {
      await take(store, quarterly(`meter-${meter}`, NOW - year * YEAR_MS, NOW - (year - 1) * YEAR_MS))
    }
    await carryUp(store, organisation)
  }
  // As after a start: nothing left in the write-ahead log.
  await store.close()
  return DuckDbStore.open(path)
}

/** One reading eleven months back, between two of the grid, of another meter and hour each round. */
function late(store: DuckDbStore, round: number): Promise<number> {
  const at = NOW - 11 * 30 * 86_400_000 + round * 7_200_000
  const batch = quarterly(`meter-${round % METERS}`, at, at + 900_000)
  batch.at[0] = at + 420_000
  batch.value[0] = (at / 900_000) * 2.5 + 1
  return timed(async () => {
    await take(store, batch)
    await carryUp(store, organisation)
  })
}
