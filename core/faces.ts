import { conversion } from './quantity.ts'
import type { ReadingSeries } from './reading.ts'

/** A face that stands still must not seem to fall by the last bit of a conversion. */
const DIGITS = 12

/** The values of a series in one unit. Readings are checked on the way in, so their units convert. */
export function facesIn(unit: string, series: ReadingSeries): Float64Array {
  const sent = series.unit
  if (sent === null || sent.every((u) => u === unit)) return series.value
  return series.value.map((value, i) => {
    const from = sent[i] as string
    if (from === '' || from === unit) return value
    return Number((value * (conversion(from, unit) ?? Number.NaN)).toPrecision(DIGITS))
  })
}
