import type { DuckDBConnection } from '@duckdb/node-api'
import type { JournalRecord } from '../core/meter-event.ts'
import { Listed } from './duckdb-listed.ts'
import type { Transactions } from './duckdb-transactions.ts'

/** The journal of meter events. This process is its only writer, so it is read once and then remembered. */
export class JournalTable {
  readonly #listed: Listed<JournalRecord>
  readonly #writes: Transactions
  #known: Promise<readonly JournalRecord[]> | null = null
  #adding: Promise<unknown> = Promise.resolve()

  constructor(reads: DuckDBConnection, writes: Transactions) {
    this.#listed = new Listed('journal', 'ASC', reads)
    this.#writes = writes
  }

  /** Appends a record; `along` is done in the same transaction. */
  add(record: JournalRecord, along: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
    const turn = this.#writes
      .run(async (connection) => {
        await this.#listed.insert(connection, [record])
        await along(connection)
      })
      .finally(() => {
        this.#known = null
      })
    this.#adding = turn.catch(() => {})
    return turn
  }

  /** Waits for what is being added: whoever has seen its windows sees it too. */
  async all(): Promise<readonly JournalRecord[]> {
    await this.#adding
    this.#known ??= this.#listed.all().catch((error) => {
      this.#known = null
      throw error
    })
    return this.#known
  }
}
