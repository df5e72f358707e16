import { expect } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { keyOf } from './api-figures.ts'
import type { InfluxSeries } from './grafana.ts'
import { series as checks } from './series/all.ts'
import type { ApiPoint, ApiWorld, Asked, Get, Range, SeriesCheck } from './series/series.ts'

/** How long the longest lasts. */
const LONGEST_MS: Readonly<Record<string, number>> = {
  hour: HOUR_MS,
  day: 25 * HOUR_MS,
  month: 32 * DAY_MS,
  year: 367 * DAY_MS,
}

/** Holds what panels show against the API, which stands still. */
export class PanelFigures {
  readonly #world: ApiWorld
  /** By what was asked for. */
  readonly #points = new Map<string, Promise<ApiPoint[]>>()
  readonly #answers = new Map<string, Promise<unknown>>()

  constructor(world: ApiWorld) {
    this.#world = world
  }

  /** Every figure of an answer is the API's, and none is missing. Resolves to how many there were. */
  async expectSame(query: string, series: readonly InfluxSeries[], shownRange: Range): Promise<number> {
    const asked = askedBy(query)
    // What has no place on the panel's axis, as names and the years of a path, is asked of a range of its own.
    const range = rangeIn(query) ?? shownRange
    const check = checks.find(({ measurement }) => measurement === asked.measurement)
    if (check === undefined) throw new Error(`nothing holds "${asked.measurement}" against the API: ${query}`)
    if (check.holds !== undefined) return check.holds(asked, series, range, this.#once)
    if (check.value !== undefined) {
      for (const one of series)
        expectNear(
          shown(one, one.values.length - 1),
          await check.value(asked, one.tags ?? {}, range, this.#once),
          query,
        )
      return series.length
    }
    const wanted = await this.#wanted(asked, check, range)
    if (wanted.length > 0)
      expect(series.length, `${query} shows nothing, and the API something`).toBeGreaterThan(0)
    return series.reduce((sum, one) => sum + expectPoints(asked, check, one, wanted, shownRange.to), 0)
  }

  /** The API stands still, so the same path is asked once. */
  readonly #once: Get = (path) => {
    const answer = this.#answers.get(path) ?? this.#world.get(path)
    this.#answers.set(path, answer)
    return answer as ReturnType<Get>
  }

  async #wanted(asked: Asked, check: SeriesCheck, { from, to }: Range): Promise<ApiPoint[]> {
    const { field, known } = asked
    const needed = known ? (check.known ?? field) : field
    return (await this.#listed(asked, check)).filter(
      ({ tags, at, fields }) =>
        at >= from &&
        at <= to &&
        fields[field] !== null &&
        fields[field] !== undefined &&
        fields[needed] !== null &&
        Object.keys(asked.where).every((tag) => tag in tags) &&
        fits(asked, tags),
    )
  }

  /** Asks the API for no more than a query is about, and once for all fields and ranges of it. */
  #listed(asked: Asked, { measurement, points }: SeriesCheck): Promise<ApiPoint[]> {
    const { where, like } = asked
    const key = JSON.stringify([measurement, where, like.map(([tag, { source }]) => [tag, source])])
    const world = { ...this.#world, get: this.#once, wants: (tags: Tags) => fits(asked, tags) }
    const list = this.#points.get(key) ?? listOf(points?.(world) ?? [])
    this.#points.set(key, list)
    return list
  }
}

type Tags = ApiPoint['tags']

/** Whether what a query demands of these tags is so; of others it may demand what it likes. */
function fits({ where, like }: Asked, tags: Tags): boolean {
  return Object.entries(tags).every(
    ([tag, value]) =>
      (where[tag] ?? value) === value && like.every(([one, pattern]) => one !== tag || pattern.test(value)),
  )
}

/** Of a point that comes twice, as a year of a path in each year that it is asked in, the last counts. */
async function listOf(points: AsyncIterable<ApiPoint> | Iterable<ApiPoint>): Promise<ApiPoint[]> {
  const list = new Map<string, ApiPoint>()
  for await (const point of points) list.set(keyOf('', point.tags, point.at), point)
  return [...list.values()]
}

