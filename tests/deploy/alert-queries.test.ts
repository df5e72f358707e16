import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { type AlertRule, alertRules } from '../../dashboards/alert-rules.ts'
import { Connection } from '../../store/influx-connection.ts'
import { FigureSeries } from '../../store/influx-figures.ts'
import type { FigurePoint } from '../../store/store.ts'
import { askInflux } from '../support/grafana.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'

const MINUTE_MS = 60_000
const name = `the alert rules, asked of an InfluxDB${influxdInstalled ? '' : ' (skipped: no InfluxDB)'}`

describe.skipIf(!influxdInstalled)(name, () => {
  let server: Influxd
  const now = Date.now() - (Date.now() % MINUTE_MS)

  const minute = (writer: string, ago: number, fields: FigurePoint['fields'] = {}): FigurePoint => ({
    measurement: 'service',
    tags: { writer },
    fields: { status: 0, spool_pending: 3, lag: 0.1, newest_age: 40, alerts_critical: 0, ...fields },
    at: now - ago * MINUTE_MS,
  })
  const minutes = (writer: string, from: number, to: number, fields?: FigurePoint['fields']) =>
    Array.from({ length: from - to + 1 }, (_, i) => minute(writer, from - i, fields))
  const target = (id: string, verdict: number, at = now - 300 * DAY_MS): FigurePoint => ({
    measurement: 'target',
    tags: { target: id, scope: 'site:park', unit: 'MWh', amount_unit: 'MWh' },
    fields: { verdict },
    at,
  })
  const day = (scope: string, daysAgo: number, coverage: number): FigurePoint => ({
    measurement: 'usage',
    tags: { scope, utility: 'electricity', unit: 'kWh', grain: 'day' },
    fields: { coverage, known: coverage > 0 ? 1 : 0 },
    at: now - daysAgo * DAY_MS - 2 * HOUR_MS,
  })

  beforeAll(async () => {
    server = await startInfluxd()
  })
  afterAll(() => server?.remove())

  /** What fires of a rule over some points: the tags of each instance; null where there is no series. */
  async function firing(rule: AlertRule, database: string): Promise<string[] | null> {
    const { from, to } = rule.range
    const range = `time >= ${now - from * 1000}ms and time <= ${now - to * 1000}ms`
    const series = await askInflux(server.url, database, rule.query.replace('$timeFilter', range))
    if (series.length === 0) return null
    return series.flatMap(({ tags = {}, values }) => {
      const newest = values.findLast(([, value]) => value !== null)?.[1] as number
      return fires(rule, newest) ? [Object.values(tags).join(' ')] : []
    })
  }

  async function holding(database: string, points: readonly FigurePoint[]) {
    const silent = { info() {}, warn() {}, error() {} }
    const connection = new Connection({ url: server.url, database } as never, silent as never)
    await new FigureSeries(connection).put(points)
    const found = await Promise.all(alertRules.map(async (rule) => [rule.uid, await firing(rule, database)]))
    return Object.fromEntries(found)
  }

  it('say nothing while all is well', async () => {
    const well = [
      ...minutes('one', 200, 0),
      ...minutes('two', 200, 0),
      target('energy', 0),
      day('site:park', 1, 1),
    ]
    const found = await holding('well', well)
    for (const { uid } of alertRules) expect(found[uid], uid).toEqual([])
  })

  it('find what is wrong, and where', async () => {
    const wrong = [
      ...minutes('one', 200, 0, { spool_pending: 200_000, lag: 1200, newest_age: 9000, alerts_critical: 2 }),
      // Stopped a quarter of an hour ago.
      ...minutes('two', 100, 15),
      // Taken away long ago.
      ...minutes('gone', 400, 300),
      target('energy', 2),
      target('water', 1),
      target('ghg', 3),
      target('met', 2, now - 500 * DAY_MS),
      target('met', 0),
      day('site:park', 1, 0.9),
      day('site:depot', 1, 0),
      day('site:mill', 1, 0.96),
      // What runs, and what is long over.
      day('site:mill', 0, 0.2),
      day('site:mill', 4, 0.2),
      day('boundary:group', 1, 0.2),
    ]
    expect(await holding('wrong', wrong)).toEqual({
      'wattwell-stopped': ['two'],
      'wattwell-spool': ['one'],
      'wattwell-lag': ['one'],
      'wattwell-no-readings': [''],
      'wattwell-target': ['energy'],
      'wattwell-coverage': ['site:depot electricity', 'site:park electricity'],
      'wattwell-critical': [''],
    })
  })

  it('find no series where nothing was ever written, which is what the first of them is for', async () => {
    const found = await holding('empty', [target('energy', 0)])
    expect(found['wattwell-stopped']).toBeNull()
  })
})

function fires({ fires: { type, params } }: AlertRule, value: number): boolean {
  const [low = 0, high = 0] = params
  if (type === 'gt') return value > low
  if (type === 'lt') return value < low
  return value > low && value < high
}
