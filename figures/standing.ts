import type { DivisorIn } from '../core/baseline.ts'
import type { Calendar } from '../core/calendar.ts'
import { denominatorOf } from '../core/denominator.ts'
import type { Facts } from '../core/facts.ts'
import { type FoundChange, foundChanges } from '../core/found-changes.ts'
import { type Indicator, indicators, scopeFor } from '../core/indicator.ts'
import { figure } from '../core/intensity.ts'
import { calendarOf, type Organisation, type Scope } from '../core/organisation-index.ts'
import type { Candidate } from '../core/projection.ts'
import { type Assessment, assess } from '../core/target.ts'
import { baselineOf, type Target } from '../core/target-file.ts'
import { periodOf } from '../core/usage.ts'
import { type Ask, monthStart } from '../core/year-months.ts'
import type { FigureSource, Reckoner } from './figure-source.ts'
import { weatherCandidates } from './weather-candidate.ts'

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

/** Where a target stands, and what was found to have changed since its baseline or else the year before. */
export interface Standing extends Assessment {
  readonly changes: readonly FoundChange[]
}

/** Where a target stands in a year. Targets of one `reckoner` share what they need of the store. */
export async function standing(
  figures: FigureSource,
  target: Target,
  aim: Aim,
  year: number,
  reckoner: Reckoner,
): Promise<Standing> {
  const candidates = await weatherCandidates(figures, aim, year, reckoner, (facts) =>
    stand(target, aim, year, facts),
  )
  return reckoner.reckon((facts) => stand(target, aim, year, facts, candidates))
}

/** The same from facts; `candidates` are what models make of the year's numerator. */
export function stand(
  target: Target,
  { indicator, scope, calendar }: Aim,
  year: number,
  facts: Facts,
  candidates: readonly Candidate[] = [],
): Standing {
  const divisorIn: DivisorIn = (kind, of) =>
    denominatorOf(kind, scopeFor(indicator, scope), periodOf('year', monthStart(of, 1)), facts)
  const span = periodOf('year', monthStart(year, 1)).spanAt(calendar)
  const elapsed = Math.min(1, Math.max(0, (facts.now - span.start) / (span.end - span.start)))
  const seen = assess(target, indicator, asking({ indicator, scope }, facts), year, {
    candidates,
    divisorIn,
    elapsed,
  })
  const since = baselineOf(target)?.year ?? (target.kind === 'cumulative' ? target.from : year - 1)
  return { ...seen, changes: foundChanges(scope, indicator, since, year, divisorIn) }
}

/** Asks for the figures of a target. */
export function asking({ indicator, scope }: Pick<Aim, 'indicator' | 'scope'>, facts: Facts): Ask {
  return (period) => figure(indicator, scope, period, facts)
}
