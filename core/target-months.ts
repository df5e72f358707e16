import type { Indicator } from './indicator.ts'
import type { Assessment } from './target.ts'
import type { Target } from './target-file.ts'
import { type Ask, daysIn, daysOf, type Month, monthsOf } from './year-months.ts'

/** A month of the judged year: of a share the share, else the numerator. */
export interface TargetMonth {
  /** `2026-03`. */
  readonly month: string
  readonly value: number | null
  /** Since January; of a share the one since January, of a cumulative target since its first year. */
  readonly cumulative: number | null
  /** What the path wants, or allows, up to the month's end. */
  readonly pathCumulative: number | null
  /** From the last known month on, where the year is heading, with its band. */
  readonly projectedCumulative: number | null
  readonly low: number | null
  readonly high: number | null
  readonly partial: boolean
}

/**
 * The course of a year. What is still to come, and what the path allows, is spread over the months as last
 * year's was where that is known, else by their days; a share goes from where it is to where it is heading by
 * the days.
 */
export function targetMonths(
  target: Target,
  indicator: Indicator,
  ask: Ask,
  year: number,
  { outlook, pathValue, path }: Assessment,
): TargetMonth[] {
  const months = monthsOf(ask, year)
  const isShare = typeof indicator.denominator === 'object'
  const { scale = 1 } = indicator
  const weights = outlook.method === 'same-months' && !isShare ? weightsOf(monthsOf(ask, year - 1)) : null
  const upTo = upToEnd(weights ?? lengthsOf(months))
  const known = outlook.actual.partial ? outlook.monthsComplete : 12
  const earlier =
    target.kind === 'cumulative' ? (path.find((point) => point.year === year - 1) ?? null) : null
  const before = target.kind === 'cumulative' && year > target.from ? (earlier?.actual ?? null) : 0
  const perUnit = isShare ? 1 : (outlook.below ?? 1) / scale
  const whole =
    pathValue === null || (!isShare && indicator.denominator !== undefined && outlook.below === null)
      ? null
      : pathValue * perUnit
  const pathBefore = earlier?.pathValue ?? 0
  const soFar = sums(months, isShare, scale, before, known)
  const now = known === 0 ? before : (soFar[known - 1] ?? null)
  // A cumulative projection is of all the years; of this one it is what the pace brings to its end.
  const end = (of: number | null) =>
    of === null
      ? null
      : target.kind === 'cumulative'
        ? atYearsEnd(target, of, now, year, outlook.days)
        : of * perUnit
  const heading = (of: number | null, i: number) => {
    const to = end(of)
    if (to === null || now === null || i < known - 1 || known === 12) return null
    const gone = known === 0 ? 0 : (upTo[known - 1] as number)
    const share = gone >= 1 ? 1 : ((upTo[i] as number) - gone) / (1 - gone)
    return now + (to - now) * share
  }
  return months.map(({ figure }, i) => ({
    month: `${year}-${String(i + 1).padStart(2, '0')}`,
    value: isShare ? figure.value : figure.numerator,
    cumulative: soFar[i] ?? null,
    pathCumulative:
      whole === null ? null : isShare ? whole : pathBefore + (whole - pathBefore) * (upTo[i] as number),
    projectedCumulative: heading(outlook.projected, i),
    low: heading(outlook.low, i),
    high: heading(outlook.high, i),
    partial: figure.partial,
  }))
}

/** What a cumulative target has come to at a year's end, on a straight way from here to its own end. */
function atYearsEnd(
  { by }: Extract<Target, { kind: 'cumulative' }>,
  to: number,
  now: number | null,
  year: number,
  days: number,
): number | null {
  if (now === null) return null
  const left = Math.max(0, daysOf(year) - days)
  const all = left + daysIn(year + 1, by)
  return all === 0 ? to : now + ((to - now) * left) / all
}

function sums(
  months: readonly Month[],
  isShare: boolean,
  scale: number,
  before: number | null,
  known: number,
): (number | null)[] {
  let above: number | null = before
  let below: number | null = 0
  return months.map(({ figure }, i) => {
    const { numerator, denominator, above: amount } = figure
    const absent = i < known && amount.state === 'absent'
    above = above === null || (numerator === null && !absent) ? null : above + (numerator ?? 0)
    below = below === null || denominator === null ? null : below + denominator
    if (!isShare) return above
    return above === null || below === null || below === 0 ? null : (above / below) * scale
  })
}

/** Last year's months; null where one is not known or below zero. */
function weightsOf(months: readonly Month[]): number[] | null {
  const values = months.map(({ figure }) => figure.numerator)
  const whole = values.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return whole > 0 && values.every((one) => one !== null && one >= 0) ? (values as number[]) : null
}

function lengthsOf(months: readonly Month[]): number[] {
  return months.map(({ days }) => days)
}

/** The share of the whole up to each month's end. */
function upToEnd(weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, one) => sum + one, 0)
  let sum = 0
  return weights.map((one) => {
    sum += one
    return sum / whole
  })
}
