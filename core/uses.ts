import { type Use, type Utility, uses } from './organisation.ts'
import { type CountedMeter, countedMeters, partsOfMeter, type Scope, sitesOf } from './organisation-index.ts'

/**
 * The meters that measure what a scope needs of a utility for one use. A virtual meter of the use stands for the
 * meters of its formula, which then do not count by themselves; a meter that hangs on another one that counts is
 * in that one already. Of a meter, itself where it is of the use. Empty where nothing measures it.
 */
export function metersOfUse(scope: Scope, utility: Utility, use: Use): CountedMeter[] {
  if (scope.kind === 'meter')
    return countedMeters(scope, [utility]).filter(() => scope.entry.meter.use === use)
  return sitesOf(scope).flatMap((entry) => {
    const { meters } = entry.site
    const inside = (id: string | undefined) => scope.kind !== 'area' || id === scope.area.id
    const ofUse = meters.filter(
      (meter) => meter.use === use && meter.utility === utility && inside(meter.area),
    )
    const above = (id: string | undefined, counted: ReadonlyMap<string, CountedMeter>): boolean =>
      id !== undefined &&
      ((counted.get(id)?.weight ?? 0) > 0 || above(meters.find((meter) => meter.id === id)?.parent, counted))
    const parts = ofUse
      .filter((meter) => meter.role === 'virtual')
      .flatMap((meter) => partsOfMeter({ ...entry, meter }))
    const named = new Set(parts.map(({ meter }) => meter.id))
    const single = ofUse.filter((meter) => meter.role !== 'virtual' && !named.has(meter.id))
    const all = new Map<string, CountedMeter>()
    for (const part of parts) if (!all.has(part.meter.id)) all.set(part.meter.id, part)
    for (const meter of single) all.set(meter.id, { ...entry, meter, weight: 1 })
    return [...all.values()].filter(({ meter, weight }) => weight < 0 || !above(meter.parent, all))
  })
}

/** The uses that meters of a utility in a scope have, in the order of the configuration's schema. */
export function usesIn(scope: Scope, utility: Utility): Use[] {
  return uses.filter((use) => metersOfUse(scope, utility, use).length > 0)
}
