import type { DuckDBConnection } from '@duckdb/node-api'
import { DAY_MS } from '../core/calendar.ts'
import type { ReadingBatch, ReadingSeries } from '../core/reading.ts'
import { conflictOf } from './arrivals.ts'
import { appendColumns, readColumns } from './duckdb-columns.ts'
import type { Names } from './duckdb-names.ts'
import { seriesByMeter } from './duckdb-series.ts'
import type { Arrival, Conflict, LastReading } from './store.ts'

/** How far away the nearest reading is looked for before the whole history is. */
const NEAR_MS = 3 * DAY_MS

/** The table of readings: appended to, and read with each instant of a meter once, as it was stored last. */
export class ReadingTable {
  /** The newest reading of each meter; kept here, because looking for it would read every meter's history. */
  readonly last = new Map<string, LastReading>()
  readonly #reads: DuckDBConnection
  readonly #meters: Names
  readonly #units: Names

  private constructor(reads: DuckDBConnection, meters: Names, units: Names) {
    this.#reads = reads
    this.#meters = meters
    this.#units = units
  }

  static async open(reads: DuckDBConnection, meters: Names, units: Names): Promise<ReadingTable> {
    // Readings without a unit are by far the most: they get the number 0.
    await units.keysOf([''])
    const table = new ReadingTable(reads, meters, units)
    await table.#learnLast()
    return table
  }

  /** What an append needs, fetched before its transaction begins. */
  async columnsOf(batches: readonly ReadingBatch[]) {
    const length = batches.reduce((sum, batch) => sum + batch.length, 0)
    const meter = new Int32Array(length)
    const unit = new Int32Array(length)
    const at = new Float64Array(length)
    const value = new Float64Array(length)
    const received = new Float64Array(length)
    let offset = 0
    for (const batch of batches) {
      const meterKeys = await this.#meters.keysOf(batch.meters)
      const unitKeys = await this.#units.keysOf(batch.units)
      for (let i = 0; i < batch.length; i += 1) {
        meter[offset + i] = meterKeys[batch.meter[i] as number] as number
        unit[offset + i] = unitKeys[batch.unit[i] as number] as number
      }
      at.set(batch.at.subarray(0, batch.length), offset)
      value.set(batch.value.subarray(0, batch.length), offset)
      received.fill(batch.receivedAt, offset, offset + batch.length)
      offset += batch.length
    }
    return [meter, at, value, unit, received] as const
  }

  async append(
    connection: DuckDBConnection,
    columns: Awaited<ReturnType<ReadingTable['columnsOf']>>,
  ): Promise<void> {
    if (columns[0].length > 0) await appendColumns(connection, 'readings', columns)
  }

  /** To be called when an append has been committed. */
  noteLast(batch: ReadingBatch): void {
    for (let i = 0; i < batch.length; i += 1) {
      const meter = batch.meters[batch.meter[i] as number] as string
      const at = batch.at[i] as number
      const last = this.last.get(meter)
      if (last !== undefined && last.at > at) continue
      const unit = batch.units[batch.unit[i] as number] as string
      this.last.set(meter, { at, value: batch.value[i] as number, unit, receivedAt: batch.receivedAt })
    }
  }

