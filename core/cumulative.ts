import type { Adjustment } from './baseline.ts'
import type { Demand } from './demand.ts'
import type { Indicator } from './indicator.ts'
import { around, confidenceOf, type Estimate, halfWidth } from './projection.ts'
import type { TargetOf } from './target-file.ts'
import { estimatedShare } from './usage.ts'
import { floorVerdict } from './verdict.ts'
import { type Ask, daysIn, daysOf, yearFigure } from './year-months.ts'
import { type Outlook, outlook } from './year-outlook.ts'

/**
 * All the years of a cumulative target together, carried to their end at the pace of the days so far. `value`
 * is what they have come to; up to the year asked for.
 */
export function cumulativeOutlook(
  { from, by }: TargetOf<'cumulative'>,
  indicator: Indicator,
  ask: Ask,
  year: number,
): Outlook {
  const seen = outlook(ask, Math.min(year, by), indicator)
  const none = (reason: string): Outlook => ({
    ...seen,
    ...{ value: null, projected: null, low: null, high: null, confidence: null, method: null },
    projections: [],
    reason,
  })
  if (year < from) return none(`it counts from ${from} on`)
  const before = yearsFrom(from, Math.min(year, by + 1) - 1).map((y) => ({ y, figure: yearFigure(ask, y) }))
  const runningOn = before.find(({ figure }) => figure.partial)
  if (runningOn !== undefined) return none(`${runningOn.y} is not over yet`)
  const lacking = before.find(({ figure }) => figure.value === null)
  if (lacking !== undefined)
    return none(`${indicator.id} of ${lacking.y} is not known: ${lacking.figure.reason ?? 'no figure'}`)
  const runs = year <= by
  // Of a year that has hardly begun nothing need be entered yet.
  const ofYear = seen.actual.numerator ?? (seen.coverage === 1 ? seen.known : null)
  if (runs && ofYear === null)
    return none(seen.reason ?? seen.actual.reason ?? 'nothing is known of this year')
  const earlier = before.reduce((sum, { figure }) => sum + (figure.value as number), 0)
  const value = earlier + (runs ? (ofYear as number) : 0)
  const days = daysIn(from, Math.min(year, by + 1) - 1) + (runs ? seen.days : 0)
  const whole = daysIn(from, by)
  // What came in after the last month that is known is on top of the pace.
  const ofMonths = runs ? (seen.known ?? 0) : 0
  if (days === 0) return none('no month is complete yet')
  const line = Math.max(value, ((earlier + ofMonths) * whole) / days)
  const parts = before.map(({ y, figure }) => [figure.value as number, daysOf(y)] as const)
  if (runs && seen.days > 0) parts.push([ofMonths, seen.days])
  const half = halfWidth({
    actual: parts.map(([amount]) => amount),
    expected: parts.map(([, length]) => length),
    rest: whole - days,
  })
  const method = days === whole ? 'complete-year' : 'pace'
  const band = around(line, half)
  const estimate: Estimate = {
    method,
    projected: line,
    low: band.low === null ? null : Math.max(value, band.low),
    high: band.high,
  }
  const confidence = confidenceOf(estimate)
  const { reason: _, ...rest } = seen
  const years = runs
    ? [...before.map(({ figure }) => figure), { ...seen, numerator: ofMonths }]
    : before.map(({ figure }) => figure)
  return {
    ...rest,
    ...estimate,
    value,
    estimated: estimatedOf(years),
    confidence,
    projections: [{ ...estimate, confidence, chosen: true }],
    ...(seen.coverage < 1 && seen.reason !== undefined && { reason: seen.reason }),
  }
}

/** The estimated share of several years. */
function estimatedOf(
  years: readonly { readonly numerator: number | null; readonly estimated: number }[],
): number {
  const whole = years.reduce((sum, { numerator }) => sum + (numerator ?? 0), 0)
  const part = years.reduce((sum, { numerator, estimated }) => sum + estimated * Math.abs(numerator ?? 0), 0)
  return estimatedShare(whole, part)
}

/** Its path is the pace: so much in every day. */
export function cumulativeDemand(
  { from, by, amount, staticFactors }: TargetOf<'cumulative'>,
  year: number,
): Demand {
  const whole = daysIn(from, by)
  const pathAt = (y: number) => (amount * daysIn(from, Math.min(y, by))) / whole
  return {
    baseline: null,
    adjustments: staticFactors.map((one): Adjustment => ({ kind: 'static-factor', ...one, effect: null })),
    limit: amount,
    goal: pathAt(year),
    pathAt,
    judge: (projected) => ({ verdict: floorVerdict(projected / amount), progress: projected / amount }),
  }
}

/** What there should be by the last day that is known. */
export function cumulativePace(
  { from, by, amount }: TargetOf<'cumulative'>,
  year: number,
  days: number,
): number {
  const elapsed = daysIn(from, Math.min(year, by + 1) - 1) + (year <= by ? days : 0)
  return (amount * elapsed) / daysIn(from, by)
}

function yearsFrom(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
}
