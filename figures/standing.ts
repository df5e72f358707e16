import { type Calendar, DAY_MS } from '../core/calendar.ts'
import { type Indicator, indicators, metersOf } from '../core/indicator.ts'
import { figure } from '../core/intensity.ts'
import { calendarOf, type Organisation, type Scope } from '../core/organisation-index.ts'
import { type Assessment, assess } from '../core/target.ts'
import type { Target } from '../core/target-file.ts'
import { periodOf } from '../core/usage.ts'
import type { Store } from '../store/store.ts'
import { Consumptions } from './consumptions.ts'

/** What a target speaks of. */
export interface Aim {
  readonly indicator: Indicator
  readonly scope: Scope
  /** The scope's own, in which its years begin. */
  readonly calendar: Calendar
}

/** The indicator and scope that a target names. Both were checked when the configuration was read. */
export function aimOf(target: Target, organisation: Organisation): Aim {
  const scope = organisation.scope(target.scope) as Scope
  return {
    indicator: indicators.get(target.indicator) as Indicator,
    scope,
    calendar: calendarOf(scope, organisation),
  }
}

/** Where a target stands in a year, as seen at `now`. */
export async function standing(
  store: Store,
  target: Target,
  { indicator, scope }: Aim,
  year: number,
  now: number,
): Promise<Assessment> {
  const consumptions = new Consumptions(store)
  const meters = metersOf(indicator, scope)
  const first =
    Math.min(year, target.by ?? year, target.kind === 'reduction' ? target.baseline.year : year) - 1
  const years = Array.from({ length: year - first + 1 }, (_, i) =>
    periodOf('year', Date.UTC(first + i, 0, 1) / DAY_MS),
  )
  const months = Array.from({ length: 24 }, (_, i) => periodOf('month', Date.UTC(year - 1, i, 1) / DAY_MS))
  await consumptions.fetch(meters, years)
  await consumptions.fetch(meters, months)
  const facts = { lookup: consumptions.lookup, now }
  return assess(target, indicator, (period) => figure(indicator, scope, period, facts), year)
}
