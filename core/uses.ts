import { type Use, type Utility, uses } from './organisation.ts'
import { type CountedMeter, countedMeters, partsOfMeter, type Scope, sitesOf } from './organisation-index.ts'

/**
 * The meters that measure what a scope needs of a utility for one use. A virtual meter of the use stands for the
 * meters of its formula. What several of them name, or a formula and the use itself, counts once, and what one
 * leaves out and another one brings in does not lack. A meter that hangs on another one that counts is in that one
 * already. Of a meter, itself where it is of the use. Empty where nothing measures it.
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
    const all = eachOnce(ofUse.flatMap((meter) => partsOfMeter({ ...entry, meter })))
    /** Whether the next one above that counts is added. */
    const isIn = (id: string | undefined): boolean => {
      if (id === undefined) return false
      const weight = all.get(id)?.weight ?? 0
      return weight === 0 ? isIn(meters.find((meter) => meter.id === id)?.parent) : weight > 0
    }
    return [...all.values()].filter(({ meter, weight }) => weight < 0 || (weight > 0 && !isIn(meter.parent)))
  })
}

/** By id, with the sum of the factors, which is no larger than any of them. */
function eachOnce(parts: readonly CountedMeter[]): Map<string, CountedMeter> {
  const factors = new Map<string, number[]>()
  for (const { meter, weight } of parts) factors.set(meter.id, [...(factors.get(meter.id) ?? []), weight])
  return new Map(
    parts.map((part) => {
      const own = factors.get(part.meter.id) as number[]
      const sum = own.reduce((total, weight) => total + weight, 0)
      const weight = Math.max(Math.min(sum, Math.max(0, ...own)), Math.min(0, ...own))
      return [part.meter.id, { ...part, weight }]
    }),
  )
}

/** The uses that meters of a utility in a scope have, in the order of the configuration's schema. */
export function usesIn(scope: Scope, utility: Utility): Use[] {
  return uses.filter((use) => metersOfUse(scope, utility, use).length > 0)
}
