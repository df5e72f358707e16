import { expect } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import type { ApiFigures } from './api-figures.ts'
import type { InfluxSeries, Range } from './grafana.ts'
import type { Json } from './json.ts'
import type { Program } from './program.ts'

/** The running spans of a month and less end after this. */
const RUNNING_MS = 32 * DAY_MS

interface Figure {
  readonly tags: Readonly<Record<string, string>>
  readonly at: number
  readonly figures: Readonly<Record<string, number | null>>
}

/** What `known` stands for in a measurement (docs/series.md). */
const KNOWN_BY: Readonly<Record<string, string>> = {
  usage: 'value',
  kpi: 'value',
  target: 'projected',
  target_path: 'actual',
}

/** What a panel's query asks, read back from its text. */
interface Asked {
  readonly by: string | undefined
  readonly field: string
  readonly measurement: string
  /** Tags that must be one value. */
  readonly where: Readonly<Record<string, string>>
  /** Tags that must match a pattern. */
  readonly like: readonly (readonly [string, RegExp])[]
  /** The figure that the query needs to be known; others of a span may be known without it, as coverage is. */
  readonly known: string | undefined
}

/** Holds what panels show against the API, which stands still. */
export class PanelFigures {
  readonly #program: Program
  /** By measurement and scope. */
  readonly #figures = new Map<string, Figure[]>()

  constructor(program: Program, api: ApiFigures) {
    this.#program = program
    for (const [key, figures] of api) {
      const parts = key.split('|')
      const tags = Object.fromEntries(
        parts
          .slice(1, -1)
          .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
      )
      const list = this.#figures.get(`${parts[0]}|${tags.scope}`) ?? []
      this.#figures.set(`${parts[0]}|${tags.scope}`, list)
      list.push({ tags, at: Date.parse(parts.at(-1) as string), figures })
    }
  }

  /** Every number of an answer is the API's, and none is missing. Resolves to how many there were. */
  async expectSame(query: string, series: readonly InfluxSeries[], range: Range): Promise<number> {
    const asked = askedBy(query)
    if (asked.measurement === 'reading' || asked.measurement === 'consumption') {
      expect(series.length, query).toBeGreaterThan(0)
      for (const one of series) expectNear(shown(one, 0), await this.#ofMeter(asked, one, range), query)
      return series.length
    }
    const wanted = this.#wanted(asked, range)
    if (wanted.length > 0)
      expect(series.length, `${query} shows nothing, and the API something`).toBeGreaterThan(0)
    let compared = 0
    for (const one of series) {
      const mine = wanted.filter(({ tags }) =>
        Object.entries(one.tags ?? {}).every(([tag, value]) => tag === 'amount_unit' || tags[tag] === value),
      )
      const points = asked.by === 'last' ? [newest(mine)] : mine
      if (asked.by === undefined) expect(one.values.length, query).toBe(mine.length)
      const rows = new Map(one.values.map((row, i) => [row[0], i]))
      for (const point of points) {
        const { at, figures } = point ?? {}
        // Coverage of a span that still runs goes by the second.
        if (asked.field === 'coverage' && at !== undefined && at > range.to - RUNNING_MS) continue
        const row = asked.by === 'last' ? 0 : (rows.get(at ?? 0) ?? -1)
        expectNear(shown(one, row), figures?.[asked.field], query, slack(point))
        compared += 1
      }
    }
    return compared
  }

  #wanted({ measurement, field, where, like, known = field }: Asked, { from, to }: Range): Figure[] {
    const lists =
      where.scope === undefined
        ? this.#all(measurement)
        : [this.#figures.get(`${measurement}|${where.scope}`) ?? []]
    return lists
      .flat()
      .filter(
        ({ tags, at, figures }) =>
          at >= from &&
          at <= to &&
          figures[field] !== null &&
          figures[field] !== undefined &&
          figures[known] !== null &&
          Object.entries(where).every(([tag, value]) => tags[tag] === value) &&
          like.every(([tag, pattern]) => pattern.test(tags[tag] ?? '')),
      )
  }

  #all(measurement: string): Figure[][] {
    return [...this.#figures].filter(([key]) => key.startsWith(`${measurement}|`)).map(([, list]) => list)
  }

  async #ofMeter({ by }: Asked, { tags }: InfluxSeries, { from, to }: Range): Promise<number> {
    const meter = tags?.meter as string
    if (by === 'last') {
      const { rows } = await this.#program.get('/meters')
      return rows.find((row: Json) => row.id === meter).last.value
    }
    const span = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`
    const { rows } = await this.#program.get(`/consumption?scope=meter:${meter}&grain=day&${span}`)
    const whole = rows.filter((row: Json) => Date.parse(row.start) >= from)
    return whole.reduce((sum: number, row: Json) => sum + (row.value ?? 0), 0)
  }
}

function askedBy(query: string): Asked {
  const [, by, field = '', measurement = ''] =
    /^SELECT (?:(\w+)\()?"(\w+)"\)?(?: AS "[^"]+")? FROM "(\w+)"/.exec(query) ?? []
  const where = [...query.matchAll(/"(\w+)" = '([^']*)'/g)].map(([, tag, value]) => [tag, value])
  const like = [...query.matchAll(/"(\w+)" =~ \/(\S+)\/(?= |$)/g)].map(
    ([, tag, text]) => [tag as string, new RegExp(text as string)] as const,
  )
  const known = query.includes('"known" = 1') ? KNOWN_BY[measurement] : undefined
  return { by, field, measurement, where: Object.fromEntries(where), like, known }
}

function newest(figures: readonly Figure[]): Figure | undefined {
  return figures.toSorted((a, b) => a.at - b.at).at(-1)
}

function shown(series: InfluxSeries, row: number): unknown {
  return series.values[row]?.[series.columns.length - 1]
}

/** The average of people over a span that still runs moves with the clock. */
function slack(figure: Figure | undefined): number {
  const moving = figure?.tags.indicator?.endsWith('-average') && figure.figures.partial === 1
  return moving ? 1e-3 : 1e-9
}

export function near(one: unknown, other: unknown, relative = 1e-9): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other
  return Math.abs(one - other) <= relative * Math.max(1, Math.abs(one))
}

function expectNear(found: unknown, wanted: unknown, query: string, relative = 1e-9): void {
  if (typeof wanted !== 'number' || !near(found, wanted, relative))
    expect.fail(`${found} instead of ${wanted}: ${query}`)
}
