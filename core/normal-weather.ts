import { DAY_MS, type LocalDay } from './calendar.ts'
import type { DailyMeans } from './degree-days.ts'

/** A month of a year is known by the means of at least this many of its days. */
export const DAYS_OF_MONTH = 20

/** The means that a month had in each of the earlier years that know it. */
export interface NormalMonth {
  /** All local days of the month that is to come. */
  readonly days: readonly LocalDay[]
  readonly byYear: readonly { readonly year: number; readonly meansC: readonly number[] }[]
}

/** The first local day of a month (1 to 12; 13 is the next year's first). */
export function monthStart(year: number, month: number): LocalDay {
  return Date.UTC(year, month - 1, 1) / DAY_MS
}

/** The local days of a month. */
export function daysOfMonth(year: number, month: number): LocalDay[] {
  const first = monthStart(year, month)
  return Array.from({ length: monthStart(year, month + 1) - first }, (_, i) => first + i)
}

/**
 * The weather that the months after `complete` of a year have by rights: what they had in the site's own
 * earlier years. Up to month `last`. Null where no earlier year knows one of them.
 */
export function normalWeather(
  meansC: DailyMeans,
  year: number,
  complete: number,
  last: number,
): readonly NormalMonth[] | null {
  const first = earliestYear(meansC)
  if (first === null) return null
  const months: NormalMonth[] = []
  for (let month = complete + 1; month <= last; month += 1) {
    const byYear: { year: number; meansC: number[] }[] = []
    for (let earlier = first; earlier < year; earlier += 1) {
      const known = daysOfMonth(earlier, month).flatMap((day) => meansC.get(day) ?? [])
      if (known.length >= DAYS_OF_MONTH) byYear.push({ year: earlier, meansC: known })
    }
    if (byYear.length === 0) return null
    months.push({ days: daysOfMonth(year, month), byYear })
  }
  return months
}

function earliestYear(meansC: DailyMeans): number | null {
  let first = Number.POSITIVE_INFINITY
  for (const day of meansC.keys()) if (day < first) first = day
  return Number.isFinite(first) ? new Date(first * DAY_MS).getUTCFullYear() : null
}
