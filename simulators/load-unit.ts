import { kwhPer } from '../core/energy.ts'
import type { Measurand, Meter } from '../core/organisation.ts'
import { conversion, integralUnit } from '../core/quantity.ts'

/** The unit that loads of a utility are stated in. */
const LOAD_UNIT: Readonly<Record<Measurand, string>> = {
  electricity: 'kWh',
  'chilled-water': 'kWh',
  heat: 'GJ',
  'natural-gas': 'm3',
  diesel: 'kg',
  petrol: 'kg',
  'tap-water': 'm3',
  'reclaimed-water': 'm3',
  rainwater: 'm3',
  wastewater: 'm3',
  'outdoor-temperature': 'degC',
}

/** What one unit of load in an hour is in the meter's own unit: consumption of a register, power or flow of a gauge. */
export function meterUnitsPerLoad(meter: Meter): number {
  const load = LOAD_UNIT[meter.utility]
  if (meter.register !== undefined) return between(load, meter.register.unit, meter.utility)
  if (meter.gauge === undefined || meter.role === 'sensor') return 1
  const { unit } = meter.gauge
  const hourly = integralUnit(unit)
  return between(load, hourly, meter.utility) * (conversion(hourly === 'kWh' ? 'kW' : 'm3/h', unit) ?? 1)
}

function between(from: string, to: string, utility: Measurand): number {
  const direct = conversion(from, to)
  if (direct !== undefined) return direct
  // A fuel that is metered by its energy: through its heat value.
  return (kwhPer(from, utility) ?? 1) / (kwhPer(to, utility) ?? 1)
}
