import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import { dashboards } from '../../dashboards/all.ts'
import { type ApiFigures, apiFigures, keyOf, worldOf } from '../support/api-figures.ts'
import { askingPanels, committed } from '../support/dashboards.ts'
import {
  askInflux,
  type Choices,
  filled,
  type PanelJson,
  rangeOf,
  type VariableJson,
} from '../support/grafana.ts'
import { DashboardChoices } from '../support/grafana-choices.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import type { Json } from '../support/json.ts'
import { near, PanelFigures } from '../support/panel-figures.ts'
import { type Program, startProgram } from '../support/program.ts'
import type { ApiWorld, Range } from '../support/series/series.ts'

const DATABASE = 'wattwell'
// All series of two years, beside other tests on two cores.
const SETTLED_MS = 600_000
const demo = new URL('../../config', import.meta.url).pathname

describe.skipIf(!influxdInstalled)('the dashboards, over an InfluxDB that holds the demo', () => {
  let server: Influxd
  let folder: string
  let program: Program
  let now: number
  let figures: PanelFigures
  const ask = (query: string) => askInflux(server.url, DATABASE, query)

  beforeAll(async () => {
    server = await startInfluxd()
    folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
    const env = { WATTWELL_CONFIG: demo, STORE_URL: server.url }
    const since = performance.now()
    const say = (text: string) =>
      process.stdout.write(`${Math.round((performance.now() - since) / 1000)} s: ${text}\n`)
    program = await startProgram(folder, { ...env, SIMULATE: '1' })
    say('started')
    await told(program)
    say('told')
    await outlookWritten(server)
    say('a minute of intake written')
    await program.end('SIGTERM')
    // Without a reading more: now both sides stand still.
    program = await startProgram(folder, { ...env, SIMULATE: '0', PAGE_URL: 'https://energy.example.com' })
    say('started again')
    await rolledUp(program)
    say('rolled up')
    const begun = Date.now()
    const year = new Date(begun).getUTCFullYear()
    const hoursFrom = new Date(begun - 95 * DAY_MS).toISOString().slice(0, 10)
    const years = Array.from({ length: 7 }, (_, i) => year - 6 + i)
    const span = { from: `${year - 1}`, to: `${year + 1}`, years, hoursFrom }
    const world = await worldOf(program.get, span)
    const used = await apiFigures(program.get, span.from, span.to, years, {
      only: ['usage'],
      wants: ({ grain }) => grain === 'year',
    })
    say('API asked')
    await written(server, used)
    await alertsFired(server)
    say('written')
    figures = new PanelFigures({ ...world, targetsFrom: await targetsFrom(server, world) })
    now = Date.now()
  }, SETTLED_MS * 3)

  afterAll(async () => {
    await program?.end('SIGKILL')
    await server?.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(documented())('a documented query is understood: %s', async (query) => {
    await ask(query)
  })

  describe.each(Object.keys(dashboards))('%s', (name) => {
    const dashboard = committed('en', name)

    it('is filled when it is opened, and every figure is the API’s for whatever is chosen', async () => {
      const choices = new DashboardChoices(dashboard.templating.list, ask)
      const first = await choices.first()
      const ran = { panels: 0, queries: 0, answered: 0, compared: 0 }
      const done = new Set<string>()
      const check = async (query: string, range: Range) => {
        const answer = await ask(query)
        done.add(query)
        ran.queries += 1
        ran.compared += await figures.expectSame(query, answer, range)
        return answer.length > 0
      }
      for (const panel of askingPanels(dashboard)) {
        const range = rangeOf(dashboard, panel, now)
        const fill = (query: string, chosen: Choices) =>
          filled(query, dashboard.templating.list, chosen, range)
        for (const shown of repeated(panel, first)) {
          ran.panels += 1
          let filledQueries = 0
          for (const { query } of panel.targets)
            if (await check(fill(query, shown), range)) filledQueries += 1
          expect(filledQueries, `${panel.title} is empty for ${JSON.stringify(shown)}`).toBeGreaterThan(0)
        }
        for (const { query } of panel.targets) {
          let answers = 0
          for await (const chosen of choices.all(`${query} $${panel.repeat ?? ''}`)) {
            for (const shown of repeated(panel, chosen)) {
              const text = fill(query, shown)
              if (done.has(text)) answers += 1
              else if (await check(text, range)) answers += 1
            }
          }
          expect(answers, `${panel.title} never shows ${query}`).toBeGreaterThan(0)
        }
      }
      process.stdout.write(
        `dashboard ${name}: ${JSON.stringify({ ...ran, variables: choices.asked.length })}\n`,
      )
      expect(ran.compared).toBeGreaterThan(ran.queries / 2)
    }, 120_000)

    it('finds in 中文 what can be chosen in English', async () => {
      const [english, chinese] = [dashboard, committed('zh', name)].map(
        ({ templating }) => new DashboardChoices(templating.list, ask),
      ) as [DashboardChoices, DashboardChoices]
      const chosen = await english.first()
      const theirs = committed('zh', name).templating.list
      for (const [i, variable] of dashboard.templating.list.entries()) {
        const same = theirs[i] as VariableJson
        expect(same.name).toBe(variable.name)
        expect((await chinese.valuesOf(same, chosen)).sort(), same.name).toEqual(
          (await english.valuesOf(variable, chosen)).sort(),
        )
      }
    })
  })
})

/** The queries that docs/series.md shows. */
function documented(): string[] {
  const text = readFileSync(new URL('../../docs/series.md', import.meta.url), 'utf8')
  return [...text.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n\n'))
}

/** Waits until the simulators' past is stored, and what people enter. Rolled up it is after the next start. */
async function told(program: Program): Promise<void> {
  await until('what the demo tells is not stored', async () => {
    const [meters, entries, health] = [
      await program.get('/meters'),
      await program.get('/entries?limit=1'),
      await program.health(),
    ]
    // While a million readings go in, InfluxDB may not answer in time, and the API says so.
    const read = meters.rows?.filter((row: Json) => row.state !== 'computed')
    const newest = read?.map((row: Json) => Date.parse(row.last?.at)) ?? [0]
    const recent = newest.every((at: number) => at > Date.now() - 20 * 60_000)
    return recent && entries.rows?.length > 0 && health.spool.pending === 0
  })
}

/** How long the disk lasts is known only of a minute in which something came in. */
async function outlookWritten(server: Influxd): Promise<void> {
  const query = 'SELECT LAST("spool_lasts") FROM "service" WHERE time > 0'
  const some = async () => (await askInflux(server.url, DATABASE, query)).length > 0
  await until('no minute says how long the disk would last', some)
}

async function rolledUp(program: Program): Promise<void> {
  await until('it is not rolled up', async () => (await program.health()).aggregation.pending === 0)
}

async function until(otherwise: string, so: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + SETTLED_MS; Date.now() < end; await sleep(500)) if (await so()) return
  throw new Error(otherwise)
}

/** Waits until the watch has looked at what was told: targets of the demo are off track. */
async function alertsFired(server: Influxd): Promise<void> {
  const query = 'SELECT count("open") FROM "alert" WHERE "open" = 1 AND time > 0'
  await until('no alert has fired', async () => (await askInflux(server.url, DATABASE, query)).length > 0)
}

/** Waits until the series hold the newest figures of the API. */
async function written(server: Influxd, api: ApiFigures): Promise<void> {
  await until('the figures are not written', async () => {
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
    return mark.since !== null && years.length > 0 && same
  })
}

/** The first year of each target in the series. */
async function targetsFrom(server: Influxd, { calendarOf }: ApiWorld): Promise<Map<string, number>> {
  const query = 'SELECT FIRST("verdict") FROM "target" WHERE time > 0 GROUP BY "target", "scope"'
  const first = await askInflux(server.url, DATABASE, query)
  return new Map(
    first.map(({ tags: { target = '', scope = '' } = {}, values }) => [
      target,
      calendarOf(scope).yearAt(values[0]?.[0] as number),
    ]),
  )
}

/** A panel that repeats stands there once for each value of its variable. */
function repeated({ repeat }: PanelJson, choices: Choices): Choices[] {
  if (repeat === undefined) return [choices]
  return [choices[repeat] ?? []].flat().map((value) => ({ ...choices, [repeat]: value }))
}
