import { conversion } from './quantity.ts'
import type { ReadingSeries } from './reading.ts'

/** The values of a series in one unit. Readings are checked on the way in, so their units convert. */
export function facesIn(unit: string, series: ReadingSeries): Float64Array {
  const sent = series.unit
  if (sent === null || sent.every((u) => u === unit)) return series.value
  return series.value.map((value, i) => {
    const from = sent[i] as string
    return from === '' ? value : value * (conversion(from, unit) ?? Number.NaN)
  })
}
