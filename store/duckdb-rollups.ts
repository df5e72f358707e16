import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { grains } from '../core/calendar.ts'
import type { Rollup } from '../core/rollup.ts'
import { appendColumns, readColumns } from './duckdb-columns.ts'
import type { Names } from './duckdb-names.ts'
import { Transactions } from './duckdb-transactions.ts'
import type { TouchedWindow } from './store.ts'

/** The table of rollups. Written through a staging table, so that many rows replace others in one statement. */
export class RollupTable {
  readonly #reads: DuckDBConnection
  readonly #writes: Transactions
  readonly #meters: Names
  #edition = 0

  private constructor(reads: DuckDBConnection, writes: Transactions, meters: Names) {
    this.#reads = reads
    this.#writes = writes
    this.#meters = meters
  }

  static async open(instance: DuckDBInstance, reads: DuckDBConnection, meters: Names): Promise<RollupTable> {
    const connection = await instance.connect()
    await connection.run('CREATE TEMP TABLE staged AS SELECT * FROM rollups LIMIT 0')
    return new RollupTable(reads, new Transactions(connection), meters)
  }

  get edition(): number {
    return this.#edition
  }

  async put(rollups: readonly Rollup[], settled: readonly TouchedWindow[]): Promise<void> {
    const columns = await this.#columnsOf(rollups)
    await this.#write(async (connection) => {
      if (rollups.length > 0) {
        await appendColumns(connection, 'staged', columns, 'temp')
        await connection.run('INSERT OR REPLACE INTO rollups SELECT * FROM staged')
        await connection.run('DELETE FROM staged')
      }
      if (settled.length > 0) {
        const tickets = settled.map((window) => window.ticket)
        await connection.run(`DELETE FROM touched WHERE ticket IN (${tickets.join(', ')})`)
      }
    })
  }

  async find(meters: readonly string[], grain: Rollup['grain'], from: number, to: number): Promise<Rollup[]> {
    const keys = meters.map((meter) => this.#meters.known(meter)).filter((key) => key !== undefined)
    if (keys.length === 0) return []
    const result = await this.#reads.run(
      `SELECT meter, start_ms, end_ms, value, covered_ms, head, tail, estimated, flags FROM rollups
       WHERE grain = ${grains.indexOf(grain)} AND meter IN (${keys.join(', ')}) AND start_ms >= $from AND start_ms < $to
       ORDER BY meter, start_ms`,
      { from, to },
    )
    const [meter, start, end, value, coveredMs, head, tail, estimated, flags] = (await readColumns(
      result,
    )) as Columns
    return Array.from(meter, (key, i) => ({
      meter: this.#meters.name(key),
      grain,
      start: start[i] as number,
      end: end[i] as number,
      value: value[i] as number,
      coveredMs: coveredMs[i] as number,
      head: head[i] as number,
      tail: tail[i] as number,
      estimated: estimated[i] as number,
      flags: flags[i] as number,
    }))
  }

  dropHours(from: number, to: number): Promise<void> {
    const hour = grains.indexOf('hour')
    return this.#write(async (connection) => {
      await connection.run(
        `DELETE FROM rollups WHERE grain = ${hour} AND start_ms >= $from AND start_ms < $to`,
        { from, to },
      )
    })
  }

  settled(): Promise<void> {
    return this.#writes.settled()
  }

  async #write(work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
    this.#edition += 1
    try {
      await this.#writes.run(work)
    } finally {
      this.#edition += 1
    }
  }

  async #columnsOf(rollups: readonly Rollup[]) {
    const meters = await this.#meters.keysOf([...new Set(rollups.map((rollup) => rollup.meter))])
    const keys = new Map(
      [...new Set(rollups.map((rollup) => rollup.meter))].map((meter, i) => [meter, meters[i] as number]),
    )
    const { length } = rollups
    const meter = new Int32Array(length)
    const grain = new Int32Array(length)
    const floats = Array.from({ length: FLOATS.length }, () => new Float64Array(length))
    for (let i = 0; i < length; i += 1) {
      const rollup = rollups[i] as Rollup
      meter[i] = keys.get(rollup.meter) as number
      grain[i] = grains.indexOf(rollup.grain)
      for (let c = 0; c < FLOATS.length; c += 1)
        (floats[c] as Float64Array)[i] = rollup[FLOATS[c] as (typeof FLOATS)[number]]
    }
    return [meter, grain, ...floats]
  }
}

/** The columns after meter and grain, in their order. */
const FLOATS = ['start', 'end', 'value', 'coveredMs', 'head', 'tail', 'estimated', 'flags'] as const

type Columns = [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
]