function expectPoints(
  { query, by, field, where }: Asked,
  { running = [], unsettled = [] }: SeriesCheck,
  one: InfluxSeries,
  wanted: readonly ApiPoint[],
  now: number,
): number {
  const mine = wanted.filter(({ tags }) =>
    Object.entries(one.tags ?? {}).every(
      ([tag, value]) => tag === 'amount_unit' || (tags[tag] ?? '') === value,
    ),
  )
  if (by !== undefined && by !== 'last') {
    expectNear(shown(one, 0), reduced(by, mine, field), query, 1e-6)
    return mine.length
  }
  // An hour or a day that has only begun may be known to the one and not yet, or no longer, to the other.
  const young = where.grain === 'hour' || where.grain === 'day'
  const lasts = LONGEST_MS[where.grain ?? 'month'] ?? 0
  const begun = unsettled.includes(field) && young ? now - lasts : now + 1
  if (by === undefined) {
    const settled = one.values.filter(([at]) => (at as number) < begun)
    expect(settled.length, query).toBe(mine.filter(({ at }) => at < begun).length)
  }
  const rows = byTime(one)
  let compared = 0
  for (const point of by === 'last' ? [newest(mine)] : mine) {
    const { at, fields } = point ?? {}
    if (at !== undefined && (at >= begun || (running.includes(field) && at > now - lasts))) continue
    if (by === undefined && at !== undefined && (rows.get(at)?.length ?? 0) > 1) {
      // Several of one instant, as names: whichever the order.
      expect(rows.get(at), query).toContainEqual(fields?.[field])
    } else {
      const found = by === 'last' ? shown(one, 0) : rows.get(at ?? 0)?.[0]
      expectNear(found, fields?.[field], query, slack(point))
    }
    compared += 1
  }
  return compared
}

function byTime({ values, columns }: InfluxSeries): Map<number, unknown[]> {
  const rows = new Map<number, unknown[]>()
  for (const row of values) {
    const list = rows.get(row[0] as number) ?? []
    rows.set(row[0] as number, list)
    list.push(row[columns.length - 1])
  }
  return rows
}

function reduced(by: string, points: readonly ApiPoint[], field: string): number {
  const values = points.map(({ fields }) => fields[field] as number)
  const sum = values.reduce((a, b) => a + b, 0)
  if (by === 'sum') return sum
  if (by === 'mean') return sum / values.length
  if (by === 'count') return values.length
  if (by === 'max') return Math.max(...values)
  if (by === 'min') return Math.min(...values)
  throw new Error(`nothing is known of ${by}()`)
}

/** The range that stands in a query in words. */
function rangeIn(query: string): Range | undefined {
  const [, from, to] = /time >= '([^']+)' AND time < '([^']+)'/.exec(query) ?? []
  return from === undefined || to === undefined
    ? undefined
    : { from: Date.parse(from), to: Date.parse(to) - 1 }
}

function askedBy(query: string): Asked {
  const [, by, field = '', measurement = ''] =
    /^SELECT (?:"\w+", )*(?:(\w+)\()?"(\w+)"(?:, 1s)?\)?(?: AS "[^"]+")? FROM "(\w+)"/.exec(query) ?? []
  const where = [...query.matchAll(/"(\w+)" = '([^']*)'/g)].map(([, tag, value]) => [tag, value])
  const like = [...query.matchAll(/"(\w+)" =~ \/(\S+)\/(?= |$)/g)].map(
    ([, tag, text]) => [tag as string, new RegExp(text as string)] as const,
  )
  const known = query.includes('"known" = 1')
  return { query, by, field, measurement, where: Object.fromEntries(where), like, known }
}

function newest(points: readonly ApiPoint[]): ApiPoint | undefined {
  return points.toSorted((a, b) => a.at - b.at).at(-1)
}

function shown(series: InfluxSeries, row: number): unknown {
  return series.values[row]?.[series.columns.length - 1]
}

/** The average of people over a span that still runs moves with the clock. */
function slack(point: ApiPoint | undefined): number {
  const moving = point?.tags.indicator?.endsWith('-average') && point.fields.partial === 1
  return moving ? 1e-3 : 1e-9
}

export function near(one: unknown, other: unknown, relative = 1e-9): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other
  return Math.abs(one - other) <= relative * Math.max(1, Math.abs(one))
}

function expectNear(found: unknown, wanted: unknown, query: string, relative = 1e-9): void {
  if ((typeof wanted !== 'number' && typeof wanted !== 'string') || !near(found, wanted, relative))
    expect.fail(`${found} instead of ${wanted}: ${query}`)
}
