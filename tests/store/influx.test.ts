import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InfluxStore } from '../../store/influx.ts'
import type { StoreLocation } from '../../store/open.ts'
import { silent } from '../ingest/fixture-organisation.ts'
import { batchOf } from '../support/batch.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { storeConformance } from './conformance.ts'

let databases = 0
/** Databases of one server, one for each test. */
const fresh = () => {
  databases += 1
  return `test-${process.pid}-${databases}`
}
const at = (url: string, credentials: Partial<StoreLocation> = {}): StoreLocation => ({
  url,
  token: '',
  username: '',
  password: '',
  database: fresh(),
  ...credentials,
})

describe.skipIf(!influxdInstalled)('InfluxDB 1.6 as a store', () => {
  let server: Influxd
  beforeAll(async () => {
    server = await startInfluxd()
  }, 40_000)
  afterAll(() => server.remove())

  storeConformance(async () => InfluxStore.open(at(server.url), 'one', silent))

  it('says which version it found', async () => {
    const store = await InfluxStore.open(at(server.url), 'one', silent)
    expect(store.name).toMatch(/^influxdb 1\.\d+\.\d+\S* http:\/\/127\.0\.0\.1:\d+\/test-/)
    await store.close()
  })

  it('knows everything again after it was closed and opened', async () => {
    const location = at(server.url)
    const first = await InfluxStore.open(location, 'one', silent)
    await first.write({
      readings: [batchOf([['a', 946_684_800_000, 1, 'MWh']], 5)],
      touched: [{ meter: 'a', from: 0, to: 3_600_000 }],
      quarantined: [],
    })
    await first.close()
    const second = await InfluxStore.open(location, 'one', silent)
    expect((await second.lastReadings()).get('a')).toEqual({
      at: 946_684_800_000,
      value: 1,
      unit: 'MWh',
      receivedAt: 5,
    })
    const waiting = await second.touched(9)
    expect(waiting.length).toBe(1)
    await second.putRollups([], waiting)
    await second.close()
    const third = await InfluxStore.open(location, 'one', silent)
    expect(await third.touchedWaiting()).toEqual({ windows: 0, hours: 0 })
    await third.close()
  })

  it('shows one process what others have written, in whatever order their clocks are', async () => {
    const location = at(server.url)
    const [one, two, reader] = (await Promise.all(
      ['one', 'two', 'reader'].map((writer) => InfluxStore.open(location, writer, silent)),
    )) as [InfluxStore, InfluxStore, InfluxStore]
    const now = Date.now()
    const window = (meter: string) => ({ meter, from: 0, to: 3_600_000 * Math.ceil(now / 3_600_000) })
    expect((await reader.lastReadings()).size).toBe(0)
    await one.write({ readings: [batchOf([['a', now, 1]], now)], touched: [window('a')], quarantined: [] })
    expect((await reader.touched(9)).map(({ meter }) => meter)).toEqual(['a'])
    expect((await reader.lastReadings()).get('a')?.value).toBe(1)
    await two.write({
      readings: [
        batchOf(
          [
            ['a', now + 1, 2],
            ['b', now, 3],
          ],
          now,
        ),
      ],
      touched: [window('a'), window('b')],
      quarantined: [],
    })
    const waiting = await reader.touched(9)
    expect(waiting.map(({ meter }) => meter)).toEqual(['a', 'a', 'b'])
    expect((await reader.lastReadings()).get('a')?.value).toBe(2)
    expect((await reader.lastReadings()).get('b')?.value).toBe(3)
    // Half of what a point holds is settled: another start takes up the whole point again.
    await reader.putRollups([], waiting.slice(0, 2))
    const again = await InfluxStore.open(location, 'reader', silent)
    expect((await again.touched(9)).map(({ meter }) => meter)).toEqual(['a', 'b'])
    for (const store of [one, two, reader, again]) await store.close()
  })
})
