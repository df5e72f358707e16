import type { Calendar } from '../core/calendar.ts'
import { type Indicator, indicators } from '../core/indicator.ts'
import { figure } from '../core/intensity.ts'
import { calendarOf, type Organisation, type Scope } from '../core/organisation-index.ts'
import { type Assessment, assess } from '../core/target.ts'
import type { Target } from '../core/target-file.ts'
import type { FigureSource } from './figure-source.ts'

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
  figures: FigureSource,
  target: Target,
  { indicator, scope }: Aim,
  year: number,
  now: number,
): Promise<Assessment> {
  return figures.reckon(now, (facts) =>
    assess(target, indicator, (period) => figure(indicator, scope, period, facts), year),
  )
}
