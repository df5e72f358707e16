import { DAY_MS, type LocalDay } from './calendar.ts'
import type { Figure } from './intensity.ts'
import { isTally, type Quantity } from './source.ts'
import { type LocalPeriod, periodOf } from './usage.ts'

/** The figure of one indicator and scope in a period. */
export type Ask = (period: LocalPeriod) => Figure

export interface Month {
  readonly figure: Figure
  readonly days: number
}

/** The first local day of a month (1 to 12; 13 is the next year's January). */
export function monthStart(year: number, month: number): LocalDay {
  return Date.UTC(year, month - 1, 1) / DAY_MS
}

export function daysOf(year: number): number {
  return monthStart(year + 1, 1) - monthStart(year, 1)
}

/** The days of the years from one to another, both inclusive; none where the last comes before the first. */
export function daysIn(first: number, last: number): number {
  return Math.max(0, monthStart(last + 1, 1) - monthStart(first, 1))
}

/** The figure of a whole year. */
export function yearFigure(ask: Ask, year: number): Figure {
  return ask(periodOf('year', monthStart(year, 1)))
}

export function monthsOf(ask: Ask, year: number): Month[] {
  return Array.from({ length: 12 }, (_, i) => ({
    figure: ask(periodOf('month', monthStart(year, i + 1))),
    days: monthStart(year, i + 2) - monthStart(year, i + 1),
  }))
}

/** The months from January on for which a part is known. */
export function knownFirst(months: readonly Month[], part: 'numerator' | 'denominator'): readonly Month[] {
  const open = months.findIndex(({ figure }) => figure[part] === null)
  return open < 0 ? months : months.slice(0, open)
}

/**
 * The months that people have entered so far: of totals those in a row, of events all up to the last one, since
 * a month without an event has none.
 */
export function enteredMonths(months: readonly Month[], quantity: Quantity): readonly Month[] {
  if (!isTally(quantity)) return knownFirst(months, 'numerator')
  const last = months.findLastIndex(({ figure }) => figure.numerator !== null)
  return months.slice(0, last + 1).map(({ figure, days }) => ({
    figure: figure.above.state === 'absent' ? { ...figure, numerator: 0, coverage: 1 } : figure,
    days,
  }))
}
