import { coolingDegrees, type DailyMeans, heatingDegrees } from './degree-days.ts'
import type { EnergyModel, Term } from './energy-model.ts'
import { weekdayClass } from './like-days.ts'
import { DAYS_OF_MONTH, daysOfMonth, type NormalMonth, normalMonth } from './normal-weather.ts'

/** From so many earlier years on, how far weather strays is seen in them. */
const YEARS_TO_TELL = 3
/** Before that: degree days of a season stray by about a tenth from one year to the next. An assumption, on the safe side. */
const STRAY = 0.1

/** Last year's months as they would have been with the weekdays and the weather of another year. */
export interface AdjustedMonths {
  /** From January on. */
  readonly expected: readonly number[]
  /** Variance of `rest / so far × so far's use`, by the coefficients and by the weather that is to come; for a ratio of 1. */
  readonly variance: number
  /** How many earlier years make the normal weather: the least that any month to come has. */
  readonly weatherYears: number
}

/**
 * Last year's months put under the weekdays and the weather of a year: the weather that was for the complete
 * months, the mean of the site's own earlier years for those to come, up to `last`. What the model doesn't know,
 * such as holidays and heating seasons, stays as it was. Null where a month's weather is not known.
 */
export function adjustedMonths(
  lastYear: readonly number[],
  model: EnergyModel,
  meansC: DailyMeans,
  year: number,
  complete: number,
): AdjustedMonths | null {
  const normal: NormalMonth[] = []
  const shifts: number[][] = []
  for (let month = 1; month <= lastYear.length; month += 1) {
    const before = termSums(model.terms, year - 1, month, [meansOf(meansC, year - 1, month)])
    const seen = month > complete ? normalMonth(meansC, year, month) : null
    if (seen !== null) normal.push(seen)
    const warmths = month > complete ? seen?.byYear.map((one) => one.meansC) : [meansOf(meansC, year, month)]
    const now = termSums(model.terms, year, month, warmths ?? [])
    if (before === null || now === null) return null
    shifts.push(now.map((sum, t) => sum - (before[t] as number)))
  }
  const expected = lastYear.map((amount, m) => amount + shiftBy(model.terms, shifts[m] as number[]))
  if (expected.some((amount) => amount <= 0)) return null
  const soFar = sum(expected.slice(0, complete))
  const rest = sum(expected.slice(complete))
  const gradient = model.terms.map((_, t) => {
    const of = (from: number, to: number) => sum(shifts.slice(from, to).map((shift) => shift[t] as number))
    return of(complete, shifts.length) - (rest / soFar) * of(0, complete)
  })
  const ofCoefficients = sum(
    gradient.flatMap((a, r) => gradient.map((b, c) => a * b * (model.covariance[r]?.[c] as number))),
  )
  const weatherYears = Math.min(...normal.map(({ byYear }) => byYear.length))
  return { expected, variance: ofCoefficients + strayOf(model.terms, normal) ** 2, weatherYears }
}

function shiftBy(terms: readonly Term[], shift: readonly number[]): number {
  return sum(terms.map(({ coefficient }, t) => coefficient * (shift[t] as number)))
}

/** The means of a month's days; of most of them, or null. */
function meansOf(meansC: DailyMeans, year: number, month: number): readonly number[] | null {
  const known = daysOfMonth(year, month).flatMap((day) => meansC.get(day) ?? [])
  return known.length >= DAYS_OF_MONTH ? known : null
}

/** The sums of the terms over a month, of weather as the mean of the years that are given; null where there is none. */
function termSums(
  terms: readonly Term[],
  year: number,
  month: number,
  warmths: readonly (readonly number[] | null)[],
): number[] | null {
  const known = warmths.filter((means) => means !== null)
  if (known.length === 0) return null
  const days = daysOfMonth(year, month)
  return terms.map((term) => {
    switch (term.kind) {
      case 'base':
        return days.length
      case 'this-year':
        return 0
      case 'workday':
      case 'saturday':
        return days.filter((day) => weekdayClass(day) === term.kind).length
      default:
        return (sum(known.map((means) => degreesOf(term, means))) / known.length) * days.length
    }
  })
}

/** Of one day, on average. */
function degreesOf({ kind, balanceC }: Term, meansC: readonly number[]): number {
  const degrees = kind === 'heating' ? heatingDegrees : coolingDegrees
  return sum(meansC.map((meanC) => degrees(meanC, balanceC as number))) / meansC.length
}

/** One standard deviation of what the weather of the months to come makes. */
function strayOf(terms: readonly Term[], months: readonly NormalMonth[]): number {
  const weather = terms.filter(({ balanceC }) => balanceC !== null)
  const made = (year: number | null) =>
    weather.map(
      (term) =>
        term.coefficient *
        sum(
          months.map(({ days, byYear }) => {
            const years = year === null ? byYear : byYear.filter((one) => one.year === year)
            return (sum(years.map(({ meansC }) => degreesOf(term, meansC))) / years.length) * days
          }),
        ),
    )
  const inAll = (months[0]?.byYear ?? [])
    .map(({ year }) => year)
    .filter((year) => months.every(({ byYear }) => byYear.some((one) => one.year === year)))
  if (inAll.length < YEARS_TO_TELL) return STRAY * Math.hypot(...made(null))
  const totals = inAll.map((year) => sum(made(year)))
  const n = totals.length
  const mean = sum(totals) / n
  const spread = Math.sqrt(sum(totals.map((x) => (x - mean) ** 2)) / (n - 1))
  // The year to come strays, and so does the mean of the years that are known.
  return spread * Math.sqrt(1 + 1 / n)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
