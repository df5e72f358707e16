import { DAY_MS, type LocalDay } from './calendar.ts'
import type { DailyMeans } from './degree-days.ts'
import { monthStart } from './year-months.ts'

/** A month of a year is known by the means of at least this many of its days. */
export const DAYS_OF_MONTH = 20

/** The means that a month had in each of the earlier years that know it, and how many days it will have. */
export interface NormalMonth {
  readonly days: number
  readonly byYear: readonly { readonly year: number; readonly meansC: readonly number[] }[]
}

/** The local days of a month. */
export function daysOfMonth(year: number, month: number): LocalDay[] {
  const first = monthStart(year, month)
  return Array.from({ length: monthStart(year, month + 1) - first }, (_, i) => first + i)
}

/** The weather that a month of a year has by rights: what it was in the site's own earlier years. Null where none of them knows it. */
export function normalMonth(meansC: DailyMeans, year: number, month: number): NormalMonth | null {
  const byYear: { year: number; meansC: number[] }[] = []
  for (let earlier = earliestYear(meansC); earlier < year; earlier += 1) {
    const known = daysOfMonth(earlier, month).flatMap((day) => meansC.get(day) ?? [])
    if (known.length >= DAYS_OF_MONTH) byYear.push({ year: earlier, meansC: known })
  }
  return byYear.length === 0 ? null : { days: daysOfMonth(year, month).length, byYear }
}

function earliestYear(meansC: DailyMeans): number {
  let first = Number.POSITIVE_INFINITY
  for (const day of meansC.keys()) if (day < first) first = day
  return Number.isFinite(first) ? new Date(first * DAY_MS).getUTCFullYear() : Number.POSITIVE_INFINITY
}
