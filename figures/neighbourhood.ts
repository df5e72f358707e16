import { DAY_MS } from '../core/calendar.ts'
import type { ReadingSeries } from '../core/reading.ts'
import { firstFrom } from '../core/search.ts'
import type { Store } from '../store/store.ts'

/** How far around a window its neighbours are looked for at once; further ones are asked for one by one. */
export const NEAR_MS = 2 * DAY_MS

/**
 * The readings of one meter in and around a window, fetched together with those of others: what is
 * asked of them is nearly always among them, and only what isn't goes to the store again.
 */
export class Neighbourhood {
  /** The span of the readings that are at hand. */
  readonly from: number
  readonly to: number
  readonly #store: Store
  readonly #meter: string
  readonly #near: ReadingSeries
  readonly #newest: number
  /** Nothing lies before this, as far as it was asked for. */
  #oldest = Number.NEGATIVE_INFINITY

  /** `near` holds all readings of the meter in [from, to); `newest` is the instant of its last one of all. */
  constructor(
    store: Store,
    meter: string,
    span: { readonly from: number; readonly to: number },
    near: ReadingSeries,
    newest: number,
  ) {
    this.#store = store
    this.#meter = meter
    this.from = span.from
    this.to = span.to
    this.#near = near
    this.#newest = newest
  }

  /** The neighbourhood of a span of one meter, fetched by itself. */
  static async around(store: Store, meter: string, from: number, to: number): Promise<Neighbourhood> {
    const span = { from: from - NEAR_MS, to: to + NEAR_MS }
    const near = await store.readings(meter, span.from, span.to)
    return new Neighbourhood(store, meter, span, near, Number.POSITIVE_INFINITY)
  }

  /** The instant of the last reading before `at`, or null. */
  async before(at: number): Promise<number | null> {
    const found = at <= this.to ? this.#near.at[firstFrom(this.#near.at, at) - 1] : undefined
    if (found !== undefined) return found
    const edge = at <= this.to ? Math.min(at, this.from) : at
    if (edge <= this.#oldest) return null
    const before = await this.#store.readingBefore(this.#meter, edge)
    if (before === null) this.#oldest = edge
    return before
  }

  /** The instant of the first reading at or after `at`, or null. */
  async atOrAfter(at: number): Promise<number | null> {
    if (at > this.#newest) return null
    const found = at >= this.from ? this.#near.at[firstFrom(this.#near.at, at)] : undefined
    return found ?? this.#store.readingFrom(this.#meter, at >= this.from ? Math.max(at, this.to) : at)
  }

  /** The readings from one instant to another, both included. */
  async between(first: number, last: number): Promise<ReadingSeries> {
    if (first < this.from || last >= this.to) return this.#store.readings(this.#meter, first, last + 1)
    const start = firstFrom(this.#near.at, first)
    const end = firstFrom(this.#near.at, last + 1)
    const { at, value, unit, receivedAt } = this.#near
    return {
      at: at.subarray(start, end),
      value: value.subarray(start, end),
      unit: unit?.slice(start, end) ?? null,
      receivedAt: receivedAt.subarray(start, end),
    }
  }
}
