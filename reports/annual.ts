import type { FactorUse } from '../core/factor-use.ts'
import type { Quality } from '../core/quality.ts'
import { notesOf } from './cell-notes.ts'
import type { PublishedValue, ReportFigure } from './figure.ts'
import { layout } from './layout.ts'
import type { RowLayout } from './row.ts'
import type { Text } from './text.ts'

/** A figure of a year in the table. */
export interface Cell {
  readonly year: number
  /** Unrounded; null with `reason`. */
  readonly value: number | null
  readonly reason?: Text
  /** What a reader has to know of it, the reason left out. */
  readonly notes: readonly Text[]
  /** Null of what is stated and not metered, such as people. */
  readonly known: { readonly coverage: number; readonly estimated: number; readonly quality: Quality } | null
  readonly partial: boolean
  /** It rests on a factor of an earlier time. */
  readonly carriedForward: boolean
  readonly published?: PublishedValue
}

export interface ReportRow extends RowLayout {
  /** Of the unrounded values: a share is in `1`, whatever the table shows. */
  readonly unit: string
  /** In the order of the report's years. */
  readonly cells: readonly Cell[]
}

export interface ReportSection {
  readonly id: string
  readonly name: Text
  readonly rows: readonly ReportRow[]
}

export interface Named {
  readonly id: string
  readonly name: Text
}

export interface Report {
  readonly organisation: Named
  readonly boundary: Named
  /** The instant from which it is seen, epoch milliseconds. */
  readonly asOf: number
  /** Newest first. */
  readonly years: readonly number[]
  readonly sections: readonly ReportSection[]
  /** Every factor that any figure was reckoned with, once, by key and time. */
  readonly factors: readonly FactorUse[]
}

export interface ReportRequest extends Omit<Report, 'sections' | 'factors'> {
  /** An indicator in a year; undefined where there is no such indicator, which leaves its row out. */
  readonly ask: (indicator: string, year: number) => ReportFigure | undefined
  /** What was published of it; undefined where nothing was. */
  readonly published?: (indicator: string, year: number) => PublishedValue | undefined
}

/** The annual table of a boundary: what is known today, and beside it what was published. */
export function annualReport({ ask, published, ...seen }: ReportRequest): Report {
  const years = [...new Set(seen.years)].sort((a, b) => b - a)
  const asked: ReportFigure[] = []
  const rowOf = (row: RowLayout): ReportRow[] => {
    const figures = years.flatMap((year) => {
      const figure = ask(row.indicator, year)
      return figure === undefined ? [] : [{ year, figure }]
    })
    const first = figures[0]
    if (first === undefined) return []
    asked.push(...figures.map(({ figure }) => figure))
    const cells = figures.map(({ year, figure }): Cell => {
      if (row.shown === 'denominator') return divisorCell(year, figure)
      const before = published?.(row.indicator, year)
      return { ...cellOf(year, figure), ...(before !== undefined && { published: before }) }
    })
    return [{ ...row, unit: row.unit ?? first.figure.unit, cells }]
  }
  const sections = layout
    .map(({ id, name, rows }) => ({ id, name, rows: rows.flatMap(rowOf) }))
    .filter(({ rows }) => rows.length > 0)
  return { ...seen, years, sections, factors: once(asked.flatMap(({ factors }) => factors)) }
}

function cellOf(year: number, figure: ReportFigure): Cell {
  const { value, reason, coverage, estimated, quality, partial, factors } = figure
  return {
    year,
    value,
    ...(value === null && { reason: reasonText(reason) }),
    notes: notesOf(figure),
    known: { coverage, estimated, quality },
    partial,
    carriedForward: factors.some((factor) => factor.carriedForward),
  }
}

/** What an intensity is divided by. Its figure may lack the numerator, which is no reason here. */
function divisorCell(year: number, { denominator, numerator, reason, partial }: ReportFigure): Cell {
  return {
    year,
    value: denominator,
    ...(denominator === null && { reason: reasonText(numerator === null ? undefined : reason) }),
    notes: [],
    known: null,
    partial,
    carriedForward: false,
  }
}

function reasonText(reason: string | undefined): Text {
  return reason === undefined ? { en: 'not stated', zh: '未填报' } : { en: reason, zh: reason }
}

function once(factors: readonly FactorUse[]): FactorUse[] {
  const byUse = new Map(factors.map((factor) => [JSON.stringify(orderOf(factor)), factor]))
  return [...byUse].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, factor]) => factor)
}

function orderOf({
  key,
  from,
  to,
  value,
  unit,
  name,
  source,
  published,
  edition,
  carriedForward,
}: FactorUse) {
  return [key, from, to, value, unit, name, source, published, edition, carriedForward]
}
