import { type Calendar, DAY_MS, type Grain, QUARTER_MS } from '../core/calendar.ts'
import { type LocalPeriod, type Period, periods } from '../core/usage.ts'
import { HOUR_MS } from '../core/window.ts'
import { instantAfter } from './context.ts'
import { Problem } from './problems.ts'

/** More rows than this are not reckoned for one query. */
const ROWS_MOST = 400_000
/** The shortest span that a grain can have; a clock set back by half an hour leaves half hours. */
const SHORTEST_MS: Readonly<Record<Grain, number>> = {
  '15m': QUARTER_MS,
  hour: 2 * QUARTER_MS,
  day: 23 * HOUR_MS,
  month: 28 * DAY_MS,
  year: 365 * DAY_MS,
}

/** The periods that have begun, after the one that the page before ended with. */
export function begun(
  grain: 'day' | 'month' | 'year',
  calendar: Calendar,
  span: { start: number; end: number },
  now: number,
  after?: string,
): LocalPeriod[]
export function begun(
  grain: Grain,
  calendar: Calendar,
  span: { start: number; end: number },
  now: number,
  after?: string,
): Period[]
export function begun(
  grain: Grain,
  calendar: Calendar,
  span: { start: number; end: number },
  now: number,
  after?: string,
): Period[] {
  const end = Math.min(span.end, now)
  if ((end - span.start) / SHORTEST_MS[grain] > ROWS_MOST) {
    throw Problem.badField('from', 'The span is too long for this grain.', [
      'a shorter span',
      'a coarser grain',
    ])
  }
  const last = instantAfter(after)
  return periods(grain, calendar, span.start, end).filter((period) => period.spanAt(calendar).start > last)
}
