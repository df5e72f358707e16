import type { Basis, LookedUp } from './basis.ts'
import { type Factor, factorKey } from './factor-file.ts'
import type { Traced } from './frozen-figure.ts'
import { type Denominator, type Indicator, scopeFor } from './indicator.ts'
import type { Site } from './organisation.ts'
import { type Scope, sitesOf } from './organisation-index.ts'
import type { Plan } from './plan.ts'
import { metersOfQuantity } from './source.ts'

/** The part of a site that a denominator comes from. */
const STATED_IN: Readonly<Record<Denominator, 'employees' | 'areas' | 'revenue'>> = {
  employees: 'employees',
  'employees-average': 'employees',
  'floor-area': 'areas',
  revenue: 'revenue',
}

/** What rows and days are told by: a row's line in its file, and something that tells the days of a meter from others. */
export interface Printed {
  readonly line: (row: LookedUp) => string
  readonly daysOf: (meter: string) => string
}

/**
 * Everything that a figure rests on, as it stands in the files of a bundle: consumption and the days that it
 * is put together from, factors, entries, and of the organisation what matters to it.
 */
export function restsOn(
  { indicator, frozen, rows, entries }: Traced,
  scope: Scope,
  plan: Plan,
  { factors, entries: allEntries }: Pick<Basis, 'factors' | 'entries'>,
  { line, daysOf }: Printed,
) {
  const keys = new Set(frozen.factors)
  const ids = new Set(entries)
  const used = (factor: Factor) => keys.has(factorKey(factor))
  const meters = [...new Set(rows.map(({ meter }) => meter))].sort()
  return {
    rows: rows.map(line),
    days: meters.map((meter) => [meter, daysOf(meter)]),
    factors: { own: factors.own.factors.filter(used), published: factors.published.filter(used) },
    entries: allEntries.filter(({ id }) => ids.has(id)),
    organisation: organisationPart(indicator, scopeFor(indicator, scope), plan),
  }
}

function organisationPart(indicator: Indicator, scope: Scope, plan: Plan) {
  const { numerator, denominator } = indicator
  const quantities = typeof denominator === 'object' ? [numerator, denominator] : [numerator]
  const counted = quantities.flatMap((quantity) => metersOfQuantity(quantity, scope))
  const stated = typeof denominator === 'string' ? STATED_IN[denominator] : undefined
  return {
    zone: plan.organisation.file.organisation.zone,
    sites: sitesOf(scope).map(({ site }) => sitePart(site, stated)),
    meters: [...new Set(counted.map(({ meter }) => meter))],
  }
}

function sitePart(site: Site, stated: 'employees' | 'areas' | 'revenue' | undefined) {
  const { id, kind, zone, grid } = site
  return { id, kind, zone, grid, ...(stated !== undefined && { [stated]: site[stated] }) }
}
