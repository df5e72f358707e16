import type { EntryBook } from './entry-book.ts'
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
  const ids = facts.plan.enteredAs(quantity)
  const speaks = (id: string) =>
    ids.some((one) => facts.plan.entries.within(one, id, period.label).length > 0)
  const chosen: Scope[] = []
  const taken = new Set<string>()
  for (const inner of boundariesWithin(scope, facts.plan.organisation)) {
    const sites = sitesOf(inner).map(({ site }) => site.id)
    if (!speaks(inner.id) || sites.some((id) => taken.has(id))) continue
    chosen.push(inner)
    for (const id of sites) taken.add(id)
  }
  for (const { site } of scope.sites) {
    const ofSite = facts.plan.scope(`site:${site.id}`)
    if (!taken.has(site.id) && ofSite !== undefined) chosen.push(ofSite)
  }
  return chosen
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
  const inside =
    scope.kind === 'boundary'
      ? [
          scope.id,
          ...boundariesWithin(scope, organisation).map(({ id }) => id),
          ...scope.sites.map(({ site }) => `site:${site.id}`),
        ]
      : [scope.id]
  const ids = enteredAs(quantity)
  return inside.some((id) => ids.some((one) => entries.mentions(one, id)))
}
