import { kwhPer } from './energy.ts'
import { ruleOf } from './meter-rule.ts'
import type { Measurand } from './organisation.ts'
import type { CountedMeter } from './organisation-index.ts'
import { conversion, dimensionOf } from './quantity.ts'

/** The unit that a sum of meters is given in: the one that all have; else kWh or m3, and kWh where volume and energy meet. */
export function commonUnit(meters: readonly CountedMeter[]): {
  unit: string
  factor: (unit: string, measurand: Measurand) => number | undefined
} {
  const units = new Set(
    meters.map(({ meter, calendar }) => ruleOf(meter, calendar)?.unit).filter((unit) => unit !== undefined),
  )
  const dimensions = new Set([...units].map(dimensionOf))
  if (dimensions.size > 1) return { unit: 'kWh', factor: kwhPer }
  const unit =
    units.size === 1
      ? ([...units][0] as string)
      : dimensions.has('volume')
        ? 'm3'
        : dimensions.has('mass')
          ? 't'
          : 'kWh'
  return { unit, factor: (from) => conversion(from, unit) }
}
