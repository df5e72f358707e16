import { type Amount, none, stated, together } from './amount.ts'
import { inForce, type Known, timeWeighted } from './dated.ts'
import { statedAmount } from './entered.ts'
import type { Facts } from './facts.ts'
import type { Denominator } from './indicator.ts'
import type { Area } from './organisation.ts'
import { calendarOf, type Scope, type SiteEntry } from './organisation-index.ts'
import { revenueOf } from './revenue.ts'
import { scopesWithin } from './scope-parts.ts'
import type { Quantity } from './source.ts'
import { type LocalPeriod, partsOf } from './usage.ts'

/** How denominators are entered by hand, and counted. */
const AS_ENTERED: Readonly<Record<Denominator, Quantity>> = {
  employees: people('employees-fulltime-yearend'),
  'employees-average': people('employees-fulltime-average'),
  'floor-area': { ...people('floor-area'), unit: 'm2' },
  revenue: { ...people('revenue'), unit: 'RMB million' },
}

function people(id: string): Quantity {
  return { id, unit: 'person', everySite: true, source: { kind: 'entered', tally: false } }
}

/**
 * How many people, square metres or millions a figure is divided by (DOMAIN, section 4), over the elapsed part
 * of the period. What is entered for the scope and the period goes before what the organisation's file
 * states. There is no default: where a value is missing the reason is given instead.
 */
export function denominatorOf(kind: Denominator, scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  return facts.memo.of(`${kind}|${scope.id}|${period.label}`, () => reckoned(kind, scope, period, facts))
}

function reckoned(kind: Denominator, scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  const quantity = AS_ENTERED[kind]
  const named = { of: 'quantity', id: quantity.id, period: period.label, unit: quantity.unit } as const
  const entered = statedAmount(quantity, scope, period, facts)
  if (entered !== undefined) return entered
  const inMonths = kind === 'revenue' ? monthsOfRevenue(named, quantity, scope, period, facts) : undefined
  if (inMonths !== undefined) return inMonths
  if (scope.kind === 'meter')
    return none(named, 'unknown', 'a meter has no people, floor area or revenue; ask for its area or site')
  if (kind !== 'floor-area' && scope.kind === 'area') {
    return none(named, 'unknown', `${NAMES[kind]} stated per site, not for ${scope.id}`)
  }
  if (scope.kind === 'boundary') {
    const parts = scopesWithin(quantity, scope, period, facts).map(
      (part): Amount => ({ ...denominatorOf(kind, part, period, facts), of: 'scope', id: part.id }),
    )
    return together(named, parts)
  }
  const known = ofSite(kind, scope, scope.entry, period, facts.now)
  if ('reason' in known) return none(named, 'unknown', known.reason, { coverage: 1 })
  return stated({ ...named, of: 'stated', id: scope.id }, known.value)
}

/** The revenue of a year of which months are entered: those that are over, all of which must be. */
function monthsOfRevenue(
  named: Parameters<typeof together>[0],
  quantity: Quantity,
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
): Amount | undefined {
  if (period.grain !== 'year' || facts.plan.entries.within(quantity.id, scope.id, period.label).length === 0)
    return undefined
  const calendar = calendarOf(scope, facts.plan.organisation)
  const over = partsOf(period).filter((month) => month.spanAt(calendar).end <= facts.now)
  const parts = over.map((month): Amount => {
    const of = denominatorOf('revenue', scope, month, facts)
    return { ...of, of: 'period', id: month.label }
  })
  return together(named, parts)
}

const NAMES: Readonly<Record<Denominator, string>> = {
  employees: 'employees are',
  'employees-average': 'employees are',
  'floor-area': 'floor area is',
  revenue: 'revenue is',
}

function ofSite(kind: Denominator, scope: Scope, entry: SiteEntry, period: LocalPeriod, now: number): Known {
  const { site, calendar } = entry
  const span = period.spanAt(calendar)
  const elapsed = { start: span.start, end: Math.max(span.start + 1, Math.min(span.end, now)) }
  if (kind === 'revenue') return revenueOf(site, period)
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
