import { parseFormula } from './formula.ts'
import type { Meter, Site } from './organisation.ts'
import { type Dimension, dimensionOf, integralUnit } from './quantity.ts'

/** Why a virtual meter can't be reckoned. */
export interface VirtualFault {
  /** The virtual meter whose formula it is: the one asked for, or one that it names. */
  readonly meter: string
  /** Of the character in that formula, counted from 1. */
  readonly position?: number
  readonly message: string
}

/** The metered parts of a virtual meter, or why it has none. */
export type Parts =
  | { readonly parts: readonly { readonly meter: Meter; readonly weight: number }[] }
  | { readonly fault: VirtualFault }

/**
 * The meters with readings that a virtual meter is made of, each once with its factor; virtual meters that
 * it names are put in place of their names.
 */
export function partsOf(meter: Meter, site: Site): Parts {
  return expanded(meter, site, [])
}

/** The same of a meter whose configuration was checked. Throws where its formula is faulty all the same. */
export function checkedPartsOf(meter: Meter, site: Site) {
  const found = partsOf(meter, site)
  if ('fault' in found) throw new Error(`the formula of meter "${found.fault.meter}": ${found.fault.message}`)
  return found.parts
}

/** What the consumption of a meter with readings, or the mean of a sensor, is measured in; undefined where its unit can't be a gauge's. */
export function consumptionDimension(meter: Meter): Dimension | undefined {
  if (meter.register !== undefined) return dimensionOf(meter.register.unit)
  if (meter.gauge === undefined) return undefined
  const rate = dimensionOf(meter.gauge.unit)
  if (rate === 'temperature') return rate
  return rate === 'power' || rate === 'flow' ? dimensionOf(integralUnit(meter.gauge.unit)) : undefined
}

function expanded(meter: Meter, site: Site, above: readonly string[]): Parts {
  const byId = new Map(site.meters.map((one) => [one.id, one]))
  const parsed = parseFormula(meter.formula ?? '', (id) => byId.has(id))
  if ('fault' in parsed) return { fault: { meter: meter.id, ...parsed.fault } }
  const trail = [...above, meter.id]
  const sum = new Map<Meter, number>()
  for (const { meter: id, weight } of parsed.terms) {
    const named = byId.get(id) as Meter
    const from = trail.indexOf(id)
    if (from >= 0) {
      return { fault: { meter: id, message: `made of itself: ${[...trail.slice(from), id].join(' → ')}` } }
    }
    const inner: Parts =
      named.role === 'virtual' ? expanded(named, site, trail) : { parts: [{ meter: named, weight: 1 }] }
    if ('fault' in inner) return inner
    for (const part of inner.parts) sum.set(part.meter, (sum.get(part.meter) ?? 0) + weight * part.weight)
  }
  const parts = [...sum]
    .map(([part, weight]) => ({ meter: part, weight }))
    .filter(({ weight }) => weight !== 0)
  return parts.length > 0
    ? { parts }
    : { fault: { meter: meter.id, message: 'its meters cancel each other out' } }
}
