import { type ConsistencyWarning, Figures } from './consistency-figures.ts'
import { kindWarnings, monthWarnings, partWarnings, siteWarnings } from './consistency-parts.ts'
import { yearWarnings } from './consistency-years.ts'
import type { Entry } from './entry.ts'

/**
 * What does not fit together among the entries in force, by period, newest first. `sitesOf` names the site
 * scopes of a boundary's scope.
 */
export function consistencyOf(
  inForce: readonly Entry[],
  sitesOf: (boundary: string) => readonly string[],
): ConsistencyWarning[] {
  const figures = new Figures(inForce)
  const warnings = [
    ...partWarnings(figures),
    ...kindWarnings(figures),
    ...monthWarnings(figures),
    ...siteWarnings(figures, sitesOf),
    ...yearWarnings(figures),
  ]
  return warnings.sort((a, b) => (a.period === b.period ? 0 : a.period < b.period ? 1 : -1))
}
