import { firstDay, type LocalDay, nextDay } from '../core/calendar.ts'
import type { Facts } from '../core/facts.ts'
import type { MeterEntry, Scope } from '../core/organisation-index.ts'
import { profileSpan } from '../core/typical-day.ts'
import { periodOf } from '../core/usage.ts'
import { freeCoolingPoints, tellsFreeCooling } from '../figures/free-cooling-points.ts'
import { monthlyLoadPoints, profilePoints } from '../figures/profile-points.ts'
import { savingPoints } from '../figures/saving-points.ts'
import { meteredUses, usePoints } from '../figures/use-points.ts'
import type { FigurePoint } from '../store/store.ts'
import type { DirtyScope } from './dirty-scopes.ts'

/** The meters that only uses ask for. */
export function metersOfUses(scope: Scope): MeterEntry[] {
  return scope.kind === 'site' ? meteredUses(scope).flatMap(({ meters }) => [...meters]) : []
}

/**
 * What a site needed for each use, what its measures saved, and how its load runs. The latter rests on hours that are over, so a running one
 * leaves it as it is. Years of free cooling are written apart, since each rests on all of its hours.
 */
export function loadFigures({ scope, calendar, hours, firstDays }: DirtyScope, facts: Facts): FigurePoint[] {
  if (scope.kind !== 'site') return []
  const { lookup, now } = facts
  const points = usePoints(scope, calendar, hours, lookup, now)
  for (const grain of ['day', 'month', 'year'] as const) {
    const periods = firstDays[grain].map((day) => periodOf(grain, day))
    points.push(...usePoints(scope, calendar, periods, lookup, now))
  }
  points.push(...savingPoints(scope, calendar, firstDays.year, facts.plan.entries))
  const over = hours.map((hour) => hour.spanAt(calendar)).filter(({ end }) => end <= now)
  const [first, last] = [over[0], over.at(-1)]
  if (first === undefined || last === undefined) return points
  const days = (grain: 'day' | 'month') =>
    firstDaysFrom(grain, calendar.dayAt(first.start), calendar.dayAt(last.start))
  points.push(...monthlyLoadPoints(scope, calendar, days('month'), facts))
  if (tellsFreeCooling(scope)) {
    for (const grain of ['day', 'month'] as const)
      points.push(...freeCoolingPoints(scope, grain, days(grain), facts))
  }
  const typical = profileSpan(calendar, now)
  if (first.start < typical.end && last.end > typical.start)
    points.push(...profilePoints(scope, calendar, facts))
  return points
}

function firstDaysFrom(grain: 'day' | 'month', from: LocalDay, to: LocalDay): LocalDay[] {
  const list: LocalDay[] = []
  for (let day = firstDay(grain, from); day <= to; day = nextDay(grain, day)) list.push(day)
  return list
}
