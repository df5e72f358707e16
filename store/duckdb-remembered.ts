import type { DuckDBConnection } from '@duckdb/node-api'
import { Listed } from './duckdb-listed.ts'
import type { Transactions } from './duckdb-transactions.ts'

/**
 * A table that is only ever appended to, and small enough to be held whole: the journal, the entries. This
 * process is its only writer, so it is read once and then remembered.
 */
export class RememberedTable<Row extends { readonly id: string }> {
  readonly #listed: Listed<Row>
  readonly #writes: Transactions
  readonly #whole: (kept: Row) => Row
  #known: Promise<readonly Row[]> | null = null
  #adding: Promise<unknown> = Promise.resolve()

  /** `whole` makes a row that an earlier version kept what it is today. */
  constructor(
    table: 'journal' | 'entries',
    reads: DuckDBConnection,
    writes: Transactions,
    whole: (kept: Row) => Row = (kept) => kept,
  ) {
    this.#listed = new Listed(table, 'ASC', reads)
    this.#writes = writes
    this.#whole = whole
  }

  /** Appends rows; `along` is done in the same transaction. */
  add(rows: readonly Row[], along?: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
    const turn = this.#writes
      .run(async (connection) => {
        await this.#listed.insert(connection, rows)
        await along?.(connection)
      })
      .finally(() => {
        this.#known = null
      })
    this.#adding = turn.catch(() => {})
    return turn
  }

  /** Waits for what is being added: whoever has seen what goes along sees it too. */
  async all(): Promise<readonly Row[]> {
    await this.#adding
    this.#known ??= this.#read().catch((error) => {
      this.#known = null
      throw error
    })
    return this.#known
  }

  async #read(): Promise<readonly Row[]> {
    return (await this.#listed.all()).map(this.#whole)
  }
}
