import { adjustedMonths } from './adjusted-months.ts'
import type { EnergyModel } from './energy-model.ts'
import { type PooledFit, pooledFit } from './pooled-fit.ts'
import { halfWidth } from './projection.ts'
import { type SiteHistory, type SiteModel, siteModel } from './site-model.ts'
import { monthStart } from './year-months.ts'

/** How both ways fared on months that they did not know: root mean square of their errors, as shares of those months. */
export interface Trials {
  readonly count: number
  readonly error: number
  readonly sameMonthsError: number
}

/** A running year carried to its end by weather and weekday, in the unit of its use. */
export interface WeatherAdjusted {
  readonly value: number
  /** Half of the band that nine years in ten end in; null where none can be told. */
  readonly half: number | null
  /** How many earlier years make the weather that is taken as normal; null without a model. */
  readonly weatherYears: number | null
  readonly sites: readonly SiteModel[]
  /** Of all models together; null where no site has one that holds. */
  readonly fit: PooledFit | null
  readonly trials: Trials | null
  /** Why the same months are the better guide; null where they aren't. */
  readonly reason: string | null
}

/** A site's months, this year's and what last year's lead to expect of them, to its own level. */
interface SiteCourse {
  readonly model: SiteModel
  readonly expected: readonly number[]
  readonly variance: number
  readonly weatherYears: number | null
}

/** Trials begin after so many months, and then after every second one. */
const FIRST_TRIAL = 3
const LEAST_TRIALS = 2
/** The error must be at most this part of the same months' error: a draw goes to the simpler way. */
const BETTER = 0.9
/** From a standard error to half of the band that nine years in ten end in. */
const NINE_IN_TEN = 1.645

/**
 * The year's end from its complete months: what last year's would have been with this year's weekdays and
 * weather, each site to its own level. Sites whose model does not hold go by last year's months as they were.
 * Null where no site has a sensor, or a month is not known.
 */
export function weatherAdjusted(
  histories: readonly SiteHistory[],
  year: number,
  complete: number,
): WeatherAdjusted | null {
  if (histories.every(({ meansC }) => meansC === null)) return null
  const courses = coursesOf(histories, year, complete, 12)
  const actual = monthsOf(histories, year, 1, complete)
  if (courses === null || actual === null) return null
  const used = courses.filter(({ model }) => model.reason === null)
  const trials = trialsOf(histories, year, complete)
  const expected = Array.from({ length: 12 }, (_, m) => sum(courses.map((one) => one.expected[m] as number)))
  const rest = sum(expected.slice(complete))
  const scatter = halfWidth({ actual, expected: expected.slice(0, complete), rest })
  const ofModels = NINE_IN_TEN * Math.sqrt(sum(courses.map(({ variance }) => variance)))
  return {
    value: sum(actual) + rest,
    half: scatter === null ? null : Math.hypot(scatter, ofModels),
    weatherYears: used.length === 0 ? null : Math.min(...used.map(({ weatherYears }) => weatherYears ?? 0)),
    sites: courses.map(({ model }) => model),
    fit: pooledFit(used.map(({ model }) => model.model as EnergyModel)),
    trials,
    reason: reasonAgainst(courses, trials),
  }
}

function reasonAgainst(courses: readonly SiteCourse[], trials: Trials | null): string | null {
  if (courses.every(({ model }) => model.reason !== null)) {
    return courses.map(({ model }) => `${model.site}: ${model.reason}`).join('; ')
  }
  if (trials === null) return `too few months are known to try it on; ${LEAST_TRIALS} trials are needed`
  return trials.error <= BETTER * trials.sameMonthsError ? null : verdictOf(trials)
}

/** How both ways fared, in words. */
export function verdictOf({ count, error, sameMonthsError }: Trials): string {
  return `in ${count} trials on known months it erred by ${percent(error)}, the same months of last year by ${percent(sameMonthsError)}`
}

function coursesOf(
  histories: readonly SiteHistory[],
  year: number,
  complete: number,
  last: number,
): SiteCourse[] | null {
  const courses: SiteCourse[] = []
  for (const history of histories) {
    const course = courseOf(history, year, complete, last)
    if (course === null) return null
    courses.push(course)
  }
  return courses
}

function courseOf(history: SiteHistory, year: number, complete: number, last: number): SiteCourse | null {
  const lastYear = monthsOf([history], year - 1, 1, last)
  const soFar = monthsOf([history], year, 1, complete)
  if (lastYear === null || soFar === null) return null
  const found = siteModel(history, year, complete, last)
  const adjusted =
    found.reason === null && found.model !== null && history.meansC !== null
      ? adjustedMonths(lastYear, found.model, history.meansC, year, complete)
      : null
  const model =
    found.reason === null && adjusted === null
      ? { ...found, reason: 'the weather of a month is not known, or leaves nothing of its use' }
      : found
  const expected = adjusted?.expected ?? lastYear
  const before = sum(expected.slice(0, complete))
  // What a site without any use used: nothing.
  if (before <= 0) return sum(soFar) === 0 && sum(expected) === 0 ? { ...NO_USE, expected, model } : null
  const level = sum(soFar) / before
  return {
    model,
    expected: expected.map((amount) => level * amount),
    variance: level ** 2 * (adjusted?.variance ?? 0),
    weatherYears: adjusted?.weatherYears ?? null,
  }
}

const NO_USE = { variance: 0, weatherYears: null }

/** Months of a year, of all the sites together; null where one is not known. */
function monthsOf(
  histories: readonly SiteHistory[],
  year: number,
  from: number,
  to: number,
): number[] | null {
  const amounts: number[] = []
  for (let month = from; month <= to; month += 1) {
    const ofSites = histories.flatMap(({ months }) => months.get(monthStart(year, month)) ?? [])
    if (ofSites.length < histories.length) return null
    amounts.push(sum(ofSites))
  }
  return amounts
}

/**
 * Both ways on months that are known by now, each from what was known before them: this year's from every
 * second month on, and last year's end from as many months as are complete now, where the year before it is known.
 */
function trialsOf(histories: readonly SiteHistory[], year: number, complete: number): Trials | null {
  const errors: { adjusted: number; same: number }[] = []
  const attempt = (of: number, from: number, to: number) => {
    const actual = monthsOf(histories, of, from + 1, to)
    const soFar = monthsOf(histories, of, 1, from)
    const before = monthsOf(histories, of - 1, 1, to)
    const courses = coursesOf(histories, of, from, to)
    if (actual === null || soFar === null || before === null || courses === null) return
    const [told, known] = [sum(actual), sum(before.slice(0, from))]
    if (told === 0 || known <= 0) return
    const adjusted = sum(courses.map(({ expected }) => sum(expected.slice(from))))
    const same = (sum(soFar) * sum(before.slice(from))) / known
    errors.push({ adjusted: adjusted / told - 1, same: same / told - 1 })
  }
  for (let from = FIRST_TRIAL; from < complete; from += 2) attempt(year, from, complete)
  attempt(year - 1, complete, 12)
  if (errors.length < LEAST_TRIALS) return null
  const rootMeanSquare = (of: 'adjusted' | 'same') =>
    Math.sqrt(sum(errors.map((one) => one[of] ** 2)) / errors.length)
  return {
    count: errors.length,
    error: rootMeanSquare('adjusted'),
    sameMonthsError: rootMeanSquare('same'),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
