import type { Amount } from './amount.ts'

/**
 * Amounts that were reckoned already from the same facts. Where a lookup found out that something has yet to
 * be fetched, what was reckoned with it is forgotten when that is there, and nothing else.
 */
export class Memo {
  readonly #amounts = new Map<string, Amount>()
  readonly #unsure = new Set<string>()
  #doubts = 0

  /** A lookup has missed something that has yet to be fetched. */
  doubt(): void {
    this.#doubts += 1
  }

  of(key: string, reckon: () => Amount): Amount {
    const known = this.#amounts.get(key)
    if (known !== undefined) {
      if (this.#unsure.has(key)) this.#doubts += 1
      return known
    }
    const before = this.#doubts
    const amount = reckon()
    this.#amounts.set(key, amount)
    if (this.#doubts > before) this.#unsure.add(key)
    return amount
  }

  /** What was missed is there now. */
  settle(): void {
    for (const key of this.#unsure) this.#amounts.delete(key)
    this.#unsure.clear()
  }
}
