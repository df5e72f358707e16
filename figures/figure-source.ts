import type { Grain } from '../core/calendar.ts'
import type { Entry } from '../core/entry.ts'
import { EntryBook } from '../core/entry-book.ts'
import type { FactorBook } from '../core/factor.ts'
import { type Facts, factsOf } from '../core/facts.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { Plan } from '../core/plan.ts'
import type { Candidate } from '../core/projection.ts'
import type { Lookup } from '../core/usage.ts'
import type { Store } from '../store/store.ts'
import { Consumptions } from './consumptions.ts'

const MINUTE_MS = 60_000

/** What figures are reckoned from: the organisation, its factors, and what is stored. */
export class FigureSource {
  readonly store: Store
  readonly organisation: Organisation
  readonly factors: FactorBook
  /** What models made of running years, with all that it was reckoned from. */
  readonly candidates = new Map<string, { from: string; candidates: Promise<readonly Candidate[]> }>()
  #entries: readonly Entry[] | null = null
  #plan: Plan
  #kept: { readonly reckoner: Reckoner; readonly plan: Plan; readonly state: string } | undefined

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

  /** Reckons with facts as of `now`; with another plan, or what is fetched already, where that is at hand. */
  async reckon<T>(
    now: number,
    work: (facts: Facts) => T,
    { consumptions, plan }: { readonly consumptions?: Consumptions; readonly plan?: Plan } = {},
  ): Promise<T> {
    return new Reckoner(
      plan ?? (await this.plan()),
      consumptions ?? new Consumptions(this.store),
      now,
    ).reckon(work)
  }

  /**
   * For several things that are reckoned beside or after each other. Whoever asks in the same minute, while
   * nothing is entered and no rollup written, goes on with what others have found out, as of when the first one asked.
   */
  async reckoner(now: number): Promise<Reckoner> {
    const plan = await this.plan()
    const state = `${this.store.rollupEdition}|${Math.floor(now / MINUTE_MS)}`
    if (this.#kept?.plan !== plan || this.#kept.state !== state)
      this.#kept = { reckoner: new Reckoner(plan, new Consumptions(this.store), now), plan, state }
    return this.#kept.reckoner
  }
}

/**
 * Reckons several things with the same facts, also at once: what one has found out, another need not. While
 * something is being fetched for one, what was reckoned without it is not taken for an answer by another.
 */
export class Reckoner {
  readonly #consumptions: Consumptions
  readonly #facts: Facts
  #wanted: [meter: string, grain: Grain, start: number][] = []
  #fetching: Promise<void> | null = null

  constructor(plan: Plan, consumptions: Consumptions, now: number) {
    this.#consumptions = consumptions
    const lookup: Lookup = (meter, grain, start) => {
      const found = consumptions.lookup(meter, grain, start)
      if (found === undefined && !consumptions.knows(meter, grain, start)) {
        this.#wanted.push([meter, grain, start])
        this.#facts.memo.doubt()
      }
      return found
    }
    this.#facts = factsOf(plan, lookup, now)
  }

  /**
   * `work` says by looking them up which consumptions it needs: it is run until it has all of them, so it
   * must be pure.
   */
  async reckon<T>(work: (facts: Facts) => T): Promise<T> {
    for (;;) {
      const answer = work(this.#facts)
      if (this.#wanted.length === 0) return answer
      this.#fetching ??= this.#fetchWanted().finally(() => {
        this.#fetching = null
      })
      await this.#fetching
    }
  }

  async #fetchWanted(): Promise<void> {
    await this.#consumptions.fetchRows(this.#wanted)
    this.#wanted = []
    this.#facts.memo.settle()
  }
}
