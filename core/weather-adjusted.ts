import type { EnergyModel, ModelStatistics } from './energy-model.ts'
import { expectedUse } from './model-projection.ts'
import { monthStart, normalWeather } from './normal-weather.ts'
import { type SiteHistory, type SiteModel, siteModel } from './site-model.ts'

/** A use of months to come, with its variance. */
interface Rest {
  readonly value: number
  readonly variance: number
  readonly weatherYears: number | null
  readonly model: SiteModel
}

/** How both ways fared on months that they did not know: root mean square of their errors, as shares of those months. */
export interface Trials {
  readonly count: number
  readonly error: number
  readonly sameMonthsError: number
}

/** The months that are to come of a year, by models of the sites where they hold, else by the same months. */
export interface WeatherAdjusted {
  /** The whole year. */
  readonly value: number
  /** One standard error. */
  readonly standardError: number
  /** How many earlier years make the weather that is taken as normal. */
  readonly weatherYears: number | null
  readonly sites: readonly SiteModel[]
  /** Of all sites with a model together; null where there is none. */
  readonly statistics: Omit<ModelStatistics, 'grain' | 'autocorrelation'> | null
  readonly trials: Trials | null
  /** Why the same months are the better guide; null where they aren't. */
  readonly reason: string | null
}

/** Trials begin after so many months, and then after every second one. */
const FIRST_TRIAL = 3
const LEAST_TRIALS = 2
/** The error must be at most this part of the same months' error: a draw goes to the simpler way. */
const BETTER = 0.9

/**
 * The year's end from its complete months, by weather and weekday. Null where no site has a sensor, or one of
 * them can be carried to the end in no way. `histories` are those of all sites.
 */
export function weatherAdjusted(
  histories: readonly SiteHistory[],
  year: number,
  complete: number,
): WeatherAdjusted | null {
  if (histories.every(({ meansC }) => meansC === null)) return null
  const rests = restsOf(histories, year, complete, 12)
  const soFar = sumOf(histories, year, 1, complete)
  if (rests === null || soFar === null) return null
  const used = rests.filter(({ model }) => model.reason === null)
  const trials = trialsOf(histories, year, complete)
  return {
    value: soFar + rests.reduce((sum, { value }) => sum + value, 0),
    standardError: Math.sqrt(rests.reduce((sum, { variance }) => sum + variance, 0)),
    weatherYears: used.length === 0 ? null : Math.min(...used.map(({ weatherYears }) => weatherYears ?? 0)),
    sites: rests.map(({ model }) => model),
    statistics: pooled(used.map(({ model }) => model.model as EnergyModel)),
    trials,
    reason: reasonAgainst(rests, trials),
  }
}

function reasonAgainst(rests: readonly Rest[], trials: Trials | null): string | null {
  if (rests.every(({ model }) => model.reason !== null)) {
    return rests.map(({ model }) => `${model.site}: ${model.reason}`).join('; ')
  }
  if (trials === null) return `too few months are known to try it on; ${LEAST_TRIALS} trials are needed`
  if (trials.error <= BETTER * trials.sameMonthsError) return null
  return `in ${trials.count} trials on known months it erred by ${percent(trials.error)}, the same months of last year by ${percent(trials.sameMonthsError)}`
}

function restsOf(
  histories: readonly SiteHistory[],
  year: number,
  complete: number,
  last: number,
): Rest[] | null {
  const rests: Rest[] = []
  for (const history of histories) {
    const rest = restOf(history, year, complete, last)
    if (rest === null) return null
    rests.push(rest)
  }
  return rests
}

function restOf(history: SiteHistory, year: number, complete: number, last: number): Rest | null {
  const found = siteModel(history, year, complete, last)
  const months = history.meansC === null ? null : normalWeather(history.meansC, year, complete, last)
  const model =
    months === null && found.reason === null
      ? { ...found, reason: 'no earlier year has the temperatures of the months to come' }
      : found
  if (model.reason === null && months !== null) {
    return { ...expectedUse(model.model as EnergyModel, months), model }
  }
  const same = sameMonths(history, year, complete, last)
  return same && { ...same, weatherYears: null, model }
}

