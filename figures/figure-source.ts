import type { Grain } from '../core/calendar.ts'
import type { Entry } from '../core/entry.ts'
import { EntryBook } from '../core/entry-book.ts'
import type { FactorBook } from '../core/factor.ts'
import { type Facts, factsOf } from '../core/facts.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { Plan } from '../core/plan.ts'
import type { Lookup } from '../core/usage.ts'
import type { Store } from '../store/store.ts'
import { Consumptions } from './consumptions.ts'

/** Entries that are read at once. */
const PAGE = 10_000

/** What figures are reckoned from: the organisation, its factors, and what is stored. */
export class FigureSource {
  readonly store: Store
  readonly organisation: Organisation
  readonly factors: FactorBook
  #entries: Entry[] = []
  #plan: Plan

  constructor(store: Store, organisation: Organisation, factors: FactorBook) {
    this.store = store
    this.organisation = organisation
    this.factors = factors
    this.#plan = new Plan(organisation, factors, new EntryBook([]))
  }

  /** The plan with what is entered by now. Only what is new is read. */
  async plan(): Promise<Plan> {
    const known = this.#entries.length
    for (let last = this.#entries.at(-1)?.id; ; ) {
      const page = await this.store.entries(PAGE, last)
      if (page === null) throw new Error(`the store has forgotten the entry ${last}`)
      this.#entries = [...this.#entries, ...page.rows]
      last = page.rows.at(-1)?.id ?? last
      if (page.next === null) break
    }
    if (this.#entries.length > known)
      this.#plan = new Plan(this.organisation, this.factors, new EntryBook(this.#entries))
    return this.#plan
  }

  /**
   * Reckons with facts as of `now`. `work` says by looking them up which consumptions it needs: it is run
   * until it has all of them, so it must be pure. What is `at hand` is not read again.
   */
  async reckon<T>(
    now: number,
    work: (facts: Facts) => T,
    atHand: { readonly consumptions?: Consumptions; readonly plan?: Plan } = {},
  ): Promise<T> {
    const plan = atHand.plan ?? (await this.plan())
    const consumptions = atHand.consumptions ?? new Consumptions(this.store)
    for (;;) {
      const wanted: [meter: string, grain: Grain, start: number][] = []
      const lookup: Lookup = (meter, grain, start) => {
        const found = consumptions.lookup(meter, grain, start)
        if (found === undefined && !consumptions.knows(meter, grain, start))
          wanted.push([meter, grain, start])
        return found
      }
      const answer = work(factsOf(plan, lookup, now))
      if (wanted.length === 0) return answer
      await consumptions.fetchRows(wanted)
    }
  }
}
