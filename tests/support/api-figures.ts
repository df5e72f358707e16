import type { FastifyInstance } from 'fastify'
import { Calendar, DAY_MS } from '../../core/calendar.ts'
import type { Json } from './json.ts'

/** The figures of the API under the keys and names of the series (docs/series.md), to hold these against. */
export type ApiFigures = ReadonlyMap<string, Readonly<Record<string, number | null>>>

/** `measurement|tags in order of their names|instant`; without `amount_unit`, which the API gives beside an allowance only. */
export function keyOf(measurement: string, tags: Readonly<Record<string, string>>, at: number): string {
  const sorted = Object.keys(tags)
    .filter((name) => name !== 'amount_unit')
    .sort()
  return [measurement, ...sorted.map((name) => `${name}=${tags[name]}`), new Date(at).toISOString()].join('|')
}

/** Answers a path below `/api/v1`. */
export type Get = (path: string) => Promise<Json>

export function injecting(app: FastifyInstance): Get {
  return async (path) => (await app.inject({ url: `/api/v1${path}` })).json()
}

const GRAINS = ['hour', 'day', 'month', 'year'] as const

/** Everything that the API has for sites, boundaries and targets between two bare dates; hours from `hoursFrom` on. */
export async function apiFigures(
  get: Get,
  from: string,
  to: string,
  years: number[],
  hoursFrom = from,
): Promise<ApiFigures> {
  const figures = new Map<string, Record<string, number | null>>()
  const { rows: sites, boundaries, organisation } = await get('/sites')
  const scopes: { id: string; utilities: string[] }[] = sites.map((site: Json) => ({
    id: `site:${site.id}`,
    utilities: site.utilities,
  }))
  for (const { scope, sites: inside } of boundaries) {
    const of = sites.filter((site: Json) => inside.includes(site.id))
    scopes.push({ id: scope, utilities: [...new Set<string>(of.flatMap((site: Json) => site.utilities))] })
  }
  const spanOf = (grain: string) => `from=${grain === 'hour' ? hoursFrom : from}&to=${to}`
  for (const { id, utilities } of scopes) {
    for (const utility of utilities) {
      for (const grain of GRAINS) {
        if (grain === 'hour' && id.startsWith('boundary:')) continue
        const answer = await get(
          `/consumption?scope=${id}&utility=${utility}&grain=${grain}&${spanOf(grain)}`,
        )
        for (const { start, value, unit, coverage, estimated, quality } of answer.rows) {
          const key = keyOf('usage', { scope: id, utility, unit, grain }, Date.parse(start))
          figures.set(key, { value, coverage, estimated, quality: QUALITIES.indexOf(quality) })
        }
      }
    }
  }
  const indicators = (await get('/kpis?indicator=none&scope=none')).errors[0].accepted as string[]
  for (const { id } of scopes) {
    for (const grain of ['day', 'month', 'year']) {
      // Per person, area and revenue there are no series by the day.
      const asked = grain === 'day' ? indicators.filter((one) => !one.includes('-per-')) : indicators
      const answer = await get(`/kpis?indicator=${asked}&scope=${id}&grain=${grain}&${spanOf(grain)}`)
      const ofYear = grain === 'month' ? 12 : 1
      for (const [i, row] of answer.rows.entries()) {
        const tags = { indicator: row.indicator, scope: id, unit: row.unit, grain }
        const before = grain === 'day' ? undefined : answer.rows[i - ofYear]
        const { value, numerator, denominator, coverage, estimated, partial = false } = row
        figures.set(keyOf('kpi', tags, Date.parse(row.start)), {
          value,
          numerator,
          denominator,
          coverage,
          estimated,
          quality: QUALITIES.indexOf(row.quality),
          partial: partial ? 1 : 0,
          ...(before?.indicator === row.indicator && { previous: before.value }),
        })
      }
    }
  }
  const zones = new Map<string, string>(sites.map((site: Json) => [`site:${site.id}`, site.zone]))
  // Ascending: a later year knows more of the path.
  for (const year of years) {
    const { rows } = await get(`/targets?year=${year}`)
    for (const row of rows) {
      const tags = { target: row.id, scope: row.scope, unit: row.unit }
      const calendar = new Calendar(zones.get(row.scope) ?? organisation.zone)
      const startOf = (y: number) => calendar.startOfDay(Date.UTC(y, 0, 1) / DAY_MS)
      figures.set(keyOf('target', tags, startOf(year)), {
        verdict: VERDICTS.indexOf(row.verdict),
        actual: row.actual,
        projected: row.projected,
        path: row.pathValue,
        limit: row.limit,
        baseline: row.baseline,
        progress: row.progress,
        allowance: row.allowanceRest,
        coverage: row.coverage,
      })
      for (const { year: y, pathValue, actual } of row.path)
        figures.set(keyOf('target_path', tags, startOf(y)), { path: pathValue, actual })
    }
  }
  return figures
}

const VERDICTS = ['on-track', 'at-risk', 'off-track', 'insufficient-data']
const QUALITIES = ['measured', 'interpolated', 'edited', 'estimated', 'suspect', 'missing']
