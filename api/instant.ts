import { localDay, withinYears } from '../core/calendar.ts'

/** The instant of an RFC 3339 text with a zone, epoch milliseconds; undefined where it is none. */
export function instantOf(text: string): number | undefined {
  const date = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.exec(text)
  if (date === null || localDay(date[1] as string) === undefined) return undefined
  const instant = Date.parse(text)
  return Number.isNaN(instant) || !withinYears(new Date(instant).getUTCFullYear()) ? undefined : instant
}
