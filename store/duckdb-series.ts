import type { ReadingSeries } from '../core/reading.ts'

/** Readings of several meters as they were stored, one after the other: of an instant the last one counts. */
export interface StoredColumns {
  /** Numbers of meters. */
  readonly meter: Float64Array
  readonly at: Float64Array
  readonly value: Float64Array
  readonly receivedAt: Float64Array
  /** Numbers of units; 0 where none was stated. */
  readonly unit: Float64Array
}

/**
 * Takes columns apart by meter, each in order of time and an instant once. Readings nearly always lie there
 * in order already, so putting them in order here costs less than letting the database group them.
 */
export function seriesByMeter(
  columns: StoredColumns,
  unitName: (unit: number) => string,
): Map<number, ReadingSeries> {
  const counts = new Map<number, number>()
  for (const key of columns.meter) counts.set(key, (counts.get(key) ?? 0) + 1)
  const slots = new Map<number, number>()
  let begin = 0
  for (const [key, count] of counts) {
    slots.set(key, begin)
    begin += count
  }
  const rows = new Uint32Array(begin)
  for (let i = 0; i < begin; i += 1) {
    const key = columns.meter[i] as number
    const slot = slots.get(key) as number
    rows[slot] = i
    slots.set(key, slot + 1)
  }
  const found = new Map<number, ReadingSeries>()
  begin = 0
  for (const [key, count] of counts) {
    found.set(key, seriesOf(columns, inOrder(columns.at, rows.subarray(begin, begin + count)), unitName))
    begin += count
  }
  return found
}

/** The rows in order of time; of several of an instant the last stored. */
function inOrder(at: Float64Array, rows: Uint32Array): Uint32Array {
  if (isAscending(at, rows)) return rows
  const sorted = rows.toSorted((a, b) => (at[a] as number) - (at[b] as number) || a - b)
  return sorted.filter((row, i) => at[row] !== at[sorted[i + 1] as number])
}

function isAscending(at: Float64Array, rows: Uint32Array): boolean {
  for (let i = 1; i < rows.length; i += 1) {
    if (!((at[rows[i] as number] as number) > (at[rows[i - 1] as number] as number))) return false
  }
  return true
}

function seriesOf(
  { at, value, receivedAt, unit }: StoredColumns,
  rows: Uint32Array,
  unitName: (unit: number) => string,
): ReadingSeries {
  const { length } = rows
  const picked = {
    at: new Float64Array(length),
    value: new Float64Array(length),
    receivedAt: new Float64Array(length),
  }
  let stated = false
  for (let i = 0; i < length; i += 1) {
    const row = rows[i] as number
    picked.at[i] = at[row] as number
    picked.value[i] = value[row] as number
    picked.receivedAt[i] = receivedAt[row] as number
    if (unit[row] !== 0) stated = true
  }
  return { ...picked, unit: stated ? Array.from(rows, (row) => unitName(unit[row] as number)) : null }
}
