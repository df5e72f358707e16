import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { DAY_MS } from '../core/calendar.ts'
import type { Entry } from '../core/entry.ts'
import type { Quarantined, ReadingSeries } from '../core/reading.ts'
import type { Rollup } from '../core/rollup.ts'
import { HOUR_MS } from '../core/window.ts'
import { appendColumns, readColumns } from './duckdb-columns.ts'
import { Listed } from './duckdb-listed.ts'
import { Names } from './duckdb-names.ts'
import { RollupTable } from './duckdb-rollups.ts'
import { tables } from './duckdb-schema.ts'
import { Transactions } from './duckdb-transactions.ts'
import type { LastReading, Page, Store, StoreBatch, TouchedWindow } from './store.ts'

/** How far back the nearest reading is looked for before the whole history is. */
const NEAR_MS = 3 * DAY_MS

/** The embedded store: one file, owned by one process. Throws at open where another process has it. */
export class DuckDbStore implements Store {
  readonly name: string
  readonly #reads: DuckDBConnection
  readonly #writes: Transactions
  readonly #rollupTable: RollupTable
  readonly #meters: Names
  readonly #units: Names
  readonly #quarantine: Listed<Quarantined>
  readonly #entries: Listed<Entry>
  readonly #last = new Map<string, LastReading>()
  readonly #instance: DuckDBInstance

  private constructor(path: string, parts: Parts) {
    this.name = `duckdb ${path}`
    this.#instance = parts.instance
    this.#reads = parts.reads
    this.#writes = parts.writes
    this.#meters = parts.meters
    this.#units = parts.units
    this.#rollupTable = parts.rollupTable
    this.#quarantine = new Listed('quarantine', 'DESC', parts.reads)
    this.#entries = new Listed('entries', 'ASC', parts.reads)
  }

  static async open(path: string): Promise<DuckDbStore> {
    const instance = await DuckDBInstance.create(path, { memory_limit: '2GB' })
    const reads = await instance.connect()
    for (const table of tables) await reads.run(table)
    const meters = await Names.load('meter', await instance.connect())
    const units = await Names.load('unit', await instance.connect())
    await units.keysOf([''])
    const rollupTable = await RollupTable.open(instance, reads, meters)
    const writes = new Transactions(await instance.connect())
    const store = new DuckDbStore(path, { instance, reads, writes, meters, units, rollupTable })
    await store.#learnLast()
    return store
  }

