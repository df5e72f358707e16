import type { DuckDBConnection } from '@duckdb/node-api'

/** Transactions of one connection, one after the other: all of a piece of work, or nothing. */
export class Transactions {
  readonly #connection: DuckDBConnection
  #tail: Promise<unknown> = Promise.resolve()

  constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  run<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const turn = this.#tail.then(() => this.#inTransaction(work))
    this.#tail = turn.catch(() => {})
    return turn
  }

  /** Resolves when everything that was asked for so far has ended. */
  async settled(): Promise<void> {
    await this.#tail
  }

  async #inTransaction<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    await this.#connection.run('BEGIN')
    try {
      const result = await work(this.#connection)
      await this.#connection.run('COMMIT')
      return result
    } catch (error) {
      await this.#connection.run('ROLLBACK').catch(() => {})
      throw error
    }
  }
}
