import type { EntryBook } from './entry-book.ts'
import { entryQuantities } from './entry-quantities.ts'
import type { Facts } from './facts.ts'
import type { Organisation, Scope } from './organisation-index.ts'
import { sitesOf } from './organisation-index.ts'
import { enteredAs, metersOfQuantity, type Quantity } from './source.ts'
import type { LocalPeriod } from './usage.ts'

/**
 * What a boundary's total is summed over: the boundaries inside it that something is entered for, the widest
 * first, and the sites that none of them holds. What is entered for a boundary is the total of its sites, so
 * theirs don't count beside it.
 */
export function scopesWithin(
  quantity: Quantity,
  scope: Extract<Scope, { kind: 'boundary' }>,
  period: LocalPeriod,
  facts: Facts,
): Scope[] {
  const ids = facts.plan.enteredAs(quantity).filter((id) => !isEvent(id))
  const chosen: Scope[] = apart(scope, facts, (id) =>
    ids.some((one) => facts.plan.entries.touches(one, id, period.label)),
  )
  const taken = new Set(chosen.flatMap((inner) => sitesOf(inner).map(({ site }) => site.id)))
  for (const { site } of scope.sites) {
    const ofSite = facts.plan.scope(`site:${site.id}`)
    if (!taken.has(site.id) && ofSite !== undefined) chosen.push(ofSite)
  }
  return chosen
}

/** The boundaries in a boundary that `speaks` of, the widest first, none of them with a site of another. */
function apart(
  scope: Extract<Scope, { kind: 'boundary' }>,
  { plan }: Facts,
  speaks: (id: string) => boolean,
): Scope[] {
  const chosen: Scope[] = []
  const taken = new Set<string>()
  for (const inner of boundariesWithin(scope, plan.organisation)) {
    const sites = inner.sites.map(({ site }) => site.id)
    if (!speaks(inner.id) || sites.some((id) => taken.has(id))) continue
    chosen.push(inner)
    for (const id of sites) taken.add(id)
  }
  return chosen
}

/** The boundaries and sites in a boundary that a total is entered for, none of them inside another. */
export function enteredFor(
  quantity: string,
  scope: Extract<Scope, { kind: 'boundary' }>,
  period: LocalPeriod,
  facts: Facts,
): Scope[] {
  const speaks = (id: string) => facts.plan.entries.within(quantity, id, period.label).length > 0
  const boundaries = apart(scope, facts, speaks)
  const taken = new Set(boundaries.flatMap((inner) => sitesOf(inner).map(({ site }) => site.id)))
  const sites = scope.sites
    .filter(({ site }) => !taken.has(site.id) && speaks(`site:${site.id}`))
    .flatMap(({ site }) => facts.plan.scope(`site:${site.id}`) ?? [])
  return [...boundaries, ...sites]
}

/** The other boundaries whose sites are all in this one, widest first. */
export function boundariesWithin(
  scope: Extract<Scope, { kind: 'boundary' }>,
  organisation: Organisation,
): Extract<Scope, { kind: 'boundary' }>[] {
  const own = new Set(scope.sites.map(({ site }) => site.id))
  return organisation.file.boundaries
    .map(({ id }) => organisation.scope(`boundary:${id}`) as Extract<Scope, { kind: 'boundary' }>)
    .filter((inner) => inner.id !== scope.id && inner.sites.every(({ site }) => own.has(site.id)))
    .sort((a, b) => b.sites.length - a.sites.length)
}

/** Whether a scope has a meter for a quantity, or anything was ever entered that gives it. */
export function couldHave(
  quantity: Quantity,
  scope: Scope,
  { entries, organisation }: { entries: EntryBook; organisation: Organisation },
): boolean {
  if (metersOfQuantity(quantity, scope).length > 0) return true
  const all = idsWithin(scope, organisation)
  const inside = scope.kind === 'area' ? all : all.filter((id) => !id.startsWith('area:'))
  return enteredAs(quantity).some((one) =>
    (isEvent(one) ? all : inside).some((id) => entries.mentions(one, id)),
  )
}

/** A scope, and the boundaries, sites and areas that lie in it, the narrowest last. */
export function idsWithin(scope: Scope, organisation: Organisation): string[] {
  const inner = scope.kind === 'boundary' ? boundariesWithin(scope, organisation).map(({ id }) => id) : []
  const sites = scope.kind === 'boundary' ? scope.sites.map(({ site }) => `site:${site.id}`) : []
  const areas =
    scope.kind === 'boundary' || scope.kind === 'site'
      ? sitesOf(scope).flatMap(({ site }) => site.areas.map(({ id }) => `area:${site.id}/${id}`))
      : []
  return [scope.id, ...inner, ...sites, ...areas]
}

/** Whether each entry of it adds, as a refill does. */
export function isEvent(quantity: string): boolean {
  return Object.hasOwn(entryQuantities, quantity) && entryQuantities[quantity]?.tally === true
}
