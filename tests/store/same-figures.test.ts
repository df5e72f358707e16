import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Calendars } from '../../core/calendar.ts'
import { indicators } from '../../core/indicator.ts'
import { Organisation } from '../../core/organisation-index.ts'
import { history, pastOf } from '../../simulators/history.ts'
import { SiteMeters } from '../../simulators/meter.ts'
import { InfluxStore } from '../../store/influx.ts'
import { silent } from '../ingest/fixture-organisation.ts'
import { demo, SEED } from '../simulators/support/demo.ts'
import { expectAlike } from '../support/alike.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import type { Json } from '../support/json.ts'

const FROM = Date.UTC(2025, 10, 28)
const NOW = Date.UTC(2026, 0, 4, 9, 20)
const organisation = new Organisation(demo)
const scopes = organisation.scopes().filter((scope) => !scope.startsWith('meter:'))

/** Every meter of the demo over a December and the first days of a January, out of order and some of it twice. */
function* readings(): Generator<[string, number, number][]> {
  const calendars = new Calendars()
  for (const site of demo.sites) {
    const meters = new SiteMeters(site, calendars.of(site.zone), SEED)
    meters.begin(meters.facesAtFirst().map((thousandths) => ({ at: FROM, thousandths })))
    const past = pastOf(
      meters,
      meters.meters.map(() => FROM),
      NOW,
    )
    const rows: [string, number, number][] = []
    for (const { meter, payload } of history(meters, past)) {
      const list: { at: number; value: number }[] = JSON.parse(payload)
      rows.push(...list.map(({ at, value }): [string, number, number] => [meter, at, value]))
    }
    const half = rows.length >> 1
    yield rows.slice(half)
    yield rows.slice(0, half + 100)
  }
}

describe.skipIf(!influxdInstalled)('DuckDB and InfluxDB', () => {
  let server: Influxd
  let duckdb: TestApi
  let influx: TestApi
  beforeAll(async () => {
    server = await startInfluxd()
    const location = { url: server.url, token: '', username: '', password: '', database: 'same' }
    const { targets } = parse(readFileSync('config/targets.yaml', 'utf8'))
    duckdb = await testApi(organisation, NOW, { targets })
    influx = await testApi(organisation, NOW, {
      targets,
      store: await InfluxStore.open(location, 'one', silent),
    })
    for (const rows of readings()) {
      await duckdb.take(rows)
      await influx.take(rows)
    }
  }, 300_000)
  afterAll(async () => {
    await duckdb.close()
    await influx.close()
    await server.remove()
  })

  const both = async (path: string) => {
    const [one, other] = await Promise.all([duckdb.get(path), influx.get(path)])
    expect([one.status, other.status], path).toEqual([200, 200])
    expectAlike(one.body, other.body, path)
    return one.body.rows as Json[]
  }

  it.each(['day', 'month', 'year'])(
    'give the same KPIs by the %s: every indicator of every scope',
    async (grain) => {
      const rows: Json[] = []
      // All at once would be more than an answer holds.
      for (let first = 0; first < scopes.length; first += 8) {
        const some = scopes.slice(first, first + 8)
        const span = grain === 'day' ? 'from=2025-12-30&to=2026-01-03' : 'from=2025-11-01&to=2026-01-05'
        rows.push(
          ...(await both(`/kpis?grain=${grain}&indicator=${[...indicators.keys()]}&scope=${some}&${span}`)),
        )
      }
      expect(rows.length).toBeGreaterThan(indicators.size * scopes.length)
      expect(rows.some((row) => row.numerator !== null)).toBe(true)
      if (grain !== 'year') expect(rows.some((row) => row.value !== null)).toBe(true)
    },
    120_000,
  )

  it('give the same targets, in both years', async () => {
    expect((await both('/targets?year=2026')).length).toBeGreaterThan(3)
    expect((await both('/targets?year=2025')).length).toBeGreaterThan(3)
  })

  it.each(['15m', 'hour'])(
    'give the same consumption by the %s, and the same readings and meters',
    async (grain) => {
      const rows = await both(
        `/consumption?scope=site:science-park&utility=electricity&grain=${grain}&from=2025-12-31&to=2026-01-03`,
      )
      expect(rows.some((row) => row.value > 0)).toBe(true)
      await both('/readings?meter=park-e-in&from=2025-12-31&to=2026-01-03')
      await both('/meters')
    },
  )
})
