import type { Calendar, LocalDay, Span } from '../core/calendar.ts'
import type { Facts } from '../core/facts.ts'
import { loadHours } from '../core/load-hours.ts'
import { type LoadProfile, loadProfile } from '../core/load-profile.ts'
import type { Scope } from '../core/organisation-index.ts'
import { dayClasses, loadsByDay, profileSpan } from '../core/typical-day.ts'
import { periodOf, periods } from '../core/usage.ts'
import { HOUR_MS } from '../core/window.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'
import { type MeteredUtility, meteredUtilities } from './usage-points.ts'

/** The axis of a typical day: its hour 0. It belongs to no day, so that each new profile replaces the last one. */
const AXIS_AT = Date.UTC(2020, 0, 1)

/** Base load, peak and shifts over a local month, or over the last 28 days that are over. */
type Over = 'month' | '28-days'

/** The classes of days that have a typical day on that axis, and the day before beside them. */
const dayTags = [...dayClasses, 'yesterday'] as const

/** A typical day of which nothing is known any more. */
export function noTypicalDay(tags: Readonly<Record<string, string>>): FigurePoint[] {
  return dayTags.flatMap((days) =>
    Array.from(
      { length: 24 },
      (_, hour): FigurePoint => ({
        measurement: 'profile',
        tags: { ...tags, days },
        fields: { known: 0 },
        at: AXIS_AT + hour * HOUR_MS,
      }),
    ),
  )
}

/**
 * A typical workday and day of rest of a site, as `/profile` gives them, and the day before beside them. The points
 * are on an axis of their own: hour 0 is 2020-01-01T00:00Z, whatever the zone. And what else `/profile` tells, at the
 * start of the present day.
 */
export function profilePoints(
  scope: Scope,
  calendar: Calendar,
  { lookup, now }: Pick<Facts, 'lookup' | 'now'>,
): FigurePoint[] {
  const span = profileSpan(calendar, now)
  const today = calendar.dayAt(now)
  const yesterday = { start: calendar.startOfDay(today - 1), end: span.end }
  return meteredUtilities(scope).flatMap((metered) => {
    const hoursIn = ({ start, end }: Span) => periods('hour', calendar, start, end)
    const profile = loadProfile(metered.meters, hoursIn(span), calendar, { lookup, now })
    const loads = loadHours(metered.meters, hoursIn(yesterday), calendar, { lookup, now }, metered.factor)
    const last = loadsByDay(loads, calendar).get(today - 1)
    const tags = { scope: scope.id, utility: metered.utility, unit: profile.unit }
    const at = (hour: number) => AXIS_AT + hour * HOUR_MS
    const typical = profile.rows.map(
      ({ days, hour, mean, low, high, count }): FigurePoint => ({
        measurement: 'profile',
        tags: { ...tags, days },
        fields: { hour, mean, low, high, count, known: known(mean) },
        at: at(hour),
      }),
    )
    const dayBefore = Array.from({ length: 24 }, (_, hour): FigurePoint => {
      const mean = last?.get(hour) ?? null
      return {
        measurement: 'profile',
        tags: { ...tags, days: 'yesterday' },
        fields: { hour, mean, count: known(mean), known: known(mean) },
        at: at(hour),
      }
    })
    return [...typical, ...dayBefore, ...loadPoints(tags, profile, '28-days', span.end)]
  })
}

/** Base load, peak and shifts of electricity and gas at a site in the months that begin on `firstDays`, as `/profile` gives them. */
export function monthlyLoadPoints(
  scope: Scope,
  calendar: Calendar,
  firstDays: readonly LocalDay[],
  { lookup, now }: Facts,
): FigurePoint[] {
  return meteredUtilities(scope)
    .filter(runsByNight)
    .flatMap(({ utility, meters }) =>
      firstDays.flatMap((day) => {
        const { start, end } = periodOf('month', day).spanAt(calendar)
        const hours = periods('hour', calendar, start, Math.min(end, now))
        const profile = loadProfile(meters, hours, calendar, { lookup, now })
        return loadPoints({ scope: scope.id, utility, unit: profile.unit }, profile, 'month', start)
      }),
    )
}

/** As the alert on base load. What water runs by night is its night flow, and heat follows the weather. */
function runsByNight({ utility }: MeteredUtility): boolean {
  return utility === 'electricity' || utility === 'natural-gas'
}

function loadPoints(
  tags: { readonly scope: string; readonly utility: string; readonly unit: string },
  { baseLoad, peak, mean, loadUnit, shifts }: LoadProfile,
  over: Over,
  at: number,
): FigurePoint[] {
  return [
    {
      measurement: 'base_load',
      tags: { ...tags, unit: loadUnit, over },
      fields: {
        value: baseLoad.value,
        known: known(baseLoad.value),
        share: baseLoad.share,
        share_known: known(baseLoad.share),
        mean,
        mean_known: known(mean),
        peak: peak.value,
        peak_known: known(peak.value),
      },
      at,
    },
    ...shifts.map(
      ({ shift, amount, share, mean: load }): FigurePoint => ({
        measurement: 'shift',
        tags: { ...tags, shift, over },
        fields: { amount, mean: load, known: known(amount), share, share_known: known(share) },
        at,
      }),
    ),
  ]
}
