import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { chunksOf } from '../aggregate/chunks.ts'
import { DuckDbStore } from '../store/duckdb.ts'
import { carryUp, meteredSite } from './history.ts'
import { timed, withFolder } from './measure.ts'

const METERS = Number(process.argv[2] ?? 200)
const DAYS = 365
const FROM = Date.UTC(2024, 11, 31, 16)
const organisation = meteredSite(METERS)
const say = (t: string, ms: number, rows: number) =>
  console.log(t.padEnd(30), (ms / 1000).toFixed(2), 's', ((rows / ms) * 1000).toFixed(0), 'rows/s')
await withFolder(async (folder) => {
  const path = join(folder, 'store.duckdb')
  const store = await DuckDbStore.open(path)
  const rows = METERS * DAYS * 96
  const fill = await timed(async () => {
    for (let d = 0; d < DAYS; d += 1) {
      const n = METERS * 96
      const meter = new Uint32Array(n)
      const at = new Float64Array(n)
      const value = new Float64Array(n)
      for (let q = 0, i = 0; q < 96; q += 1)
        for (let m = 0; m < METERS; m += 1, i += 1) {
          meter[i] = m
          at[i] = FROM + (d * 96 + q) * 900_000
          value[i] = (d * 96 + q) * 2.5 + Math.floor(3 * Math.sin(q + m) + 3) / 10
        }
      await store.write({
        readings: [
          {
            meters: Array.from({ length: METERS }, (_, m) => `meter-${m}`),
            units: [''],
            receivedAt: 0,
            length: n,
            meter,
            unit: new Uint8Array(n),
            at,
            value,
          },
        ],
        touched: [],
        quarantined: [],
      })
    }
  })
  say('fill', fill, rows)
  const touch = () =>
    store.touch(
      Array.from({ length: METERS }, (_, m) => ({
        meter: `meter-${m}`,
        from: FROM,
        to: FROM + DAYS * 86_400_000,
      })),
    )
  await touch()
  console.log('chunks', chunksOf(await store.touched(2000)).length)
  say('first', await timed(() => carryUp(store, organisation)), rows)
  await touch()
  const cpu = process.cpuUsage()
  const spent: Record<string, number> = {}
  for (const name of [
    'readingsOf',
    'rollups',
    'putRollups',
    'readingBefore',
    'readingFrom',
    'journal',
    'touched',
    'lastReadings',
  ] as const) {
    const real = (store as any)[name].bind(store)
    ;(store as any)[name] = async (...args: unknown[]) => {
      const t = performance.now()
      const r = await real(...args)
      spent[name] = (spent[name] ?? 0) + performance.now() - t
      return r
    }
  }
  say('re-roll', await timed(() => carryUp(store, organisation)), rows)
  console.log('cpu', process.cpuUsage(cpu).user / 1e6)
  console.log(spent)
  await store.close()
  const c = await (await DuckDBInstance.create(path, { memory_limit: '2GB' })).connect()
  say(
    'floor stream',
    await timed(async () => {
      const result = await c.stream('SELECT meter, instant, value FROM readings')
      let sum = 0
      for (;;) {
        const chunk = await result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) break
        const { items } = chunk.getColumnVector(2) as unknown as { items: Float64Array }
        for (let i = 0; i < chunk.rowCount; i += 1) sum += items[i] as number
      }
      console.log(sum)
    }),
    rows,
  )
  say(
    'floor sql sum',
    await timed(async () => {
      await c.run('SELECT meter, sum(value) FROM readings GROUP BY meter')
    }),
    rows,
  )
})