/** By the ratio of this year's months to the same ones of last year, each of which strays as far as they did. */
function sameMonths(history: SiteHistory, year: number, complete: number, last: number) {
  const now = sumOf([history], year, 1, complete)
  const before = sumOf([history], year - 1, 1, complete)
  const rest = sumOf([history], year - 1, complete + 1, last)
  // What a site without any use used: nothing.
  if (now === 0 && before === 0 && rest === 0) return { value: 0, variance: 0 }
  if (now === null || before === null || rest === null || before <= 0 || complete < 2) return null
  const ratio = now / before
  let strays = 0
  for (let month = 1; month <= complete; month += 1) {
    const was = history.months.get(monthStart(year - 1, month)) as number
    const is = history.months.get(monthStart(year, month)) as number
    strays += (is - ratio * was) ** 2
  }
  const perMonth = strays / (complete - 1)
  const toCome = last - complete
  return { value: ratio * rest, variance: perMonth * toCome * (1 + toCome / complete) }
}

/** Of some months of a year, at all of the sites; null where one is not known. */
function sumOf(histories: readonly SiteHistory[], year: number, from: number, to: number): number | null {
  let sum = 0
  for (const { months } of histories) {
    for (let month = from; month <= to; month += 1) {
      const amount = months.get(monthStart(year, month))
      if (amount === undefined) return null
      sum += amount
    }
  }
  return sum
}

/**
 * Both ways on months that are known by now, each from what was known before them: this year's from every
 * second month on, and last year's end from as many months as are complete now, where its own last year is known.
 */
function trialsOf(histories: readonly SiteHistory[], year: number, complete: number): Trials | null {
  const errors: { model: number; same: number }[] = []
  const attempt = (of: number, from: number, to: number) => {
    const actual = sumOf(histories, of, from + 1, to)
    const rests = restsOf(histories, of, from, to)
    const now = sumOf(histories, of, 1, from)
    const before = sumOf(histories, of - 1, 1, from)
    const rest = sumOf(histories, of - 1, from + 1, to)
    if (!actual || rests === null || now === null || !before || rest === null) return
    const expected = rests.reduce((sum, { value }) => sum + value, 0)
    errors.push({ model: expected / actual - 1, same: (now * rest) / before / actual - 1 })
  }
  for (let from = FIRST_TRIAL; from < complete; from += 2) attempt(year, from, complete)
  attempt(year - 1, complete, 12)
  if (errors.length < LEAST_TRIALS) return null
  const rootMeanSquare = (of: 'model' | 'same') =>
    Math.sqrt(errors.reduce((sum, one) => sum + one[of] ** 2, 0) / errors.length)
  return {
    count: errors.length,
    error: rootMeanSquare('model'),
    sameMonthsError: rootMeanSquare('same'),
  }
}

/** How well several models tell what their sites used together, on the points that all of them have. */
function pooled(models: readonly EnergyModel[]): WeatherAdjusted['statistics'] {
  const [first, ...others] = models
  if (first === undefined) return null
  if (others.length === 0) {
    const { points, r2, adjustedR2, cvRmse, nmbe } = first
    return { points, r2, adjustedR2, cvRmse, nmbe }
  }
  const amounts: number[] = []
  const residuals: number[] = []
  for (const [day, one] of first.fitted) {
    const all = others.map(({ fitted }) => fitted.get(day))
    if (all.some((other) => other === undefined)) continue
    amounts.push(all.reduce((sum, other) => sum + (other?.amount ?? 0), one.amount))
    residuals.push(all.reduce((sum, other) => sum + (other?.residual ?? 0), one.residual))
  }
  const n = amounts.length
  const free = n - Math.max(...models.map(({ terms }) => terms.length))
  if (free <= 0) return null
  const mean = amounts.reduce((sum, y) => sum + y, 0) / n
  const sst = amounts.reduce((sum, y) => sum + (y - mean) ** 2, 0)
  const sse = residuals.reduce((sum, e) => sum + e * e, 0)
  const r2 = 1 - sse / sst
  return {
    points: n,
    r2,
    adjustedR2: 1 - ((1 - r2) * (n - 1)) / free,
    cvRmse: Math.sqrt(sse / free) / Math.abs(mean),
    nmbe: residuals.reduce((sum, e) => sum + e, 0) / (free * mean),
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
