import { type Calendar, DAY_MS, type LocalDay, type Span } from './calendar.ts'
import type { Course, CourseOf } from './gap-shape.ts'
import type { Consumption } from './rollup.ts'
import { HOUR_MS } from './window.ts'

/** Like days are looked for so far back: four weeks. */
export const LIKE_DAYS = 28

/**
 * How a meter runs by its like days: each hour of a gap as the mean of the same local hour on days of the
 * same class (Monday to Friday, Saturday, Sunday) up to four weeks before it, of which everything was
 * metered (DOMAIN, section 1, "gap"). Null for a gap with an hour that no such day has. `hours` are the
 * meter's own, in any order.
 */
export function likeDays(hours: readonly Consumption[], calendar: Calendar): CourseOf {
  const metered = new Map<number, number>()
  for (const hour of hours) if (isMetered(hour)) metered.set(hour.start, hour.value)
  const known = new Map<number, Course | null>()
  return (gap) => {
    let course = known.get(gap.start)
    if (course === undefined) {
      course = courseOf(gap, metered, calendar)
      known.set(gap.start, course)
    }
    return course
  }
}

/** The mean of the same hour on like days, or undefined where none has it. */
function likeHour(hour: Span, metered: ReadonlyMap<number, number>, calendar: Calendar): number | undefined {
  const day = calendar.dayAt(hour.start)
  const clock = clockAt(hour.start, day, calendar)
  let sum = 0
  let count = 0
  for (let back = 1; back <= LIKE_DAYS; back += 1) {
    if (weekdayClass(day - back) !== weekdayClass(day)) continue
    const value = metered.get(instantOf(clock, day - back, calendar))
    if (value === undefined) continue
    sum += value
    count += 1
  }
  return count === 0 ? undefined : sum / count
}

/** How much the clock of a local day shows at an instant, milliseconds; of an hour that a change of clock begins, the whole hours alone. */
function clockAt(instant: number, day: LocalDay, calendar: Calendar): number {
  return isWhole(day, calendar) ? instant - calendar.startOfDay(day) : calendar.clockHour(instant) * HOUR_MS
}

/** When the clock of a local day shows so much. */
function instantOf(clock: number, day: LocalDay, calendar: Calendar): number {
  return isWhole(day, calendar)
    ? calendar.startOfDay(day) + clock
    : calendar.hourOf(day, Math.floor(clock / HOUR_MS))
}

/** Whether no clock is changed on a local day. */
function isWhole(day: LocalDay, calendar: Calendar): boolean {
  return calendar.startOfDay(day + 1) - calendar.startOfDay(day) === DAY_MS
}

function courseOf(gap: Span, metered: ReadonlyMap<number, number>, calendar: Calendar): Course | null {
  if (gap.end - gap.start > LIKE_DAYS * DAY_MS) return null
  const hours = calendar.spans('hour', gap.start, gap.end)
  const rates: number[] = []
  for (const hour of hours) {
    const mean = likeHour(hour, metered, calendar)
    if (mean === undefined) return null
    // Of an hour that a change of clock cut in two a like day has the whole.
    rates.push(mean / HOUR_MS)
  }
  const weight = (from: number, to: number) => {
    let sum = 0
    for (const [i, { start, end }] of hours.entries()) {
      const ms = Math.min(end, to) - Math.max(start, from)
      if (ms > 0) sum += (rates[i] as number) * ms
    }
    return sum
  }
  return { weight, peakPerHour: Math.max(...rates) * HOUR_MS }
}

/** Whether like days may use an hour: all of it was metered, and as one hour. */
function isMetered({ start, end, coveredMs, head, tail, estimated, flags }: Consumption): boolean {
  return end - start === HOUR_MS && coveredMs === HOUR_MS && head + tail + estimated === 0 && flags === 0
}

/** What days have in common: Monday to Friday, or one of the weekend's. 1970-01-01 was a Thursday. */
export function weekdayClass(day: LocalDay): 'workday' | 'saturday' | 'sunday' {
  const weekday = (((day + 3) % 7) + 7) % 7
  return weekday < 5 ? 'workday' : weekday === 5 ? 'saturday' : 'sunday'
}
