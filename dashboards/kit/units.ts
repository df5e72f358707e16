import {
  CubicMeter,
  KiloWattHour,
  MegaWattHour,
  MetricTon,
  PercentUnit,
} from '@grafana/grafana-foundation-sdk/units'
import { indicators } from '../../core/indicator.ts'
import { dimensionOf, unitSymbols } from '../../core/quantity.ts'

const KNOWN: Readonly<Record<string, string>> = {
  kWh: KiloWattHour,
  MWh: MegaWattHour,
  m3: CubicMeter,
  t: MetricTon,
  '1': PercentUnit,
}

/** Grafana's unit for one of ours; what it doesn't know is put behind the number as it is. */
export function grafanaUnit(unit: string): string {
  return KNOWN[unit] ?? `suffix:${unit}`
}

/** Units that consumption can be in. */
export const consumptionUnits: readonly string[] = unitSymbols.filter((unit) =>
  ['energy', 'volume', 'mass'].includes(dimensionOf(unit)),
)

/** Units of loads. */
export const loadUnits: readonly string[] = ['kW', 'm3/h', 't/h']

/** Units of indicators. */
export const indicatorUnits: readonly string[] = [
  ...new Set([...indicators.values()].map(({ unit }) => unit)),
]

/** The unit of an indicator; of a variable, any that there is. */
export function unitsOf(indicator: string): readonly string[] {
  const unit = indicators.get(indicator)?.unit
  return unit === undefined ? indicatorUnits : [unit]
}
