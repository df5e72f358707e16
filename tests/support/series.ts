import type { ReadingSeries } from '../../core/reading.ts'

/** A series from rows of instant (RFC 3339 or epoch milliseconds) and value. */
export function seriesOf(rows: readonly (readonly [string | number, number])[]): ReadingSeries {
  return {
    at: Float64Array.from(rows, ([at]) => (typeof at === 'number' ? at : Date.parse(at))),
    value: Float64Array.from(rows, ([, value]) => value),
    unit: null,
    receivedAt: new Float64Array(rows.length),
  }
}
