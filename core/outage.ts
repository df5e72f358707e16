/** A failure that goes on is said again after this, milliseconds. */
const AGAIN_MS = 10 * 60_000

/**
 * A run of failures, and which of them are worth a line in the log: the first of each kind, and then one
 * every ten minutes. Instants are epoch milliseconds.
 */
export class Outage {
  readonly #saidAt = new Map<string, number>()
  #since: number | null = null
  #failures = 0

  /** When the first of them was; null while it works. */
  get since(): number | null {
    return this.#since
  }

  /** It failed; true where that is worth a line. */
  failed(kind: string, now: number): boolean {
    this.#since ??= now
    this.#failures += 1
    const worth = now - (this.#saidAt.get(kind) ?? Number.NEGATIVE_INFINITY) >= AGAIN_MS
    if (worth) this.#saidAt.set(kind, now)
    return worth
  }

  /** It works again, or still; answers how often it had failed. */
  over(): number {
    const failures = this.#failures
    this.#failures = 0
    this.#since = null
    this.#saidAt.clear()
    return failures
  }
}
