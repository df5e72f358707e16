import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { InfluxStore } from '../../store/influx.ts'
import { silent } from '../ingest/fixture-organisation.ts'
import { expectAlike } from '../support/alike.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import type { Json } from '../support/json.ts'
import { organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { T, troubledReadings } from '../support/troubled-readings.ts'

const NOW = T + 40 * 24 * HOUR_MS
/** Troubled meters with one set of readings each, and an ordinary one that has like days for its gaps. */
const meters: Readonly<Record<string, object>> = {
  limited: { register: { unit: 'kWh', digits: 6 }, limitPerHour: 400 },
  'never-still': {
    register: { unit: 'kWh', digits: 6, multiplier: 0.5 },
    limitPerHour: 120,
    minimumPerHour: 2,
  },
  unlimited: { register: { unit: 'kWh' } },
  gauge: { gauge: { unit: 'kW', maxGap: 'PT1H' }, limitPerHour: 2000 },
  gaps: { register: { unit: 'kWh', digits: 6 }, limitPerHour: 125, minimumPerHour: 1 },
  'gauge-gaps': { gauge: { unit: 'kW', maxGap: 'PT1H' } },
}
const org = organisation([
  site({
    id: 's',
    zone: 'Asia/Kolkata',
    meters: Object.entries(meters).map(([id, more]) => ({
      id,
      utility: 'electricity' as const,
      role: 'submeter' as const,
      ...more,
    })),
  }),
])

type Row = [meter: string, at: number, value: number]

/** Four weeks by the hour, with days at work and nights, and in the last one all that can go wrong. */
function faces(): Row[] {
  const rows: Row[] = []
  let face = 999_000
  for (let h = 0; h <= 28 * 24; h += 1) {
    const used = h % 24 >= 6 && h % 24 < 18 ? 20 : 2
    const day = Math.floor(h / 24)
    const inGap = day === 22 && h % 24 >= 3 && h % 24 < 15
    const stuck = day === 24 && h % 24 >= 8 && h % 24 < 16
    const shown = stuck ? (rows.at(-1)?.[2] as number) : face
    if (!inGap) rows.push(['gaps', T + h * HOUR_MS, day === 25 && h % 24 === 10 ? 77_777 : shown])
    face = day === 26 && h % 24 === 12 ? 15 : (face + used) % 1_000_000
  }
  return rows
}

/** A gauge at work by the hour, silent for half a day in the last week. */
function powers(): Row[] {
  return Array.from({ length: 28 * 24 }, (_, h): Row => {
    return ['gauge-gaps', T + h * HOUR_MS, h % 24 >= 6 && h % 24 < 18 ? 30 : 0]
  }).filter(([, at]) => at < T + (22 * 24 + 3) * HOUR_MS || at > T + (22 * 24 + 15) * HOUR_MS)
}

/** The same troubles at every run. */
const troubled = (meter: string, seed: number): Row[] =>
  fc
    .sample(troubledReadings, { seed, numRuns: 8 })
    .toSorted((a, b) => b.length - a.length)[0]
    ?.map(([at, value]): Row => [meter, at, value]) ?? []

const clock = (hours: number) => new Date(T + hours * HOUR_MS).toISOString()
const events: readonly Json[] = [
  { meter: 'gaps', kind: 'reset', at: clock(26 * 24 + 12.5), closing: 400, opening: 0 },
  { meter: 'gaps', kind: 'multiplier', at: clock(27 * 24), multiplier: 2 },
  { meter: 'gaps', kind: 'correction', at: clock(20 * 24), to: clock(20 * 24 + 6), value: 30 },
  { meter: 'limited', kind: 'exclude', at: clock(2), to: clock(4) },
  { meter: 'unlimited', kind: 'replacement', at: clock(5), closing: 500_000, opening: 3, multiplier: 10 },
  { meter: 'never-still', kind: 'rollover', at: clock(3) },
  { meter: 'gauge-gaps', kind: 'exclude', at: clock(23 * 24 + 3), to: clock(23 * 24 + 9) },
]

describe.skipIf(!influxdInstalled)('DuckDB and InfluxDB, of troubled meters', () => {
  let server: Influxd
  let apis: readonly [TestApi, TestApi]
  beforeAll(async () => {
    server = await startInfluxd()
    const location = { url: server.url, token: '', username: '', password: '', database: 'troubled' }
    apis = [
      await testApi(org, NOW),
      await testApi(org, NOW, { store: await InfluxStore.open(location, 'one', silent) }),
    ]
    const rows = [
      ...['limited', 'never-still', 'unlimited', 'gauge'].flatMap((meter, i) => troubled(meter, i + 1)),
      ...faces(),
      ...powers(),
    ]
    // Out of order, and some of it twice.
    const third = Math.floor(rows.length / 3)
    const parts = [rows.slice(2 * third), rows.slice(0, third + 50), rows.slice(third, 2 * third)]
    for (const part of parts) for (const api of apis) await api.take(part)
  }, 300_000)
  afterAll(async () => {
    for (const api of apis) await api.close()
    await server.remove()
  })

  const both = async (path: string): Promise<Json[]> => {
    const [one, other] = await Promise.all(apis.map((api) => api.get(path)))
    expect([one?.status, other?.status], path).toEqual([200, 200])
    expectAlike(one?.body, other?.body, path)
    return one?.body.rows
  }

  /** Everything that is shown of every meter, the same in both; with the qualities that came up. */
  async function figures(): Promise<{ rows: Json[]; qualities: Set<string> }> {
    const rows: Json[] = []
    const all = `from=${clock(-24)}&to=${clock(29 * 24)}`
    // Quarters of an hour are reckoned when asked: of the first day, and of one with a gap.
    const quarters = [0, 22].map((day) => `from=${clock(day * 24)}&to=${clock(day * 24 + 24)}`)
    for (const meter of Object.keys(meters)) {
      await both(`/readings?meter=${meter}&${all}`)
      const asked = [
        ...quarters.map((span) => `15m&${span}`),
        ...['hour', 'day', 'month', 'year'].map((grain) => `${grain}&${all}`),
      ]
      for (const grain of asked)
        rows.push(...(await both(`/consumption?scope=meter:${meter}&grain=${grain}`)))
    }
    return { rows, qualities: new Set(rows.map(({ quality }) => quality)) }
  }

  async function ask(method: 'POST' | 'DELETE', path: string, payload?: object): Promise<void> {
    for (const [i, api] of apis.entries()) {
      const url = `/api/v1/meter-events${path === '' ? '' : `/${path.split(' ')[i]}`}`
      const { statusCode, body } = await api.app.inject({ method, url, ...(payload && { payload }) })
      expect(statusCode, body).toBe(method === 'POST' ? 201 : 200)
      await rolledUp(api.store, org)
    }
  }

  it('give the same figures as long as nothing is declared', async () => {
    const { rows, qualities } = await figures()
    expect(rows.some(({ value }) => value > 0)).toBe(true)
    expect([...qualities].toSorted()).toEqual(['estimated', 'interpolated', 'measured', 'missing', 'suspect'])
  })

  it('give the same with events in force, and the first ones again when they are taken back', async () => {
    const before = await figures()
    for (const event of events) await ask('POST', '', event)
    const declared = await figures()
    expect(declared.qualities).toContain('edited')
    expect(declared.rows).not.toEqual(before.rows)
    const journals = await Promise.all(apis.map((api) => api.get('/meter-events')))
    // All were entered at one instant, so their order is not said.
    const [one, other] = journals.map(({ body }) =>
      (body.rows as Json[]).toSorted((a, b) => (`${a.at}${a.meter}` < `${b.at}${b.meter}` ? -1 : 1)),
    )
    expect(one?.length).toBe(events.length)
    expectAlike(
      one?.map((row) => ({ ...row, id: '' })),
      other?.map((row) => ({ ...row, id: '' })),
      '/meter-events',
    )
    for (const [i, { id }] of (one ?? []).entries()) await ask('DELETE', `${id} ${other?.[i]?.id}`)
    expectAlike((await figures()).rows, before.rows, 'taken back')
  }, 120_000)
})
