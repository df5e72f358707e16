import { DAY_MS, type LocalDay } from './calendar.ts'
import type { Denominator } from './indicator.ts'
import { COVERAGE_NEEDED, type Figure } from './intensity.ts'
import { type ProjectionMethod, project, sumMonths } from './projection.ts'
import type { Quantity } from './source.ts'
import { type LocalPeriod, periodOf } from './usage.ts'

/** The figure of one indicator and scope in a period. */
export type Ask = (period: LocalPeriod) => Figure

/** What a year comes to, and what that rests on. */
export interface Outlook {
  /** The year's own figure; of a running year, so far. */
  readonly actual: Figure
  readonly projected: number | null
  readonly method: ProjectionMethod | null
  /** Over the complete months of a running year, else over the year. */
  readonly coverage: number
  readonly estimated: number
  readonly monthsComplete: number
  readonly reason?: string
}

/** The first local day of a month (1 to 12). */
function monthStart(year: number, month: number): LocalDay {
  return Date.UTC(year, month - 1, 1) / DAY_MS
}

/** The figure of a whole year. */
export function yearFigure(ask: Ask, year: number): Figure {
  return ask(periodOf('year', monthStart(year, 1)))
}

/**
 * A complete year is what it is. A running one is carried to its end from its complete months, the
 * numerator and a metered denominator apart; people and floor area are taken as they stand now.
 */
export function outlook(ask: Ask, year: number, denominator: Denominator | Quantity | undefined): Outlook {
  const actual = yearFigure(ask, year)
  const { coverage, estimated } = actual
  if (!actual.partial) {
    const reason = actual.value === null && actual.reason !== undefined ? { reason: actual.reason } : {}
    return {
      actual,
      projected: actual.value,
      method: 'complete-year',
      coverage,
      estimated,
      monthsComplete: 12,
      ...reason,
    }
  }
  const complete = months(ask, year).filter(({ figure }) => !figure.partial)
  const above = project12(ask, year, complete, 'numerator')
  const base = {
    actual,
    coverage: above.coverage,
    estimated: above.estimated,
    monthsComplete: complete.length,
  }
  const unknown = (reason: string): Outlook => ({ ...base, projected: null, method: null, reason })
  if (complete.length === 0) return unknown('no month of the year is complete yet')
  if (above.projection === null) {
    return unknown(
      complete.find(({ figure }) => figure.numerator === null)?.figure.reason ?? 'a month has no data',
    )
  }
  const { method } = above.projection
  // What was used already is used, whatever the complete months promised; a share can still fall.
  const used = typeof denominator === 'object' ? 0 : (actual.numerator ?? 0)
  const value = Math.max(above.projection.value, used)
  if (denominator === undefined) return { ...base, projected: value, method }
  const below =
    typeof denominator === 'string'
      ? actual.denominator
      : project12(ask, year, complete, 'denominator').projection?.value
  if (below === null || below === undefined) return unknown(actual.reason ?? 'the denominator is missing')
  if (below === 0) return unknown('the denominator is zero')
  return { ...base, projected: value / below, method }
}

interface Month {
  readonly figure: Figure
  readonly days: number
}

function months(ask: Ask, year: number): Month[] {
  return Array.from({ length: 12 }, (_, i) => ({
    figure: ask(periodOf('month', monthStart(year, i + 1))),
    days: monthStart(year, i + 2) - monthStart(year, i + 1),
  }))
}

function project12(ask: Ask, year: number, complete: readonly Month[], part: 'numerator' | 'denominator') {
  const soFar = sumMonths(complete, part)
  const same = sumMonths(months(ask, year - 1).slice(0, complete.length), part)
  const full = yearFigure(ask, year - 1)
  const comparable =
    same.amount !== null && full[part] !== null && Math.min(same.coverage, full.coverage) >= COVERAGE_NEEDED
  const projection =
    soFar.amount === null || soFar.days === 0
      ? null
      : project({
          soFar: soFar.amount,
          days: soFar.days,
          daysOfYear: monthStart(year + 1, 1) - monthStart(year, 1),
          lastYear: comparable ? { sameMonths: same.amount as number, full: full[part] as number } : null,
        })
  return { projection, coverage: soFar.coverage, estimated: soFar.estimated }
}
