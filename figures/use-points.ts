import type { Calendar } from '../core/calendar.ts'
import { DAY_MS } from '../core/calendar.ts'
import { commonUnit } from '../core/common-unit.ts'
import { type Use, utilities } from '../core/organisation.ts'
import type { Scope } from '../core/organisation-index.ts'
import type { Lookup, Period } from '../core/usage.ts'
import { metersOfUse, usesIn } from '../core/uses.ts'
import type { FigurePoint } from '../store/store.ts'
import { type MeteredUtility, usedPoints } from './usage-points.ts'

/** Hours of single uses are looked at lately; those of older days, in the meters' own `consumption`. */
const HOURS_BACK_MS = 31 * DAY_MS

/** One use of a utility that meters of a scope tell apart, and the unit that their sum is given in. */
export interface MeteredUse extends MeteredUtility {
  readonly use: Use
}

export function meteredUses(scope: Scope): MeteredUse[] {
  return utilities.flatMap((utility) =>
    usesIn(scope, utility).map((use) => {
      const meters = metersOfUse(scope, utility, use)
      return { utility, use, meters, ...commonUnit(meters) }
    }),
  )
}

/** What a scope needed for each use in periods, as `/consumption?use=` gives it; hours of the last 31 days only. */
export function usePoints(
  scope: Scope,
  calendar: Calendar,
  periods: readonly Period[],
  lookup: Lookup,
  now: number,
): FigurePoint[] {
  const written = periods.filter(
    (period) => period.grain !== 'hour' || period.spanAt(calendar).start >= now - HOURS_BACK_MS,
  )
  return meteredUses(scope).flatMap((metered) => {
    const tags = { scope: scope.id, utility: metered.utility, use: metered.use }
    return usedPoints({ measurement: 'use', tags }, metered, { calendar, periods: written }, lookup, now)
  })
}
