import { coolingDegrees, heatingDegrees } from './degree-days.ts'
import type { EnergyModel, Term } from './energy-model.ts'
import { weekdayClass } from './like-days.ts'
import type { NormalMonth } from './normal-weather.ts'

/** From so many earlier years on, how far weather strays is seen in them. */
const YEARS_TO_TELL = 3
/** Before that: degree days of a season stray by about a tenth from one year to the next. An assumption, on the safe side. */
const STRAY = 0.1

/** What is to come, by a model and normal weather. */
export interface Expected {
  readonly value: number
  /** Of the sum: of the coefficients, of the days about the model, and of the weather. */
  readonly variance: number
  /** How many earlier years make the normal weather: the least that any month has. */
  readonly weatherYears: number
}

/** What months to come will use. */
export function expectedUse(model: EnergyModel, months: readonly NormalMonth[]): Expected {
  const days = months.reduce((sum, month) => sum + month.days.length, 0)
  const sums = model.terms.map((term) => months.reduce((sum, month) => sum + normalSum(term, month), 0))
  const value = sums.reduce((sum, x, c) => sum + x * (model.terms[c] as Term).coefficient, 0)
  let ofCoefficients = 0
  for (const [r, x] of sums.entries()) {
    for (const [c, y] of sums.entries()) ofCoefficients += x * y * (model.covariance[r]?.[c] as number)
  }
  const weatherYears = Math.min(...months.map(({ byYear }) => byYear.length))
  const variance = ofCoefficients + days * model.dailyVariance + strayOf(model, months) ** 2
  return { value, variance, weatherYears }
}

/** The sum of a term over the days of a month; of weather as the mean of the years that know it. */
function normalSum(term: Term, { days, byYear }: NormalMonth): number {
  switch (term.kind) {
    case 'workday':
    case 'saturday':
      return days.filter((day) => weekdayClass(day) === term.kind).length
    case 'heating':
    case 'cooling':
      return (
        byYear.reduce((sum, { meansC }) => sum + degreesOf(term, meansC), 0) * (days.length / byYear.length)
      )
    default:
      return days.length
  }
}

/** Of one day, on average. */
function degreesOf({ kind, balanceC }: Term, meansC: readonly number[]): number {
  const degrees = kind === 'heating' ? heatingDegrees : coolingDegrees
  return meansC.reduce((sum, meanC) => sum + degrees(meanC, balanceC as number), 0) / meansC.length
}

/** One standard deviation of what the weather of these months makes. */
function strayOf({ terms }: EnergyModel, months: readonly NormalMonth[]): number {
  const weather = terms.filter(({ balanceC }) => balanceC !== null)
  const inAll = new Set(
    (months[0] as NormalMonth).byYear
      .map(({ year }) => year)
      .filter((year) => months.every(({ byYear }) => byYear.some((one) => one.year === year))),
  )
  if (inAll.size < YEARS_TO_TELL) {
    const made = weather.map(
      (term) => term.coefficient * months.reduce((sum, month) => sum + normalSum(term, month), 0),
    )
    return STRAY * Math.hypot(...made)
  }
  const totals = [...inAll].map((year) =>
    months.reduce((sum, { days, byYear }) => {
      const means = byYear.find((one) => one.year === year)?.meansC as readonly number[]
      return sum + weather.reduce((s, term) => s + term.coefficient * degreesOf(term, means) * days.length, 0)
    }, 0),
  )
  const n = totals.length
  const mean = totals.reduce((sum, x) => sum + x, 0) / n
  const spread = Math.sqrt(totals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1))
  // The year to come strays, and so does the mean of the years that are known.
  return spread * Math.sqrt(1 + 1 / n)
}