  /** The numbers of those meters that have any. */
  keysOf(meters: readonly string[]): number[] {
    return meters.map((meter) => this.#meters.known(meter)).filter((key) => key !== undefined)
  }

  /** Readings of meters in [from, to); a meter without any is left out. */
  async find(meters: readonly string[], from: number, to: number): Promise<Map<string, ReadingSeries>> {
    const keys = this.keysOf(meters)
    if (keys.length === 0) return new Map()
    // Rows come in the order in which they were stored.
    const result = await this.#reads.run(
      `SELECT meter, instant, value, received, unit FROM readings
       WHERE meter IN (${keys.join(', ')}) AND instant >= $from AND instant < $to`,
      { from, to },
    )
    const [meter, at, value, receivedAt, unit] = (await readColumns(result)) as Columns
    const series = seriesByMeter({ meter, at, value, receivedAt, unit }, (key) => this.#units.name(key))
    return new Map([...series].map(([key, one]) => [this.#meters.name(key), one]))
  }

  /** The first `limit` readings of a meter in [from, to); undefined where there are none. */
  async first(meter: string, from: number, to: number, limit: number): Promise<ReadingSeries | undefined> {
    const key = this.#meters.known(meter)
    if (key === undefined) return undefined
    const result = await this.#reads.run(
      `SELECT meter, instant, arg_max(value, rowid), arg_max(received, rowid), arg_max(unit, rowid) FROM readings
       WHERE meter = ${key} AND instant >= $from AND instant < $to
       GROUP BY meter, instant ORDER BY instant LIMIT ${Math.trunc(limit)}`,
      { from, to },
    )
    const [meters, at, value, receivedAt, unit] = (await readColumns(result)) as Columns
    const columns = { meter: meters, at, value, receivedAt, unit }
    return seriesByMeter(columns, (unitKey) => this.#units.name(unitKey)).get(key)
  }

  /** Every arrival is in the table, so a conflict is found where one instant has different rows. */
  async conflicts(meter: string, from: number, to: number): Promise<Conflict[]> {
    const key = this.#meters.known(meter)
    if (key === undefined) return []
    const span = `meter = ${key} AND instant >= $from AND instant < $to`
    const result = await this.#reads.run(
      `SELECT instant, value, unit, received FROM readings
       WHERE ${span} AND instant IN (
         SELECT instant FROM readings WHERE ${span} GROUP BY instant
         HAVING min(value) <> max(value) OR min(unit) <> max(unit))
       ORDER BY instant, rowid`,
      { from, to },
    )
    const [at, value, unit, received] = (await readColumns(result)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    const byInstant = new Map<number, Arrival[]>()
    for (const [i, instant] of at.entries()) {
      const list = byInstant.get(instant) ?? []
      byInstant.set(instant, list)
      list.push({
        value: value[i] as number,
        unit: this.#units.name(unit[i] as number),
        receivedAt: received[i] as number,
      })
    }
    return [...byInstant].flatMap(([instant, arrivals]) => conflictOf(instant, arrivals) ?? [])
  }

  async before(meter: string, at: number): Promise<number | null> {
    return (
      (await this.#nearest('max', meter, `instant >= ${at - NEAR_MS} AND instant < ${at}`)) ??
      (await this.#nearest('max', meter, `instant < ${at - NEAR_MS}`))
    )
  }

  async from(meter: string, at: number): Promise<number | null> {
    return (
      (await this.#nearest('min', meter, `instant >= ${at} AND instant < ${at + NEAR_MS}`)) ??
      (await this.#nearest('min', meter, `instant >= ${at + NEAR_MS}`))
    )
  }

  async #nearest(pick: 'min' | 'max', meter: string, where: string): Promise<number | null> {
    const key = this.#meters.known(meter)
    if (key === undefined) return null
    const rows = await this.#reads.runAndReadAll(
      `SELECT ${pick}(instant) FROM readings WHERE meter = ${key} AND ${where}`,
    )
    return (rows.getRows()[0]?.[0] as number | null | undefined) ?? null
  }

  async #learnLast(): Promise<void> {
    const result = await this.#reads.run(
      `SELECT meter, max(instant), arg_max(value, (instant, rowid)), arg_max(received, (instant, rowid)),
         arg_max(unit, (instant, rowid))
       FROM readings GROUP BY meter`,
    )
    const [meter, at, value, receivedAt, unit] = (await readColumns(result)) as Columns
    for (const [i, key] of meter.entries()) {
      this.last.set(this.#meters.name(key), {
        at: at[i] as number,
        value: value[i] as number,
        unit: this.#units.name(unit[i] as number),
        receivedAt: receivedAt[i] as number,
      })
    }
  }
}

type Columns = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
