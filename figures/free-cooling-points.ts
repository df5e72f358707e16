import type { LocalDay } from '../core/calendar.ts'
import type { Facts } from '../core/facts.ts'
import { freeCooling } from '../core/free-cooling.ts'
import type { Scope } from '../core/organisation-index.ts'
import { periodOf } from '../core/usage.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'

/** Whether a site has hours of free cooling to tell. */
export function tellsFreeCooling(scope: Scope): scope is Extract<Scope, { kind: 'site' }> {
  return scope.kind === 'site' && scope.entry.site.freeCooling !== undefined
}

/** Hours of free cooling in the days, months or years that begin on `firstDays`, as `/free-cooling` gives them. */
export function freeCoolingPoints(
  scope: Extract<Scope, { kind: 'site' }>,
  grain: 'day' | 'month' | 'year',
  firstDays: readonly LocalDay[],
  facts: Facts,
): FigurePoint[] {
  return firstDays.map((day) => {
    const period = periodOf(grain, day)
    const { value, coverage, partial } = freeCooling(scope, period, facts)
    return {
      measurement: 'free_cooling',
      tags: { scope: scope.id, unit: 'h', grain },
      fields: { value, coverage, partial: partial ? 1 : 0, known: known(value) },
      at: period.spanAt(scope.entry.calendar).start,
    }
  })
}
