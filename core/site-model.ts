import { DAY_MS, type LocalDay } from './calendar.ts'
import type { DailyMeans } from './degree-days.ts'
import { type EnergyModel, type EnergyPoint, fitEnergy } from './energy-model.ts'
import { DAYS_OF_MONTH, daysOfMonth } from './normal-weather.ts'
import { monthStart } from './year-months.ts'

/** What a site used, and how warm it was there. */
export interface SiteHistory {
  readonly site: string
  /** Use of local days all of which was measured. */
  readonly days: ReadonlyMap<LocalDay, number>
  /** Use of months by their first days; of those that are covered well enough. */
  readonly months: ReadonlyMap<LocalDay, number>
  /** Null where the site has no sensor. */
  readonly meansC: DailyMeans | null
}

/** So few points tell no seasons. */
const LEAST_DAYS = 60
const LEAST_MONTHS = 12
/**
 * How well a model has to tell its points: R² by the International Performance Measurement and Verification
 * Protocol, CV(RMSE) of months by ASHRAE Guideline 14. Of days it names none; 0.2 lies between its 0.15 of
 * months and 0.3 of hours.
 */
const LEAST_R2 = 0.75
const MOST_CV_RMSE = { day: 0.2, month: 0.15 } as const

/** A site's model, with the reason why it is not to be used where there is one. */
export interface SiteModel {
  readonly site: string
  readonly model: EnergyModel | null
  readonly reason: string | null
}

/** The model of a site from last year and the first `complete` months of a year, for the months up to `last`. */
export function siteModel(history: SiteHistory, year: number, complete: number, last = 12): SiteModel {
  const { site, meansC } = history
  if (meansC === null) return { site, model: null, reason: 'no sensor of outdoor temperature' }
  const daily = dailyPoints(history, meansC, year, complete)
  const grain = daily.length >= LEAST_DAYS ? 'day' : 'month'
  const points = grain === 'day' ? daily : monthlyPoints(history, meansC, year, complete)
  if (grain === 'month' && points.length < LEAST_MONTHS) {
    const reason = `${daily.length} days and ${points.length} months are known with their temperature; ${LEAST_DAYS} days or ${LEAST_MONTHS} months are needed`
    return { site, model: null, reason }
  }
  const unseen = unseenMonth(points, complete, last)
  if (unseen !== undefined) return { site, model: null, reason: `no point lies in month ${unseen}` }
  const model = fitEnergy(points, meansC, grain)
  return { site, model, reason: model === null ? 'nothing can be fitted' : weaknessOf(model) }
}

function dailyPoints({ days }: SiteHistory, meansC: DailyMeans, year: number, complete: number) {
  const points: EnergyPoint[] = []
  const ofYear = monthStart(year, 1)
  for (let day = monthStart(year - 1, 1); day < monthStart(year, complete + 1); day += 1) {
    const amount = days.get(day)
    if (amount !== undefined && meansC.has(day)) points.push({ days: [day], amount, isOfYear: day >= ofYear })
  }
  return points
}

/** Months of which most days have a temperature: the others are taken to be like those. */
function monthlyPoints({ months }: SiteHistory, meansC: DailyMeans, year: number, complete: number) {
  const points: EnergyPoint[] = []
  for (let m = -12; m < complete; m += 1) {
    const first = monthStart(year, m + 1)
    const amount = months.get(first)
    const all = daysOfMonth(year, m + 1)
    const known = all.filter((day) => meansC.has(day))
    if (amount === undefined || known.length < DAYS_OF_MONTH) continue
    points.push({ days: known, amount: (amount * known.length) / all.length, isOfYear: m >= 0 })
  }
  return points
}

/** A month that is to come, or to be told, and that no point lies in: the model would have to guess its season. */
function unseenMonth(points: readonly EnergyPoint[], complete: number, last: number): number | undefined {
  const seen = new Set(points.map(({ days }) => new Date((days[0] as number) * DAY_MS).getUTCMonth() + 1))
  for (let month = complete + 1; month <= last; month += 1) if (!seen.has(month)) return month
  return undefined
}

function weaknessOf({ terms, r2, cvRmse, grain }: EnergyModel): string | null {
  if (!terms.some(({ balanceC }) => balanceC !== null))
    return 'neither heating nor cooling degree days tell anything'
  if (r2 < LEAST_R2) return `R² is ${r2.toFixed(2)}; at least ${LEAST_R2} is needed`
  const most = MOST_CV_RMSE[grain]
  return cvRmse > most ? `CV(RMSE) is ${cvRmse.toFixed(2)}; at most ${most} may be` : null
}
