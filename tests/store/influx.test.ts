import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { EntryVersions } from '../../core/entry-versions.ts'
import { quarantined } from '../../ingest/quarantine.ts'
import { InfluxStore } from '../../store/influx.ts'
import type { StoreLocation } from '../../store/open.ts'
import { silent } from '../ingest/fixture-organisation.ts'
import { testApi } from '../support/api.ts'
import { batchOf } from '../support/batch.ts'
import { askInflux } from '../support/grafana.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { organisation, site } from '../support/organisation.ts'
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

  it('warns of a database that forgets by itself', async () => {
    const location = at(server.url)
    const q = `CREATE DATABASE "${location.database}" WITH DURATION 30d`
    await fetch(`${server.url}/query`, { method: 'POST', body: new URLSearchParams({ q }) })
    const said: object[] = []
    const store = await InfluxStore.open(location, 'one', {
      info() {},
      warn: (details) => said.push(details),
    })
    expect(said).toEqual([{ database: location.database, forgetsAfter: '720h0m0s' }])
    await store.close()
  })

  it('has the versions of an entry in order, though the clock stands still', async () => {
    const store = await InfluxStore.open(at(server.url), 'one', silent)
    onTestFinished(() => store.close())
    const draft = { scope: 'site:park', quantity: 'packaging', kind: '', item: '', period: '2025' }
    for (let value = 0; value < 20; value += 1) {
      const versions = new EntryVersions(await store.entries())
      const said = { ...draft, value, unit: 't', source: 'scale', note: '', by: '' }
      await store.addEntries([versions.next(said, `v${value * 7919}`, 1_767_225_600_000)])
    }
    const { rows } = new EntryVersions(await store.entries())
    expect(rows.map(({ entry, version }) => [entry.value, version])).toEqual(
      Array.from({ length: 20 }, (_, value) => [value, value + 1]),
    )
  })

  it('takes a point that is written in part for one that is not there yet, and never for a zero', async () => {
    const location = at(server.url)
    const start = 946_684_800_000
    const span = [start, start + 3_600_000] as const
    const store = await InfluxStore.open(location, 'one', silent)
    onTestFinished(() => store.close())
    const write = (body: string) =>
      fetch(`${server.url}/write?db=${location.database}&precision=ms`, { method: 'POST', body })
    await write(
      `reading,meter=a received=5,unit="" ${start}\nconsumption,grain=hour,meter=a end=${span[1]} ${start}`,
    )
    expect((await store.lastReadings()).size).toBe(0)
    expect((await store.readings('a', ...span)).at.length).toBe(0)
    expect(await store.rollups(['a'], 'hour', ...span)).toEqual([])
    await write(`reading,meter=a value=3 ${start}`)
    expect((await store.lastReadings()).get('a')).toEqual({ at: start, value: 3, unit: '', receivedAt: 5 })
    expect([...(await store.readings('a', ...span)).value]).toEqual([3])
  })

  it('is asked for what was refused for one reason page by page', async () => {
    const start = 946_684_800_000
    const store = await InfluxStore.open(at(server.url), 'one', silent)
    const api = await testApi(organisation([site({ id: 'park' })]), start + 10_000, { store })
    onTestFinished(() => api.close())
    const refused = Array.from({ length: 9 }, (_, i) => {
      const issue = { code: i % 3 === 0 ? ('not-json' as const) : ('no-time' as const), message: 'why' }
      return quarantined({ receivedAt: start + i, topic: 't', payload: `${i}`, readings: 1, issue })
    })
    await store.write({ readings: [], touched: [], quarantined: refused })
    const seen: string[] = []
    for (let after = ''; ; ) {
      const { status, body } = await api.get(`/quarantine?code=no-time&limit=2${after}`)
      expect(status).toBe(200)
      seen.push(...body.rows.map((row: { payload: string }) => row.payload))
      if (body.next === null) break
      after = `&after=${body.next}`
    }
    expect(seen).toEqual(['8', '7', '5', '4', '2', '1'])
  })

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
    const entered = (id: string, enteredAt: number) => ({ id, reverses: '0', by: '', note: '', enteredAt })
    const many = Array.from({ length: 520 }, (_, i) => entered(`${i}`, 1_000_000_000_000 + i))
    for (const record of many.slice(0, 3)) await first.addToJournal(record, [])
    expect(await first.journal()).toEqual(many.slice(0, 3))
    await Promise.all(many.slice(3).map((record) => first.addToJournal(record, [])))
    await first.close()
    const second = await InfluxStore.open(location, 'one', silent)
    expect(await second.journal()).toEqual(many)
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

  it('forgets the hours of figures with those of meters, and keeps their days', async () => {
    const location = at(server.url)
    const store = await InfluxStore.open(location, 'one', silent)
    const t0 = Date.UTC(2024, 5, 1)
    const point = (grain: string, start: number) => ({
      measurement: 'usage' as const,
      tags: { scope: 'site:s', utility: 'heat', unit: 'GJ', grain },
      fields: { value: 1, known: 1 },
      at: start,
    })
    await store.figures.put([point('hour', t0), point('hour', t0 + 3_600_000), point('day', t0)])
    await store.dropHours(t0, t0 + 3_600_000)
    const query = 'SELECT "value" FROM "usage" WHERE time > 0 GROUP BY "grain"'
    const left = await askInflux(server.url, location.database, query)
    expect(left.map(({ tags, values }) => [tags?.grain, values.map(([start]) => start)])).toEqual([
      ['day', [t0]],
      ['hour', [t0 + 3_600_000]],
    ])
    await store.close()
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

  it('keeps its notes where the server has a retention period', async () => {
    const location = at(server.url)
    const q = `CREATE DATABASE "${location.database}" WITH DURATION 1d`
    await fetch(`${server.url}/query`, { method: 'POST', body: new URLSearchParams({ q }) })
    const store = await InfluxStore.open(location, 'one', silent)
    await store.putNote('x', 'y')
    expect(await store.getNote('x')).toBe('y')
    await store.close()
  })

  it('shows at once what others touch beside a process whose clock is far ahead', async () => {
    const location = at(server.url)
    const [ahead, two, reader] = (await Promise.all(
      ['ahead', 'two', 'reader'].map((writer) => InfluxStore.open(location, writer, silent)),
    )) as [InfluxStore, InfluxStore, InfluxStore]
    await atClock(Date.now() + 3_600_000, () => ahead.touch([{ meter: 'a', from: 0, to: 3_600_000 }]))
    expect((await reader.touched(9)).map(({ meter }) => meter)).toEqual(['a'])
    await two.touch([{ meter: 'b', from: 0, to: 3_600_000 }])
    expect((await reader.touched(9)).map(({ meter }) => meter)).toEqual(['a', 'b'])
    for (const store of [ahead, two, reader]) await store.close()
  })

  it('keeps what waits where the clock was set back before a restart', async () => {
    const location = at(server.url)
    const instant = Date.now() + 60_000
    for (const meter of ['a', 'b']) {
      const store = await InfluxStore.open(location, 'one', silent)
      await atClock(instant, () => store.touch([{ meter, from: 0, to: 3_600_000 }]))
      await store.close()
    }
    const reader = await InfluxStore.open(location, 'reader', silent)
    expect((await reader.touched(9)).map(({ meter }) => meter)).toEqual(['a', 'b'])
    await reader.close()
  })

  it.each(['99999999999999999999', '9999999999999999999', '1'])(
    'knows no page of quarantine after %s',
    async (after) => {
      const store = await InfluxStore.open(at(server.url), 'one', silent)
      expect(await store.quarantine(9, after)).toBeNull()
      await store.close()
    },
  )
})

