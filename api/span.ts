import {
  type Calendar,
  firstDay,
  type Grain,
  type LocalDay,
  localDay,
  nextDay,
  type Span,
  withinYears,
} from '../core/calendar.ts'
import { instantOf } from './instant.ts'
import { Problem } from './problems.ts'

const ACCEPTED = [
  'a year such as 2026',
  'a month such as 2026-03',
  'a day such as 2026-03-29',
  'RFC 3339 with a zone',
  'years from 1900 to 2200',
]

/**
 * The span of a query. `from` is inclusive and `to` exclusive; a bare year, month or day is read in
 * `calendar`. A bare `from` without `to`, or with the same `to`, is that whole year, month or day.
 * Without both, the span that `grain` is usually looked at in.
 */
export function spanOf(
  query: { from?: string | undefined; to?: string | undefined },
  calendar: Calendar,
  grain: Grain,
  now: number,
): Span {
  if (query.from === undefined && query.to === undefined) return usualSpan(grain, calendar, now)
  if (query.from === undefined) throw Problem.badField('from', '"to" alone makes no span.', ACCEPTED)
  const from = parse('from', query.from, calendar)
  const end =
    query.to === undefined || (query.to === query.from && from.end !== undefined)
      ? from.end
      : parse('to', query.to, calendar).start
  if (end === undefined) return { start: from.start, end: now }
  if (end <= from.start) throw Problem.badField('to', `"${query.to}" does not come after "${query.from}".`)
  return { start: from.start, end }
}

function parse(field: string, text: string, calendar: Calendar): { start: number; end: number | undefined } {
  const bare = /^(\d{4})(-\d\d)?(-\d\d)?$/.exec(text)
  if (bare !== null) {
    const grain = bare[3] !== undefined ? 'day' : bare[2] !== undefined ? 'month' : 'year'
    const day = localDay(`${bare[1]}${bare[2] ?? '-01'}${bare[3] ?? '-01'}`)
    if (day !== undefined && withinYears(Number(bare[1]))) return calendar.spanOf(grain, day)
  }
  const instant = instantOf(text)
  if (instant === undefined) throw Problem.badField(field, `"${text}" is no time.`, ACCEPTED)
  return { start: instant, end: undefined }
}

function usualSpan(grain: Grain, calendar: Calendar, now: number): Span {
  const today = calendar.dayAt(now)
  const whole = (first: LocalDay, past: LocalDay) => ({
    start: calendar.startOfDay(first),
    end: calendar.startOfDay(past),
  })
  if (grain === '15m' || grain === 'hour') return whole(today, today + 1)
  if (grain === 'day') return whole(firstDay('month', today), nextDay('month', today))
  const year = firstDay('year', today)
  return whole(grain === 'month' ? year : firstDay('year', year - 1), nextDay('year', today))
}
