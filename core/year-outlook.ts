import { belowOf, estimatesOf, withShareBand } from './estimates.ts'
import type { Indicator } from './indicator.ts'
import { COVERAGE_NEEDED, type Figure } from './intensity.ts'
import {
  type Candidate,
  type Confidence,
  choose,
  confidenceOf,
  type Projection,
  type ProjectionMethod,
  sumMonths,
} from './projection.ts'
import { type Ask, daysOf, enteredMonths, type Month, monthsOf, yearFigure } from './year-months.ts'

/** What a year comes to, and what that rests on. */
export interface Outlook {
  /** The year's own figure; of a running year, so far. */
  readonly actual: Figure
  /**
   * What is held against the limit so far: that figure, over the complete months alone where the running one is
   * not known; or the sum of several years.
   */
  readonly value: number | null
  readonly projected: number | null
  readonly low: number | null
  readonly high: number | null
  readonly confidence: Confidence | null
  readonly method: ProjectionMethod | null
  /** By every method that there is data for; one of them is chosen. */
  readonly projections: readonly Projection[]
  /** What it is divided by at the year's end; null where it is not divided, or that is not known. */
  readonly below: number | null
  /** Over the complete months of a running year, else over the year. */
  readonly coverage: number
  readonly estimated: number
  readonly monthsComplete: number
  /** Days of the year that are known, and numerator and denominator in them. */
  readonly days: number
  readonly known: number | null
  readonly knownBelow: number | null
  /** Whether what is known of the numerator goes on into the running month. */
  readonly isToNow: boolean
  readonly reason?: string
}

/** People enter a month when it is over: one that is lacking is no reason for doubt yet. */
const MONTHS_LATE = 1

/** The days of the known months; and where people are late, the share of the complete months that they have entered. */
function entry(complete: readonly Month[], known: readonly Month[]) {
  const days = known.reduce((sum, month) => sum + month.days, 0)
  const all = complete.reduce((sum, month) => sum + month.days, 0)
  return { days, coverage: complete.length - known.length > MONTHS_LATE ? days / all : 1 }
}

/**
 * A complete year is what it is. A running one is carried to its end from its complete months, the numerator
 * and a metered denominator or revenue apart; people and floor area are taken as they stand now. `candidates`
 * are what models make of the numerator.
 */
export function outlook(
  ask: Ask,
  year: number,
  indicator: Indicator,
  candidates: readonly Candidate[] = [],
): Outlook {
  const actual = yearFigure(ask, year)
  if (!actual.partial) return completeYear(actual, year)
  const { numerator, denominator, scale = 1 } = indicator
  const months = monthsOf(ask, year)
  const complete = months.filter(({ figure }) => !figure.partial)
  const running = months[complete.length]?.figure
  const isEntered = numerator.source.kind === 'entered'
  const known = isEntered ? enteredMonths(complete, numerator) : complete
  const sums = sumMonths(known, 'numerator')
  const late = isEntered ? entry(complete, known).coverage : 1
  const base = {
    actual,
    value: actual.value,
    coverage: isEntered ? late : sums.coverage,
    estimated: sums.estimated,
    monthsComplete: known.length,
    days: sums.days,
    known: sums.amount,
    knownBelow: sumMonths(known, 'denominator').amount,
    isToNow: actual.numerator !== null && running !== undefined && running.numerator !== null,
  }
  const unknown = (reason: string): Outlook => ({ ...base, ...NOTHING, reason })
  if (complete.length === 0) return unknown('no month of the year is complete yet')
  const lastYear = { months: monthsOf(ask, year - 1), whole: yearFigure(ask, year - 1) }
  const estimates = estimatesOf(known, year, lastYear, 'numerator', numerator)
  if (estimates.length === 0)
    return unknown(
      complete.find(({ figure }) => figure.numerator === null)?.figure.reason ?? 'a month has no data',
    )
  const below = belowOf(denominator, actual, complete, year, lastYear)
  if (denominator !== undefined && below === undefined)
    return unknown(actual.reason ?? 'the denominator is missing')
  if (below?.projected === 0) return unknown('the denominator is zero')
  // What was used already is used, whatever the complete months promised; a share can still fall, to nothing.
  const used =
    typeof denominator === 'object' ? Math.min(0, sums.amount ?? 0) : (actual.numerator ?? sums.amount ?? 0)
  const perUnit = scale / (below?.projected ?? 1)
  const atLeast = (amount: number | null) => (amount === null ? null : Math.max(amount, used) * perUnit)
  const chosen = choose(estimates, candidates)
  const projections = [...estimates, ...candidates].map((one): Projection => {
    const shown = typeof denominator === 'object' ? withShareBand(one, known, lastYear, below) : one
    const { method, projected, low, high, reason, model } = shown
    return {
      method,
      projected: atLeast(projected),
      low: atLeast(low),
      high: atLeast(high),
      confidence: below?.method === 'straight-line' ? 'low' : confidenceOf(shown),
      chosen: one === chosen,
      ...(reason !== undefined && { reason }),
      ...(model !== undefined && { model }),
    }
  })
  const { projected, low, high, confidence, method } = projections.find((one) => one.chosen) as Projection
  return {
    ...base,
    value: actual.value ?? soFarOf(indicator, sums.amount, below?.projected, complete.slice(0, known.length)),
    projected,
    low,
    high,
    confidence,
    method,
    projections,
    below: below?.projected ?? null,
    ...(late < COVERAGE_NEEDED && {
      reason: `${numerator.id} is entered up to ${nameOfMonth(year, known)} only`,
    }),
  }
}

/** The figure of the known months: for people and floor area as they are now, else for these months' own. */
function soFarOf(
  { denominator, scale = 1 }: Indicator,
  numerator: number | null,
  stock: number | undefined,
  known: readonly Month[],
): number | null {
  const isStock = typeof denominator === 'string' && denominator !== 'revenue'
  const under = denominator === undefined ? 1 : isStock ? stock : sumMonths(known, 'denominator').amount
  return numerator === null || !under ? null : (numerator / under) * scale
}

const NOTHING = {
  projected: null,
  low: null,
  high: null,
  confidence: null,
  method: null,
  projections: [],
  below: null,
} as const

function completeYear(actual: Figure, year: number): Outlook {
  const { value, coverage, estimated, reason } = actual
  const seen = { projected: value, low: value, high: value, method: 'complete-year' } as const
  const confidence = value === null ? null : 'high'
  return {
    actual,
    value,
    ...seen,
    confidence,
    projections: [{ ...seen, confidence, chosen: true }],
    below: actual.denominator,
    coverage,
    estimated,
    monthsComplete: 12,
    days: daysOf(year),
    known: actual.numerator,
    knownBelow: actual.denominator,
    isToNow: true,
    ...(value === null && reason !== undefined && { reason }),
  }
}

function nameOfMonth(year: number, known: readonly Month[]): string {
  return known.length === 0 ? `the end of ${year - 1}` : `${year}-${String(known.length).padStart(2, '0')}`
}
