import type { Utility } from './organisation.ts'
import { conversion, dimensionOf } from './quantity.ts'

/** How much energy is in a unit of fuel, by edition of the standard that says so. */
export interface HeatValue {
  readonly utility: Utility
  /** MJ per m3 (gas) or per kg (liquid fuels). */
  readonly megajoules: number
  readonly per: 'm3' | 'kg'
  readonly edition: string
}

/** GB/T 2589-2020, annex A. The natural gas is oil-field gas; gas-field gas has 35.588 MJ/m3. */
export const heatValues: readonly HeatValue[] = [
  { utility: 'natural-gas', megajoules: 38.979, per: 'm3', edition: 'GB/T 2589-2020, oil-field gas' },
  { utility: 'diesel', megajoules: 42.705, per: 'kg', edition: 'GB/T 2589-2020' },
  { utility: 'petrol', megajoules: 43.124, per: 'kg', edition: 'GB/T 2589-2020' },
]

/**
 * The factor from a utility's unit to kWh of energy: 1 for kWh of electricity, 38.979 / 3.6 for m3 of
 * natural gas. Undefined where the utility carries no energy (water) or its heat value is not known.
 */
export function kwhPer(unit: string, utility: Utility): number | undefined {
  if (dimensionOf(unit) === 'energy') return conversion(unit, 'kWh')
  const heat = heatValues.find((value) => value.utility === utility)
  if (heat === undefined) return undefined
  const toHeatUnit = conversion(unit, heat.per)
  return toHeatUnit === undefined ? undefined : (toHeatUnit * heat.megajoules) / 3.6
}