/** Does something while the clock of this process stands at an instant. */
async function atClock(instant: number, work: () => Promise<void>): Promise<void> {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(instant)
  try {
    await work()
  } finally {
    clock.mockRestore()
  }
}

describe.skipIf(!influxdInstalled)('InfluxDB 1.6 that asks for a password', () => {
  const user = { name: 'meters', password: "p:w'd" }
  let server: Influxd
  beforeAll(async () => {
    server = await startInfluxd({ user })
  }, 40_000)
  afterAll(() => server.remove())

  it('is used with user and password', async () => {
    const store = await InfluxStore.open(
      at(server.url, { username: user.name, password: user.password }),
      'one',
      silent,
    )
    await store.putNote('x', 'y')
    expect(await store.getNote('x')).toBe('y')
    await store.close()
  })

  it('holds everything where they are wrong, and says so', async () => {
    const store = await InfluxStore.open(
      at(server.url, { username: user.name, password: 'no' }),
      'one',
      silent,
    )
    await expect(store.putNote('x', 'y')).rejects.toMatchObject({
      code: 'held',
      message: expect.stringMatching(/refuses: 401: authorization failed; see INFLUX_USERNAME/),
    })
    await store.close()
  })
})

describe.skipIf(!influxdInstalled)('InfluxDB that is away', () => {
  it('holds up no start, and is found when it is back', async () => {
    const server = await startInfluxd()
    onTestFinished(() => server.remove())
    await server.stop('SIGKILL')
    const store = await InfluxStore.open(at(server.url), 'one', silent)
    expect(store.name).toMatch(/^influxdb http/)
    await expect(store.getNote('x')).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'busy' })
    await server.start()
    await store.putNote('x', 'y')
    await server.stop()
    await expect(store.getNote('x')).rejects.toMatchObject({ code: 'busy' })
    await server.start()
    expect(await store.getNote('x')).toBe('y')
    await store.close()
  }, 60_000)
})

// Servers that this machine need not have: `TEST_INFLUX2_URL=… TEST_INFLUX2_TOKEN=… npx vitest run tests/store`.
for (const major of [2, 3]) {
  const url = process.env[`TEST_INFLUX${major}_URL`]
  if (url === undefined) continue
  describe(`InfluxDB ${major} as a store`, () => {
    const token = process.env[`TEST_INFLUX${major}_TOKEN`] ?? ''
    storeConformance(async () => InfluxStore.open(at(url, { token }), 'one', silent))
  })
}
