import type { Cost } from '../alert.ts'
import type { FactorBook } from '../factor.ts'
import type { MeterEntry } from '../organisation-index.ts'
import { placeOf } from '../plan.ts'
import { conversion, dimensionOf } from '../quantity.ts'
import { toEnergy, toGas } from '../rate.ts'

/** What an amount beyond the usual comes to, in kWh or m3 and by the factor of the day that `at` ends in t of CO2e. */
export type Price = (entry: MeterEntry, amount: number, unit: string, at: number) => Cost

export function priceBy(factors: FactorBook): Price {
  return (entry, amount, unit, at) => {
    const { meter, calendar } = entry
    const place = placeOf({ entry })
    const day = calendar.dayAt(at - 1)
    const energy = toEnergy(unit, meter.utility, place, factors).at(day)
    const volume = dimensionOf(unit) === 'volume' ? conversion(unit, 'm3') : undefined
    const m3 = volume === undefined ? {} : { m3: amount * volume }
    if ('reason' in energy) return volume === undefined ? { kWh: null, tCO2e: null } : m3
    const gas = toGas()(unit, meter.utility, place, factors).at(day)
    return { ...m3, kWh: amount * energy.value * 1000, tCO2e: 'reason' in gas ? null : amount * gas.value }
  }
}
