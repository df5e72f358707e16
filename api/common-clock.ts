import type { Calendar } from '../core/calendar.ts'
import { calendarOf, type Organisation, type Scope, sitesOf } from '../core/organisation-index.ts'

/**
 * The calendar that the hours of a scope are in. Hours of several sites can only be summed where their clocks run
 * alike; undefined where they don't.
 */
export function commonClock(scope: Scope, organisation: Organisation): Calendar | undefined {
  if (scope.kind !== 'boundary') return calendarOf(scope, organisation)
  const [first, ...others] = new Set(sitesOf(scope).map(({ calendar }) => calendar))
  return others.length === 0 ? first : undefined
}
