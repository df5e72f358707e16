import type { DuckDBConnection } from '@duckdb/node-api'
import type { Page } from './store.ts'

/** A flood of refused messages is written in statements of so many. */
const ROWS_A_STATEMENT = 200

type ListTable = 'quarantine' | 'entries' | 'journal'

/**
 * A table of entries with an id, read page by page in order of arrival. They are kept as text that only
 * this side reads: a column of type JSON would refuse half a character, and hold up all that comes after it.
 */
export class Listed<Row extends { readonly id: string }> {
  readonly #table: ListTable
  readonly #order: 'ASC' | 'DESC'
  readonly #connection: DuckDBConnection

  constructor(table: ListTable, order: 'ASC' | 'DESC', connection: DuckDBConnection) {
    this.#table = table
    this.#order = order
    this.#connection = connection
  }

  /** Adds entries; one whose id is there already changes nothing. */
  async insert(connection: DuckDBConnection, rows: readonly Row[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
      const some = rows.slice(start, start + ROWS_A_STATEMENT)
      const places = some.map((_, i) => `($id${i}, $entry${i})`)
      const values = some.flatMap((row, i) => [
        [`id${i}`, row.id] as const,
        [`entry${i}`, JSON.stringify(row)] as const,
      ])
      await connection.run(
        `INSERT OR IGNORE INTO ${this.#table} (id, entry) VALUES ${places.join(', ')}`,
        Object.fromEntries(values),
      )
    }
  }

  /** Null where `after` names no entry. */
  async page(limit: number, after?: string): Promise<Page<Row> | null> {
    const beyond = this.#order === 'ASC' ? '>' : '<'
    const start = after === undefined ? null : await this.#arrivalOf(after)
    if (start === undefined) return null
    const result = await this.#connection.runAndReadAll(
      `SELECT entry FROM ${this.#table} ${start === null ? '' : `WHERE arrival ${beyond} ${start}`}
       ORDER BY arrival ${this.#order} LIMIT ${Math.trunc(limit) + 1}`,
    )
    const rows = result.getRows().map(([entry]) => JSON.parse(entry as string) as Row)
    const shown = rows.slice(0, limit)
    return { rows: shown, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
  }

  async all(): Promise<Row[]> {
    const result = await this.#connection.runAndReadAll(
      `SELECT entry FROM ${this.#table} ORDER BY arrival ${this.#order}`,
    )
    return result.getRows().map(([entry]) => JSON.parse(entry as string) as Row)
  }

  async count(): Promise<number> {
    const result = await this.#connection.runAndReadAll(`SELECT count(*) FROM ${this.#table}`)
    return Number(result.getRows()[0]?.[0])
  }

  /** How many entries with a number in [from, to) there are of each text; both are named by their JSON path. */
  async countBy<Text extends string>(
    text: string,
    number: string,
    from: number,
    to: number,
  ): Promise<Map<Text, number>> {
    const result = await this.#connection.runAndReadAll(
      `SELECT json_extract_string(entry, '${text}'), count(*) FROM ${this.#table}
       WHERE json_extract_string(entry, '${number}')::DOUBLE >= $from
         AND json_extract_string(entry, '${number}')::DOUBLE < $to GROUP BY 1`,
      { from, to },
    )
    return new Map(result.getRows().map(([name, count]) => [name as Text, Number(count)]))
  }

  async #arrivalOf(id: string): Promise<bigint | undefined> {
    const result = await this.#connection.runAndReadAll(`SELECT arrival FROM ${this.#table} WHERE id = $id`, {
      id,
    })
    return result.getRows()[0]?.[0] as bigint | undefined
  }
}
