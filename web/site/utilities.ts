import type { LineageNode, MeterRow, Utility } from '../answers.ts'

export type FlowFamily = 'energy' | 'water'

const water: readonly Utility[] = ['tap-water', 'reclaimed-water', 'rainwater']

/** Wastewater leaves a site, so it is in neither. */
export function utilitiesOf(family: FlowFamily, all: readonly Utility[]): Utility[] {
  return all.filter((one) =>
    family === 'water' ? water.includes(one) : !water.includes(one) && one !== 'wastewater',
  )
}

/** m3 in a unit of volume, as the units are defined; of water a tonne is one. */
const volumes: Readonly<Record<string, number>> = { m3: 1, L: 1e-3, t: 1 }

export function m3Per(unit: string): number | undefined {
  return volumes[unit]
}

/** MWh in a unit of energy, as the units are defined. */
const perUnit: Readonly<Record<string, number>> = { kWh: 1e-3, MWh: 1, GJ: 1 / 3.6, MJ: 1 / 3600 }

/**
 * MWh in what a carrier is counted in. That of a fuel depends on its heat value: it is taken from what the
 * energy of the site was reckoned with. Undefined where that is not known.
 */
export function mwhPer(
  unit: string,
  utility: Utility,
  meters: readonly MeterRow[],
  energy: LineageNode | undefined,
): number | undefined {
  const defined = perUnit[unit]
  if (defined !== undefined) return defined
  const own = new Set(meters.filter((meter) => meter.utility === utility).map(({ id }) => id))
  const leaf = energy === undefined ? undefined : leavesOf(energy).find((one) => own.has(one.id) && one.raw)
  const { value, raw } = leaf ?? {}
  if (value == null || raw === undefined || raw.unit !== unit || raw.value === 0) return undefined
  return value / raw.value
}

function leavesOf(node: LineageNode): LineageNode[] {
  return node.parts.length === 0 ? [node] : node.parts.flatMap(leavesOf)
}
