import { expect } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import type { ApiFigures } from './api-figures.ts'
import type { InfluxSeries } from './grafana.ts'
import { series as checks } from './series/all.ts'
import type { ApiPoint, Asked, Get, Range, SeriesCheck } from './series/series.ts'

/** The running spans of a month and less end after this. */
const RUNNING_MS = 32 * DAY_MS

/** Holds what panels show against the API, which stands still. */
export class PanelFigures {
  readonly #get: Get
  /** By measurement and scope. */
  readonly #points = new Map<string, ApiPoint[]>()
  readonly #answers = new Map<string, Promise<unknown>>()

  constructor(get: Get, api: ApiFigures) {
    this.#get = get
    for (const [key, fields] of api) {
      const [measurement, ...parts] = key.split('|')
      const at = Date.parse(parts.pop() as string)
      const tags = Object.fromEntries(
        parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
      )
      const list = this.#points.get(`${measurement}|${tags.scope}`) ?? []
      this.#points.set(`${measurement}|${tags.scope}`, list)
      list.push({ tags, at, fields })
    }
  }

  /** Every figure of an answer is the API's, and none is missing. Resolves to how many there were. */
  async expectSame(query: string, series: readonly InfluxSeries[], range: Range): Promise<number> {
    const asked = askedBy(query)
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
    const wanted = this.#wanted(asked, check, range)
    if (wanted.length > 0)
      expect(series.length, `${query} shows nothing, and the API something`).toBeGreaterThan(0)
    return series.reduce((sum, one) => sum + expectPoints(query, asked, check, one, wanted, range), 0)
  }

  /** The API stands still, so the same path is asked once. */
  readonly #once: Get = (path) => {
    const answer = this.#answers.get(path) ?? this.#get(path)
    this.#answers.set(path, answer)
    return answer as ReturnType<Get>
  }

  #wanted(
    { measurement, field, where, like, known }: Asked,
    check: SeriesCheck,
    { from, to }: Range,
  ): ApiPoint[] {
    const needed = known ? (check.known ?? field) : field
    return this.#listed(measurement, where.scope).filter(
      ({ tags, at, fields }) =>
        at >= from &&
        at <= to &&
        fields[field] !== null &&
        fields[field] !== undefined &&
        fields[needed] !== null &&
        Object.entries(where).every(([tag, value]) => tags[tag] === value) &&
        like.every(([tag, pattern]) => pattern.test(tags[tag] ?? '')),
    )
  }

  #listed(measurement: string, scope: string | undefined): ApiPoint[] {
    if (scope !== undefined) return this.#points.get(`${measurement}|${scope}`) ?? []
    return [...this.#points].filter(([key]) => key.startsWith(`${measurement}|`)).flatMap(([, list]) => list)
  }
}

function expectPoints(
  query: string,
  { by, field }: Asked,
  { running = [] }: SeriesCheck,
  one: InfluxSeries,
  wanted: readonly ApiPoint[],
  range: Range,
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
  if (by === undefined) expect(one.values.length, query).toBe(mine.length)
  const rows = byTime(one)
  let compared = 0
  for (const point of by === 'last' ? [newest(mine)] : mine) {
    const { at, fields } = point ?? {}
    if (running.includes(field) && at !== undefined && at > range.to - RUNNING_MS) continue
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
