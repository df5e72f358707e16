import type { DuckDBConnection } from '@duckdb/node-api'

/** Small numbers for names that stand in millions of rows: meters, units. Kept in the table `names`. */
export class Names {
  readonly #kind: string
  readonly #connection: DuckDBConnection
  readonly #keys = new Map<string, number>()
  readonly #names: string[] = []
  #next = 0
  /** Names on their way into the table: two who learn the same one at once share its number. */
  readonly #pending = new Map<string, Promise<number>>()

  private constructor(kind: string, connection: DuckDBConnection) {
    this.#kind = kind
    this.#connection = connection
  }

  static async load(kind: string, connection: DuckDBConnection): Promise<Names> {
    const names = new Names(kind, connection)
    const rows = await connection.runAndReadAll('SELECT key, name FROM names WHERE kind = $kind', { kind })
    for (const [key, name] of rows.getRows() as [number, string][]) names.#learn(key, name)
    return names
  }

  /** The number of a name that is known, or undefined. */
  known(name: string): number | undefined {
    return this.#keys.get(name)
  }

  /** Numbers for names, written down before they are used. */
  keysOf(names: readonly string[]): Promise<number[]> {
    return Promise.all(
      names.map((name) => this.#keys.get(name) ?? this.#pending.get(name) ?? this.#add(name)),
    )
  }

  name(key: number): string {
    return this.#names[key] as string
  }

  #add(name: string): Promise<number> {
    const key = this.#next
    this.#next += 1
    const added = this.#connection
      .run('INSERT INTO names VALUES ($kind, $key, $name)', { kind: this.#kind, key, name })
      .then(() => {
        this.#learn(key, name)
        return key
      })
      .finally(() => this.#pending.delete(name))
    this.#pending.set(name, added)
    return added
  }

  #learn(key: number, name: string): void {
    this.#keys.set(name, key)
    this.#names[key] = name
    this.#next = Math.max(this.#next, key + 1)
  }
}
