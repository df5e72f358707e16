import type { Figure } from './intensity.ts'

/** How a running year was carried to its end. */
export type ProjectionMethod = 'complete-year' | 'same-months' | 'straight-line'

/** An amount so far and what to scale it by. */
export interface Pace {
  /** Sum over the complete months of the running year. */
  readonly soFar: number
  /** Days of those months, and of the whole year. */
  readonly days: number
  readonly daysOfYear: number
  /** The year before: its same months and the whole of it; null where it is not well covered. */
  readonly lastYear: { readonly sameMonths: number; readonly full: number } | null
}

/**
 * Projection to the year's end (DOMAIN, section 5): what last year's remaining months were to its same
 * months, this year's will be. Without a comparable year a straight line, which knows no season.
 */
export function project(pace: Pace): { value: number; method: ProjectionMethod } {
  const { soFar, lastYear } = pace
  if (lastYear !== null && lastYear.sameMonths > 0) {
    return { value: (soFar * lastYear.full) / lastYear.sameMonths, method: 'same-months' }
  }
  return { value: (soFar * pace.daysOfYear) / pace.days, method: 'straight-line' }
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
