import type { TermKind } from './energy-model.ts'
import type { Figure } from './intensity.ts'

/** How a running year was carried to its end. */
export const projectionMethods = [
  'complete-year',
  'same-months',
  'straight-line',
  'weather-adjusted',
  'pace',
] as const
export type ProjectionMethod = (typeof projectionMethods)[number]
export type Confidence = 'high' | 'medium' | 'low'

/** How well a model fits what it was made from. */
export interface ModelFit {
  /** Coefficient of determination. */
  readonly r2: number
  /** Coefficient of variation of the root mean square error. */
  readonly cvRmse: number
  readonly points: number
  /** Of the regression on weather and weekday. */
  readonly detail?: ModelDetail
}

/** What a reader needs to judge a regression on weather and weekday, and to reckon it again. */
export interface ModelDetail {
  readonly adjustedR2: number
  /** Net mean bias error, as a share of the mean. */
  readonly nmbe: number
  /** How many earlier years make the weather that is taken as normal. */
  readonly weatherYears: number
  /** Root mean square errors on months that were held out, as shares of those months. */
  readonly trials: { readonly count: number; readonly error: number; readonly sameMonthsError: number } | null
  readonly sites: readonly {
    readonly site: string
    readonly grain: 'day' | 'month' | null
    readonly points: number
    readonly r2: number | null
    readonly cvRmse: number | null
    /** Why this site goes by the same months; null where its model is used. */
    readonly reason: string | null
    readonly terms: readonly {
      readonly kind: TermKind
      /** Of heating and cooling, degC. */
      readonly balanceC: number | null
      readonly coefficient: number
      readonly unit: string
      readonly t: number
    }[]
  }[]
}

/** What a whole year comes to by one method, in the amount's unit. */
export interface Estimate {
  readonly method: ProjectionMethod
  readonly projected: number
  /** Nine years in ten end between them; null where no band can be told. */
  readonly low: number | null
  readonly high: number | null
  /** Why it was chosen, or not. */
  readonly reason?: string
  readonly model?: ModelFit
}

/** An estimate of the numerator by a model; chosen where its maker found it to be the better one. */
export interface Candidate extends Estimate {
  readonly better: boolean
}

/** An estimate in the unit of the figure, beside the others that there are. */
export interface Projection extends Omit<Estimate, 'projected'> {
  readonly projected: number | null
  readonly confidence: Confidence | null
  readonly chosen: boolean
}

/** What is known of a year's complete months, and what is expected of those to come. */
export interface Course {
  readonly actual: readonly number[]
  /** What each of these months was expected to come to, to any scale. */
  readonly expected: readonly number[]
  /** The same of all the months to come, together. */
  readonly rest: number
}

/** Student's t that 5 % lie above, by the degrees of freedom. */
const T = [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812, 1.796]
const T_MANY = 1.645

/**
 * Half of the band that nine years in ten end in. The months so far stand to what was expected of them in a
 * ratio, around which they scatter; a month to come scatters as they do, and the ratio itself is known no
 * better than from so many months (ratio estimator with a variance in proportion to what is expected:
 * W. G. Cochran, Sampling Techniques, 3rd ed., chapter 6). Null of fewer than two months.
 */
export function halfWidth({ actual, expected, rest }: Course): number | null {
  const months = actual.flatMap((value, i) => {
    const of = expected[i] ?? 0
    return of > 0 ? [{ value, of }] : []
  })
  const degrees = months.length - 1
  if (degrees < 1) return null
  const whole = months.reduce((sum, { of }) => sum + of, 0)
  const ratio = months.reduce((sum, { value }) => sum + value, 0) / whole
  const variance = months.reduce((sum, { value, of }) => sum + (value - ratio * of) ** 2 / of, 0) / degrees
  const to = Math.max(0, rest)
  return (T[degrees - 1] ?? T_MANY) * Math.sqrt(variance * (to + (to * to) / whole))
}

/** The band around an estimate. */
export function around(projected: number, half: number | null): Pick<Estimate, 'low' | 'high'> {
  return half === null ? { low: null, high: null } : { low: projected - half, high: projected + half }
}

/** A model where it is the better one, else what last year's course says, else a line that knows no season. */
export function choose(
  estimates: readonly Estimate[],
  candidates: readonly Candidate[],
): Estimate | undefined {
  return candidates.find(({ better }) => better) ?? estimates[0]
}

const NARROW = 0.05
const BROAD = 0.15

/** By how wide the band is; a straight line is of low confidence whatever its band. */
export function confidenceOf({ method, projected, low, high }: Estimate): Confidence {
  if (method === 'complete-year') return 'high'
  if (method === 'straight-line' || low === null || high === null) return 'low'
  const half = Math.max(high - projected, projected - low)
  if (half <= NARROW * Math.abs(projected)) return 'high'
  return half <= BROAD * Math.abs(projected) ? 'medium' : 'low'
}

/** The sum of months' amounts, its coverage and its estimated share; null amounts make it null. */
export function sumMonths(
  months: readonly { figure: Figure; days: number }[],
  part: 'numerator' | 'denominator',
) {
  let amount: number | null = 0
  let days = 0
  let coveredDays = 0
  let estimated = 0
  for (const { figure, days: length } of months) {
    const value = figure[part]
    amount = amount === null || value === null ? null : amount + value
    days += length
    coveredDays += figure.coverage * length
    estimated += figure.estimated * Math.abs(figure.numerator ?? 0)
  }
  const whole = Math.abs(amount ?? 0)
  return {
    amount,
    days,
    coverage: days === 0 ? 0 : coveredDays / days,
    estimated: whole === 0 ? 0 : estimated / whole,
  }
}
