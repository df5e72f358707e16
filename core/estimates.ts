import type { Denominator } from './indicator.ts'
import { COVERAGE_NEEDED, type Figure } from './intensity.ts'
import { around, type Estimate, halfWidth, type ProjectionMethod, sumMonths } from './projection.ts'
import { isTally, type Quantity } from './source.ts'
import { daysOf, knownFirst, type Month } from './year-months.ts'

export interface LastYear {
  readonly months: readonly Month[]
  readonly whole: Figure
}

/** What the known months of a part come to by the year's end: the first one is the better. */
export function estimatesOf(
  known: readonly Month[],
  year: number,
  lastYear: LastYear,
  part: 'numerator' | 'denominator',
  quantity?: Quantity,
): Estimate[] {
  const { amount: soFar, days } = sumMonths(known, part)
  if (soFar === null || days === 0) return []
  const actual = known.map(({ figure }) => figure[part] as number)
  const line = (soFar * daysOf(year)) / days
  const lineHalf = halfWidth({
    actual,
    expected: known.map((month) => month.days),
    rest: daysOf(year) - days,
  })
  const straight = { projected: line, ...around(line, lineHalf) }
  if (quantity !== undefined && isTally(quantity)) return [{ method: 'pace', ...straight }]
  const same = sumMonths(lastYear.months.slice(0, known.length), part)
  const full = lastYear.whole[part]
  const flat: Estimate = { method: 'straight-line', ...straight, reason: 'a straight line knows no season' }
  const covered = Math.min(same.coverage, lastYear.whole.coverage) >= COVERAGE_NEEDED
  if (same.amount === null || full === null || !covered || same.amount <= 0) return [flat]
  const projected = (soFar * full) / same.amount
  const expected = lastYear.months.slice(0, known.length).map(({ figure }) => figure[part] as number)
  const half = halfWidth({ actual, expected, rest: full - same.amount })
  const reason = 'last year is covered, with the same months'
  return [{ method: 'same-months', projected, ...around(projected, half), reason }, flat]
}

/** What the figure is divided by at the year's end. */
export function belowOf(
  denominator: Denominator | Quantity | undefined,
  actual: Figure,
  complete: readonly Month[],
  year: number,
  lastYear: LastYear,
): { readonly projected: number; readonly method?: ProjectionMethod } | undefined {
  if (denominator === undefined) return undefined
  const stated = actual.denominator === null ? undefined : { projected: actual.denominator }
  if (denominator === 'revenue')
    return estimatesOf(knownFirst(complete, 'denominator'), year, lastYear, 'denominator')[0] ?? stated
  if (typeof denominator === 'string') return stated
  return estimatesOf(complete, year, lastYear, 'denominator')[0]
}

/** Of a share: how its months scatter around last year's, or around themselves, each for its own denominator. */
export function withShareBand(
  estimate: Estimate,
  known: readonly Month[],
  lastYear: LastYear,
  below: { readonly projected: number } | undefined,
): Estimate {
  if (estimate.model !== undefined || below === undefined) return estimate
  const { projected, method } = estimate
  const soFar = sumMonths(known, 'denominator').amount ?? 0
  const shareOf = (month: number) => {
    if (method !== 'same-months') return 1
    const figure = lastYear.months[month]?.figure
    const under = figure?.denominator ?? 0
    return under === 0 ? 0 : (figure?.numerator ?? 0) / under
  }
  const whole = lastYear.whole.denominator ?? 0
  const restOfLast = lastYear.months
    .slice(known.length)
    .reduce((sum, { figure }) => sum + (figure.numerator ?? 0), 0)
  const rest =
    method === 'same-months' && whole !== 0 ? (restOfLast * below.projected) / whole : below.projected - soFar
  const half = halfWidth({
    actual: known.map(({ figure }) => figure.numerator ?? 0),
    expected: known.map(({ figure }, i) => (figure.denominator ?? 0) * shareOf(i)),
    rest,
  })
  return { ...estimate, ...around(projected, half) }
}
