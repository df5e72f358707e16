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

/** What figures are reckoned from: the organisation, its factors, and what is stored. */
export class FigureSource {
  readonly store: Store
  readonly organisation: Organisation
  readonly factors: FactorBook
  #entries: readonly Entry[] | null = null
  #plan: Plan

  constructor(store: Store, organisation: Organisation, factors: FactorBook) {
    this.store = store
    this.organisation = organisation
    this.factors = factors
    this.#plan = new Plan(organisation, factors, new EntryBook([]))
  }

  /** The plan with what is entered by now; the same one as long as nothing is added. */
  async plan(): Promise<Plan> {
    const entries = await this.store.entries()
    if (entries !== this.#entries) {
      this.#plan = new Plan(this.organisation, this.factors, new EntryBook(entries))
      this.#entries = entries
    }
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