  async write({ readings, touched, quarantined }: StoreBatch): Promise<void> {
    const columns = await this.#columnsOf(readings)
    const windows = await this.#windowRows(touched)
    await this.#writes.run(async (connection) => {
      if (columns[0].length > 0) await appendColumns(connection, 'readings', columns)
      await insertTouched(connection, windows)
      for (const one of quarantined) await this.#quarantine.insert(connection, one)
    })
    for (const batch of readings) this.#noteLast(batch)
  }

  async readings(meter: string, from: number, to: number, limit?: number): Promise<ReadingSeries> {
    const rows = await this.#readingRows([meter], from, to, limit)
    return this.#series(rows, 0, rows.at.length)
  }

  async readingsOf(
    meters: readonly string[],
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, ReadingSeries>> {
    const rows = await this.#readingRows(meters, from, to)
    const found = new Map<string, ReadingSeries>()
    for (let start = 0; start < rows.at.length; ) {
      const key = rows.meter[start] as number
      let end = start
      while (rows.meter[end] === key) end += 1
      found.set(this.#meters.name(key), this.#series(rows, start, end))
      start = end
    }
    return found
  }

  async readingBefore(meter: string, at: number): Promise<number | null> {
    return (
      (await this.#nearest('max', meter, `instant >= ${at - NEAR_MS} AND instant < ${at}`)) ??
      (await this.#nearest('max', meter, `instant < ${at - NEAR_MS}`))
    )
  }

  async readingFrom(meter: string, at: number): Promise<number | null> {
    return (
      (await this.#nearest('min', meter, `instant >= ${at} AND instant < ${at + NEAR_MS}`)) ??
      (await this.#nearest('min', meter, `instant >= ${at + NEAR_MS}`))
    )
  }

  async lastReadings(): Promise<ReadonlyMap<string, LastReading>> {
    return this.#last
  }

  async touched(limit: number): Promise<readonly TouchedWindow[]> {
    const rows = await this.#reads.run(
      `SELECT ticket::DOUBLE, meter, from_ms, to_ms FROM touched ORDER BY ticket LIMIT ${Math.trunc(limit)}`,
    )
    const [ticket, meter, from, to] = (await readColumns(rows)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    return Array.from(ticket, (number, i) => ({
      ticket: number,
      meter: this.#meters.name(meter[i] as number),
      from: from[i] as number,
      to: to[i] as number,
    }))
  }

  async touchedWaiting(): Promise<{ windows: number; hours: number }> {
    const rows = await this.#reads.runAndReadAll(
      `SELECT count(*)::DOUBLE, coalesce(sum(to_ms - from_ms), 0) / ${HOUR_MS} FROM touched`,
    )
    const [windows, hours] = rows.getRows()[0] as [number, number]
    return { windows, hours }
  }

  async touch(windows: StoreBatch['touched']): Promise<void> {
    const rows = await this.#windowRows(windows)
    await this.#writes.run((connection) => insertTouched(connection, rows))
  }

  putRollups(rollups: readonly Rollup[], settled: readonly TouchedWindow[]): Promise<void> {
    return this.#rollupTable.put(rollups, settled)
  }

  rollups(
    meters: readonly string[],
    grain: Rollup['grain'],
    from: number,
    to: number,
  ): Promise<readonly Rollup[]> {
    return this.#rollupTable.find(meters, grain, from, to)
  }

  quarantine(limit: number, after?: string): Promise<Page<Quarantined> | null> {
    return this.#quarantine.page(limit, after)
  }

  quarantineCount(): Promise<number> {
    return this.#quarantine.count()
  }

  addEntry(entry: Entry): Promise<void> {
    return this.#writes.run((connection) => this.#entries.insert(connection, entry))
  }

  entries(limit: number, after?: string): Promise<Page<Entry> | null> {
    return this.#entries.page(limit, after)
  }

  async getNote(key: string): Promise<string | null> {
    const rows = await this.#reads.runAndReadAll('SELECT value FROM notes WHERE key = $key', { key })
    return (rows.getRows()[0]?.[0] as string | undefined) ?? null
  }

  async putNote(key: string, value: string): Promise<void> {
    await this.#writes.run(async (connection) => {
      await connection.run('INSERT OR REPLACE INTO notes VALUES ($key, $value)', { key, value })
    })
  }

  async close(): Promise<void> {
    await this.#writes.settled()
    await this.#rollupTable.settled()
    await this.#reads.run('CHECKPOINT')
    this.#instance.closeSync()
  }

  /** Readings as columns, in order of meter and instant, each instant once: of several the one stored last. */
  async #readingRows(
    meters: readonly string[],
    from: number,
    to: number,
    limit?: number,
  ): Promise<ReadingRows> {
    const keys = meters.map((meter) => this.#meters.known(meter)).filter((key) => key !== undefined)
    const result = await this.#reads.run(
      `SELECT meter, instant, arg_max(value, rowid), arg_max(received, rowid), arg_max(unit, rowid) FROM readings
       WHERE meter IN (${keys.length === 0 ? -1 : keys.join(', ')}) AND instant >= $from AND instant < $to
       GROUP BY meter, instant ORDER BY meter, instant ${limit === undefined ? '' : `LIMIT ${Math.trunc(limit)}`}`,
      { from, to },
    )
    const [meter, at, value, receivedAt, unit] = (await readColumns(result)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    return { meter, at, value, receivedAt, unit }
  }

  #series(rows: ReadingRows, start: number, end: number): ReadingSeries {
    const unit = rows.unit.subarray(start, end)
    return {
      at: rows.at.subarray(start, end),
      value: rows.value.subarray(start, end),
      receivedAt: rows.receivedAt.subarray(start, end),
      unit: unit.some((key) => key !== 0) ? Array.from(unit, (key) => this.#units.name(key)) : null,
    }
  }

  async #nearest(pick: 'min' | 'max', meter: string, where: string): Promise<number | null> {
    const key = this.#meters.known(meter)
    if (key === undefined) return null
    const rows = await this.#reads.runAndReadAll(
      `SELECT ${pick}(instant) FROM readings WHERE meter = ${key} AND ${where}`,
    )
    return (rows.getRows()[0]?.[0] as number | null | undefined) ?? null
  }

  async #columnsOf(batches: StoreBatch['readings']) {
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

  async #windowRows(windows: StoreBatch['touched']): Promise<string[]> {
    const keys = await this.#meters.keysOf(windows.map((window) => window.meter))
    return windows.map((window, i) => `(nextval('tickets'), ${keys[i]}, ${window.from}, ${window.to})`)
  }

  #noteLast(batch: StoreBatch['readings'][number]): void {
    for (let i = 0; i < batch.length; i += 1) {
      const meter = batch.meters[batch.meter[i] as number] as string
      const at = batch.at[i] as number
      const last = this.#last.get(meter)
      if (last !== undefined && last.at > at) continue
      const unit = batch.units[batch.unit[i] as number] as string
      this.#last.set(meter, { at, value: batch.value[i] as number, unit, receivedAt: batch.receivedAt })
    }
  }

  async #learnLast(): Promise<void> {
    const rows = await this.#reads.run(
      `SELECT meter, max(instant), arg_max(value, (instant, rowid)), arg_max(unit, (instant, rowid)), arg_max(received, (instant, rowid))
       FROM readings GROUP BY meter`,
    )
    const [meter, at, value, unit, receivedAt] = (await readColumns(rows)) as Float64Array[]
    for (const [i, key] of (meter as Float64Array).entries()) {
      this.#last.set(this.#meters.name(key), {
        at: at?.[i] as number,
        value: value?.[i] as number,
        unit: this.#units.name(unit?.[i] as number),
        receivedAt: receivedAt?.[i] as number,
      })
    }
  }
}

interface ReadingRows {
  readonly meter: Float64Array
  readonly at: Float64Array
  readonly value: Float64Array
  readonly receivedAt: Float64Array
  readonly unit: Float64Array
}

interface Parts {
  readonly instance: DuckDBInstance
  readonly reads: DuckDBConnection
  readonly writes: Transactions
  readonly meters: Names
  readonly units: Names
  readonly rollupTable: RollupTable
}

async function insertTouched(connection: DuckDBConnection, rows: readonly string[]): Promise<void> {
  if (rows.length > 0) await connection.run(`INSERT INTO touched VALUES ${rows.join(', ')}`)
}
