import type { ReadingBatch } from '../../core/reading.ts'

/** A batch of readings from rows of meter, instant, value and unit. */
export function batchOf(
  rows: readonly (readonly [string, number, number, string?])[],
  receivedAt: number,
): ReadingBatch {
  const meters = [...new Set(rows.map(([meter]) => meter))]
  const units = [...new Set(['', ...rows.map(([, , , unit]) => unit ?? '')])]
  return {
    meters,
    units,
    receivedAt,
    length: rows.length,
    meter: Uint32Array.from(rows, ([meter]) => meters.indexOf(meter)),
    unit: Uint8Array.from(rows, ([, , , unit]) => units.indexOf(unit ?? '')),
    at: Float64Array.from(rows, ([, at]) => at),
    value: Float64Array.from(rows, ([, , value]) => value),
  }
}
