import { localDay } from './calendar.ts'
import { FactorBook } from './factor.ts'
import { factorsSchema } from './factor-file.ts'
import type { Measurand } from './organisation.ts'
import { publishedFactors } from './published-factors.ts'
import { toEnergy } from './rate.ts'

const published = new FactorBook(factorsSchema.parse({}), publishedFactors)
const A_DAY = localDay('2025-01-01') as number

/**
 * The factor from a utility's unit to kWh of energy by the heat values that come with the program: 1 for kWh
 * of electricity, 38.979 / 3.6 for m3 of natural gas. Undefined where the utility carries no energy (water).
 */
export function kwhPer(unit: string, utility: Measurand): number | undefined {
  const rate = toEnergy(unit, utility, {}, published).at(A_DAY)
  return 'reason' in rate ? undefined : rate.value * 1000
}
