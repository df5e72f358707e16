/*
 * The re-roll of one meter-year of 15-minute readings (35,040 of them, to hours, days, months and the
 * year, written back) against DuckDB's own GROUP BY over the same rows, which only sums by hour and
 * keeps nothing.
 */
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { DuckDbStore } from '../store/duckdb.ts'
import { carryUp, meteredSite, quarterly, take } from './history.ts'
import { median, print, timed, withFolder } from './measure.ts'

const ROUNDS = 15
const FROM = Date.UTC(2024, 11, 31, 16)
const TO = FROM + 365 * 86_400_000
const organisation = meteredSite(1)

await withFolder(async (folder) => {
  const store = await DuckDbStore.open(join(folder, 'store.duckdb'))
  await take(store, quarterly('meter-0', FROM, TO + 900_000))
  await carryUp(store, organisation)
  const floor = await sameRows(join(folder, 'floor.duckdb'))
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    theirs.push(await timed(floor))
    ours.push(
      await timed(async () => {
        await store.touch([{ meter: 'meter-0', from: FROM, to: TO }])
        await carryUp(store, organisation)
      }),
    )
  }
  print(
    're-roll',
    'a meter-year of 15-minute readings',
    median(ours),
    'ms',
    "DuckDB's GROUP BY over the same rows",
    median(ours) / median(theirs),
  )
  await store.close()
})

/** The same readings in a plain table, and the query that sums their differences by hour. */
async function sameRows(path: string): Promise<() => Promise<unknown>> {
  const connection = await (await DuckDBInstance.create(path)).connect()
  await connection.run(
    `CREATE TABLE readings AS SELECT ${FROM} + i * 900000.0 AS instant, i * 2.5 AS value FROM range(35041) t(i)`,
  )
  const query = await connection.prepare(
    `SELECT hour, sum(used) FROM (
       SELECT floor(instant / 3600000) AS hour, lead(value) OVER (ORDER BY instant) - value AS used FROM readings
     ) GROUP BY hour ORDER BY hour`,
  )
  return async () => (await query.runAndReadAll()).getColumns()
}
