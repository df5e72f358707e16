import { localDay, withinYears } from './calendar.ts'
import { type LocalPeriod, periodOf } from './usage.ts'

/** Forms of a period, for messages. */
export const PERIOD_FORMS: readonly string[] = ['2025', '2025-03', '2025-03-31']

/** The period of a text such as `2025`, `2025-03` or `2025-03-31`, from 1900 to 2200; undefined where it is none. */
export function entryPeriod(text: string): LocalPeriod | undefined {
  const [, year, month, day] = /^(\d{4})(-\d\d)?(-\d\d)?$/.exec(text) ?? []
  const firstDay = localDay(`${year}${month ?? '-01'}${day ?? '-01'}`)
  if (firstDay === undefined || !withinYears(Number(year))) return undefined
  return periodOf(day !== undefined ? 'day' : month !== undefined ? 'month' : 'year', firstDay)
}

/** The year that a period is or lies in. */
export function yearOf({ period }: { readonly period: string }): number {
  return Number(period.slice(0, 4))
}
