import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type Entry, wholeEntry } from '../core/entry.ts'
import type { IssueCode } from '../core/issue.ts'
import type { JournalRecord } from '../core/meter-event.ts'
import { NO_READINGS, type Quarantined, type ReadingSeries } from '../core/reading.ts'
import type { Rollup } from '../core/rollup.ts'
import { Listed } from './duckdb-listed.ts'
import { Names } from './duckdb-names.ts'
import { copyToParquet } from './duckdb-parquet.ts'
import { ReadingTable } from './duckdb-readings.ts'
import { RememberedTable } from './duckdb-remembered.ts'
import { RollupTable } from './duckdb-rollups.ts'
import { tables } from './duckdb-schema.ts'
import { TouchedTable } from './duckdb-touched.ts'
import { Transactions } from './duckdb-transactions.ts'
import type { Conflict, LastReading, Page, Store, StoreBatch, TouchedWindow } from './store.ts'

/** The embedded store: one file, owned by one process. Throws at open where another process has it. */
export class DuckDbStore implements Store {
  readonly name: string
  readonly #instance: DuckDBInstance
  readonly #reads: DuckDBConnection
  readonly #writes: Transactions
  readonly #readings: ReadingTable
  readonly #touched: TouchedTable
  readonly #rollups: RollupTable
  readonly #quarantine: Listed<Quarantined>
  readonly #entries: RememberedTable<Entry>
  readonly #journal: RememberedTable<JournalRecord>

  private constructor(path: string, parts: Parts) {
    this.name = `duckdb ${path}`
    this.#instance = parts.instance
    this.#reads = parts.reads
    this.#writes = parts.writes
    this.#readings = parts.readings
    this.#touched = parts.touched
    this.#rollups = parts.rollups
    this.#quarantine = new Listed('quarantine', 'DESC', parts.reads)
    this.#entries = new RememberedTable('entries', parts.reads, parts.writes, wholeEntry)
    this.#journal = new RememberedTable('journal', parts.reads, parts.writes)
  }

  static async open(path: string): Promise<DuckDbStore> {
    const instance = await DuckDBInstance.create(path, { memory_limit: '2GB' })
    const reads = await instance.connect()
    for (const table of tables) await reads.run(table)
    const meters = await Names.load('meter', await instance.connect())
    const units = await Names.load('unit', await instance.connect())
    // What is asked of a connection waits for what was asked of it before, and a month of all readings is much.
    return new DuckDbStore(path, {
      instance,
      reads,
      writes: new Transactions(await instance.connect()),
      readings: await ReadingTable.open(await instance.connect(), meters, units),
      touched: new TouchedTable(reads, meters),
      rollups: await RollupTable.open(instance, await instance.connect(), meters),
    })
  }

  async write({ readings, touched, quarantined }: StoreBatch): Promise<void> {
    const columns = await this.#readings.columnsOf(readings)
    const windows = await this.#touched.rowsOf(touched)
    await this.#writes.run(async (connection) => {
      await this.#readings.append(connection, columns)
      await this.#touched.insert(connection, windows)
      await this.#quarantine.insert(connection, quarantined)
    })
    for (const batch of readings) this.#readings.noteLast(batch)
  }

  async readings(meter: string, from: number, to: number, limit?: number): Promise<ReadingSeries> {
    const found =
      limit === undefined
        ? (await this.#readings.find([meter], from, to)).get(meter)
        : await this.#readings.first(meter, from, to, limit)
    return found ?? NO_READINGS
  }

  readingsOf(
    meters: readonly string[],
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, ReadingSeries>> {
    return this.#readings.find(meters, from, to)
  }

  readingBefore(meter: string, at: number): Promise<number | null> {
    return this.#readings.before(meter, at)
  }

  readingFrom(meter: string, at: number): Promise<number | null> {
    return this.#readings.from(meter, at)
  }

  async lastReadings(): Promise<ReadonlyMap<string, LastReading>> {
    return this.#readings.last
  }

  conflicts(meter: string, from: number, to: number): Promise<readonly Conflict[]> {
    return this.#readings.conflicts(meter, from, to)
  }

  touched(limit: number): Promise<readonly TouchedWindow[]> {
    return this.#touched.first(limit)
  }

  touchedWaiting(): Promise<{ windows: number; hours: number }> {
    return this.#touched.waiting()
  }

  async touch(windows: StoreBatch['touched']): Promise<void> {
    const rows = await this.#touched.rowsOf(windows)
    await this.#writes.run((connection) => this.#touched.insert(connection, rows))
  }

  putRollups(rollups: readonly Rollup[], settled: readonly TouchedWindow[]): Promise<void> {
    return this.#rollups.put(rollups, settled)
  }

  get rollupEdition(): number {
    return this.#rollups.edition
  }

  rollups(
    meters: readonly string[],
    grain: Rollup['grain'],
    from: number,
    to: number,
  ): Promise<readonly Rollup[]> {
    return this.#rollups.find(meters, grain, from, to)
  }

  quarantine(limit: number, after?: string): Promise<Page<Quarantined> | null> {
    return this.#quarantine.page(limit, after)
  }

  quarantineCount(): Promise<number> {
    return this.#quarantine.count()
  }

  quarantinedIn(from: number, to: number): Promise<ReadonlyMap<IssueCode, number>> {
    return this.#quarantine.countBy('$.issue.code', '$.receivedAt', from, to)
  }

  addEntries(entries: readonly Entry[]): Promise<void> {
    return this.#entries.add(entries)
  }

  entries(): Promise<readonly Entry[]> {
    return this.#entries.all()
  }

  async addToJournal(record: JournalRecord, touched: StoreBatch['touched']): Promise<void> {
    const rows = await this.#touched.rowsOf(touched)
    await this.#journal.add([record], (connection) => this.#touched.insert(connection, rows))
  }

  journal(): Promise<readonly JournalRecord[]> {
    return this.#journal.all()
  }

  dropReadings(from: number, to: number): Promise<void> {
    return this.#writes.run(async (connection) => {
      await connection.run('DELETE FROM readings WHERE instant >= $from AND instant < $to', { from, to })
    })
  }

  dropHours(from: number, to: number): Promise<void> {
    return this.#rollups.dropHours(from, to)
  }

  /** On a connection of its own: a long export holds up no other query. */
  async exportParquet(path: string, meters: readonly string[], from: number, to: number): Promise<number> {
    const connection = await this.#instance.connect()
    try {
      return await copyToParquet(connection, path, this.#readings.keysOf(meters), from, to)
    } finally {
      connection.closeSync()
    }
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
    await this.#rollups.settled()
    await this.#reads.run('CHECKPOINT')
    this.#instance.closeSync()
  }
}

interface Parts {
  readonly instance: DuckDBInstance
  readonly reads: DuckDBConnection
  readonly writes: Transactions
  readonly readings: ReadingTable
  readonly touched: TouchedTable
  readonly rollups: RollupTable
}
