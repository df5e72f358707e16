import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import { type ApiFigures, apiFigures, keyOf } from '../support/api-figures.ts'
import {
  askInflux,
  type Choices,
  caught,
  type DashboardJson,
  filled,
  type InfluxSeries,
  type PanelJson,
  rangeOf,
  type VariableJson,
} from '../support/grafana.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import type { Json } from '../support/json.ts'
import { near, PanelFigures } from '../support/panel-figures.ts'
import { type Program, startProgram } from '../support/program.ts'

const DATABASE = 'wattwell'
const SETTLED_MS = 300_000
const demo = new URL('../../config', import.meta.url).pathname
const dashboards: DashboardJson[] = ['targets-2026', 'site'].map((name) =>
  JSON.parse(readFileSync(new URL(`../../dashboards/generated/${name}.json`, import.meta.url), 'utf8')),
)

describe.skipIf(!influxdInstalled)('the dashboards, over an InfluxDB that holds the demo', () => {
  let server: Influxd
  let folder: string
  let program: Program
  let api: ApiFigures
  let now: number
  const ask = (query: string) => askInflux(server.url, DATABASE, query)

  beforeAll(async () => {
    server = await startInfluxd()
    folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
    const env = { WATTWELL_CONFIG: demo, STORE_URL: server.url }
    program = await startProgram(folder, { ...env, SIMULATE: '1' })
    await told(program)
    await program.end('SIGTERM')
    // Without a reading more: now both sides stand still.
    program = await startProgram(folder, { ...env, SIMULATE: '0' })
    now = Date.now()
    const year = new Date(now).getUTCFullYear()
    const hoursFrom = new Date(now - 95 * DAY_MS).toISOString().slice(0, 10)
    api = await apiFigures(program.get, `${year - 1}`, `${year + 1}`, [year - 1, year], hoursFrom)
    await written(server, api)
  }, SETTLED_MS * 2)

  afterAll(async () => {
    await program?.end('SIGKILL')
    await server?.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(documented())('a documented query is understood: %s', async (query) => {
    await ask(query)
  })

  it('every query answers, no panel is empty, and every figure is the API’s', async () => {
    const ran = { panels: 0, queries: 0, variables: 0, selections: 0, compared: 0 }
    const done = new Set<string>()
    const figures = new PanelFigures(program, api)
    for (const dashboard of dashboards) {
      for await (const { choices, first } of selections(dashboard, ask, ran)) {
        ran.selections += 1
        for (const panel of dashboard.panels) {
          for (const shown of repeated(panel, choices)) {
            if (first) ran.panels += 1
            for (const target of panel.targets) {
              const range = rangeOf(dashboard, panel, now)
              const query = filled(target.query, dashboard.templating.list, shown, range)
              if (done.has(query)) continue
              done.add(query)
              ran.queries += 1
              const series = await ask(query)
              // Of other choices a panel shows what the API has, which may be nothing.
              if (first) expect(series.length, `${panel.title} is empty: ${query}`).toBeGreaterThan(0)
              ran.compared += await figures.expectSame(query, series, range)
            }
          }
        }
      }
    }
    process.stdout.write(`dashboards: ${JSON.stringify(ran)}\n`)
    expect(ran.panels).toBeGreaterThanOrEqual(18)
    expect(ran.queries).toBeGreaterThan(300)
    expect(ran.compared).toBeGreaterThan(ran.queries)
  }, 240_000)
})

/** The queries that docs/series.md shows. */
function documented(): string[] {
  const text = readFileSync(new URL('../../docs/series.md', import.meta.url), 'utf8')
  return [...text.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n\n'))
}

/** Waits until the simulators' past is stored, rolled up and written as figures. */
async function told(program: Program): Promise<void> {
  const until = Date.now() + SETTLED_MS
  for (;;) {
    const { rows, ...problem } = await program.get('/meters')
    // While a million readings go in, InfluxDB may not answer in time, and the API says so.
    if (rows === undefined) process.stdout.write(`not answered yet: ${JSON.stringify(problem)}\n`)
    const late = rows?.filter(
      (row: Json) => row.state !== 'computed' && !(Date.parse(row.last?.at) > Date.now() - 20 * 60_000),
    )
    if (late?.length === 0) return program.settled()
    if (Date.now() > until) throw new Error(`${late?.length ?? 'all'} meters have not told their past`)
    await sleep(500)
  }
}

/** Waits until the series hold the newest figures of the API. */
async function written(server: Influxd, api: ApiFigures): Promise<void> {
  const until = Date.now() + SETTLED_MS
  for (;;) {
    const marks = await askInflux(
      server.url,
      DATABASE,
      `SELECT "value" FROM "note" WHERE "key" = 'figures-mark'`,
    )
    const mark = JSON.parse((marks[0]?.values[0]?.[1] as string | undefined) ?? '{"since":null}')
    const years = await askInflux(
      server.url,
      DATABASE,
      `SELECT "value" FROM "usage" WHERE "grain" = 'year' AND "known" = 1 AND time > 0 GROUP BY *`,
    )
    const same = years.every(({ tags, values }) =>
      values.every(([at, value]) => near(api.get(keyOf('usage', tags ?? {}, at as number))?.value, value)),
    )
    if (mark.since !== null && years.length > 0 && same) return
    if (Date.now() > until) throw new Error('the figures are not written')
    await sleep(500)
  }
}

/** What people can choose: the first of everything, then every value of each variable by those before it. */
async function* selections(
  dashboard: DashboardJson,
  ask: (query: string) => Promise<InfluxSeries[]>,
  ran: { variables: number },
): AsyncGenerator<{ choices: Choices; first: boolean }> {
  const variables = dashboard.templating.list
  let first = true
  const walk = async function* (i: number, chosen: Choices): AsyncGenerator<Choices> {
    const variable = variables[i]
    if (variable === undefined) return yield chosen
    ran.variables += 1
    const values = await valuesOf(variable, variables, chosen, ask)
    expect(values.length, `${dashboard.title}: ${variable.name} has no values`).toBeGreaterThan(0)
    if (variable.includeAll) return yield* walk(i + 1, { ...chosen, [variable.name]: values })
    const standard = variable.current?.value
    const ordered = values.includes(standard ?? '')
      ? [standard as string, ...values.filter((value) => value !== standard)]
      : values
    for (const value of ordered) yield* walk(i + 1, { ...chosen, [variable.name]: value })
  }
  for await (const choices of walk(0, {})) {
    yield { choices, first }
    first = false
  }
}

async function valuesOf(
  variable: VariableJson,
  variables: readonly VariableJson[],
  chosen: Choices,
  ask: (query: string) => Promise<InfluxSeries[]>,
): Promise<string[]> {
  if (typeof variable.query === 'string') return variable.query.split(',')
  const series = await ask(filled(variable.query.query, variables, chosen))
  const values = series.flatMap((one) => one.values.map((row) => row[one.columns.indexOf('value')] as string))
  return [...new Set(values.flatMap((value) => caught(variable, value)))].sort()
}

/** A panel that repeats stands there once for each value of its variable. */
function repeated(panel: PanelJson, choices: Choices): Choices[] {
  const { repeat } = panel
  if (repeat === undefined) return [choices]
  return [choices[repeat] ?? []].flat().map((value) => ({ ...choices, [repeat]: value }))
}
