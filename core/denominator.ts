import { inForce, type Known, timeWeighted } from './dated.ts'
import type { Denominator } from './indicator.ts'
import type { Area } from './organisation.ts'
import type { Scope, SiteEntry } from './organisation-index.ts'
import { sitesOf } from './organisation-index.ts'
import type { Period } from './usage.ts'

/**
 * How many people or square metres a figure is divided by (DOMAIN, section 4), over the elapsed part
 * of the period. There is no default: where a value is missing the reason is given instead.
 */
export function denominatorOf(kind: Denominator, scope: Scope, period: Period, now: number): Known {
  if (kind !== 'floor-area' && scope.kind !== 'site' && scope.kind !== 'boundary') {
    return { reason: `employees are stated per site, not for ${scope.id}` }
  }
  if (scope.kind === 'meter') return { reason: `a meter has no floor area; ask for its area or site` }
  return sum(sitesOf(scope).map((entry) => ofSite(kind, scope, entry, period, now)))
}

function ofSite(kind: Denominator, scope: Scope, entry: SiteEntry, period: Period, now: number): Known {
  const { site, calendar } = entry
  const span = period.spanAt(calendar)
  const elapsed = { start: span.start, end: Math.max(span.start + 1, Math.min(span.end, now)) }
  if (kind === 'employees') {
    const last = inForce(site.employees, calendar, elapsed.end - 1)
    if (last === undefined) return { reason: `no employees are stated for site ${site.id} in this span` }
    return last.fullTime === undefined
      ? { reason: `no full-time employees are stated for site ${site.id} from ${last.from} on` }
      : { value: last.fullTime }
  }
  if (kind === 'employees-average') {
    const average = timeWeighted(site.employees, (value) => value.fullTime, calendar, elapsed)
    return 'value' in average
      ? average
      : { reason: `full-time employees of site ${site.id}: ${average.reason}` }
  }
  const areas = scope.kind === 'area' ? [scope.area] : site.areas
  if (areas.length === 0) return { reason: `no area is stated for site ${site.id}` }
  return sum(areas.map((area) => floorArea(area, entry, elapsed)))
}

function floorArea(area: Area, { site, calendar }: SiteEntry, span: { start: number; end: number }): Known {
  const average = timeWeighted(area.floorArea, (value) => value.m2, calendar, span)
  return 'value' in average ? average : { reason: `floor area of ${site.id}/${area.id}: ${average.reason}` }
}

function sum(parts: readonly Known[]): Known {
  let value = 0
  for (const part of parts) {
    if ('reason' in part) return part
    value += part.value
  }
  return { value }
}
