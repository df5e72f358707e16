import type { DuckDBConnection } from '@duckdb/node-api'
import { HOUR_MS, type Window } from '../core/window.ts'
import { readColumns } from './duckdb-columns.ts'
import type { Names } from './duckdb-names.ts'
import type { TouchedWindow } from './store.ts'

/** Parsing takes longer a row in longer statements. */
const ROWS_A_STATEMENT = 1000

/** The list of windows that wait to be recomputed, in the order in which they were touched. */
export class TouchedTable {
  readonly #reads: DuckDBConnection
  readonly #meters: Names

  constructor(reads: DuckDBConnection, meters: Names) {
    this.#reads = reads
    this.#meters = meters
  }

  /** What an insert needs, fetched before its transaction begins. */
  async rowsOf(windows: readonly Window[]): Promise<string[]> {
    const keys = await this.#meters.keysOf(windows.map((window) => window.meter))
    return windows.map((window, i) => `(nextval('tickets'), ${keys[i]}, ${window.from}, ${window.to})`)
  }

  async insert(connection: DuckDBConnection, rows: readonly string[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
      const some = rows.slice(start, start + ROWS_A_STATEMENT)
      await connection.run(`INSERT INTO touched VALUES ${some.join(', ')}`)
    }
  }

  async first(limit: number): Promise<TouchedWindow[]> {
    const result = await this.#reads.run(
      `SELECT ticket::DOUBLE, meter, from_ms, to_ms FROM touched ORDER BY ticket LIMIT ${Math.trunc(limit)}`,
    )
    const [ticket, meter, from, to] = (await readColumns(result)) as [
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

  async waiting(): Promise<{ windows: number; hours: number }> {
    const result = await this.#reads.runAndReadAll(
      `SELECT count(*)::DOUBLE, coalesce(sum(to_ms - from_ms), 0) / ${HOUR_MS} FROM touched`,
    )
    const [windows, hours] = result.getRows()[0] as [number, number]
    return { windows, hours }
  }
}
