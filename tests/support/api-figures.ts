import type { FastifyInstance } from 'fastify'
import { Calendar } from '../../core/calendar.ts'
import type { Json } from './json.ts'
import { series } from './series/all.ts'
import type { ApiPoint, ApiWorld, Get } from './series/series.ts'

/** The figures of the API under the keys and names of the series (docs/series.md), to hold these against. */
export type ApiFigures = ReadonlyMap<string, ApiPoint['fields']>

/** `measurement|tags in order of their names|instant`; without `amount_unit`, which the API gives beside an allowance only. */
export function keyOf(measurement: string, tags: Readonly<Record<string, string>>, at: number): string {
  const sorted = Object.keys(tags)
    .filter((name) => name !== 'amount_unit')
    .sort()
  return [measurement, ...sorted.map((name) => `${name}=${tags[name]}`), new Date(at).toISOString()].join('|')
}

export function injecting(app: FastifyInstance): Get {
  return async (path) => (await app.inject({ url: `/api/v1${path}` })).json()
}

interface Options {
  readonly hoursFrom?: string
  /** Measurements. */
  readonly only?: readonly string[]
  readonly wants?: ApiWorld['wants']
}

/**
 * Everything that the API has for sites, areas, boundaries and targets between two bare dates, or what of it
 * makes up some measurements; hours from `hoursFrom` on.
 */
export async function apiFigures(
  get: Get,
  from: string,
  to: string,
  years: number[],
  { hoursFrom = from, only, wants = () => true }: Options = {},
): Promise<ApiFigures> {
  const world = { ...(await worldOf(get, { from, to, years, hoursFrom })), wants }
  const figures = new Map<string, ApiPoint['fields']>()
  for (const { measurement, points } of series) {
    if (only?.includes(measurement) === false) continue
    for await (const { tags, at, fields } of points?.(world) ?? [])
      figures.set(keyOf(measurement, tags, at), fields)
  }
  return figures
}

export async function worldOf(
  get: Get,
  span: Pick<ApiWorld, 'from' | 'to' | 'years' | 'hoursFrom'>,
): Promise<ApiWorld> {
  const { rows: sites, boundaries, organisation } = await get('/sites')
  const { rows: meters } = await get('/meters')
  const zones = new Map<string, string>(sites.map((site: Json) => [site.id, site.zone]))
  const scopes = [
    ...sites.map(({ id, utilities }: Json) => ({ id: `site:${id}`, utilities })),
    ...sites.flatMap(({ id, areas }: Json) =>
      areas.map((area: Json) => ({
        id: area.scope,
        utilities: distinct(
          meters
            .filter(
              (meter: Json) =>
                meter.site === id && meter.area === area.id && !['virtual', 'sensor'].includes(meter.role),
            )
            .map(({ utility }: Json) => utility),
        ),
      })),
    ),
    ...boundaries.map(({ scope, sites: inside }: Json) => ({
      id: scope,
      utilities: distinct(
        sites.filter(({ id }: Json) => inside.includes(id)).flatMap(({ utilities }: Json) => utilities),
      ),
    })),
  ]
  return {
    ...span,
    get,
    wants: () => true,
    sites,
    boundaries,
    scopes,
    calendarOf: (scope) =>
      new Calendar(zones.get(/^(?:site|area):([^/]+)/.exec(scope)?.[1] ?? '') ?? organisation.zone),
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
