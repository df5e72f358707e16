import type { MeterRule } from './meter-rule.ts'
import { conversion } from './quantity.ts'
import type { ReadingSeries } from './reading.ts'

/** A face that stands still must not seem to fall by the last bit of a conversion. */
const DIGITS = 12

/** The values of a series in the rule's unit. Readings are checked on the way in, so their units convert. */
export function facesIn(
  { readingUnit, ownUnit }: Pick<MeterRule, 'readingUnit' | 'ownUnit'>,
  { value, unit: sent }: ReadingSeries,
): Float64Array {
  if (sent === null && ownUnit === readingUnit) return value
  const unitOf = (i: number) => sent?.[i] || ownUnit
  if (value.every((_, i) => unitOf(i) === readingUnit)) return value
  return value.map((face, i) => {
    const from = unitOf(i)
    if (from === readingUnit) return face
    return Number((face * (conversion(from, readingUnit) ?? Number.NaN)).toPrecision(DIGITS))
  })
}
