import type { Grain } from '../core/calendar.ts'
import type { Entry } from '../core/entry.ts'
import { EntryBook } from '../core/entry-book.ts'
import type { FactorBook } from '../core/factor.ts'
import { type Facts, factsOf } from '../core/facts.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { Plan } from '../core/plan.ts'
import type { Candidate } from '../core/projection.ts'
import type { Lookup } from '../core/usage.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Store } from '../store/store.ts'
import { Consumptions } from './consumptions.ts'

const MINUTE_MS = 60_000
/** While a history goes in, what was reckoned stands for so many times as long as it took, and no longer than this. */
const STANDS_TIMES = 5
const STANDS_MOST_MS = 10_000

interface Kept {
  readonly reckoner: Reckoner
  readonly consumptions: Consumptions
  readonly plan: Plan
  /** The edition of the rollups, and the minute, that it was begun in. */
  readonly state: string
}

/** What figures are reckoned from: the organisation, its factors, and what is stored. */
export class FigureSource {
  readonly store: Store
  readonly organisation: Organisation
  readonly factors: FactorBook
  /** What models made of running years, with all that it was reckoned from. */
  readonly candidates = new Map<string, { from: string; candidates: Promise<readonly Candidate[]> }>()
  #entries: readonly Entry[] | null = null
  #plan: Plan
  #kept: Kept | undefined

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
    const state = this.#stateAt(now)
    const kept = this.#kept
    if (kept?.plan === plan && kept.state === state) return kept.reckoner
    const consumptions = new Consumptions(this.store)
    // Once an hour without them: what nobody asks for any more is fetched no more.
    const isSameHour = kept !== undefined && hourOf(kept.reckoner.now) === hourOf(now)
    const reckoner = new Reckoner(plan, consumptions, now, isSameHour ? kept.consumptions : undefined)
    this.#kept = { reckoner, consumptions, plan, state }
    return reckoner
  }

  /**
   * The same for people who look, not for what is written down. While windows wait to be rolled up every moment
   * brings a rollup, and all that was reckoned before would be for nothing: then it holds for some seconds.
   */
  async reckonerToShow(now: number): Promise<Reckoner> {
    const plan = await this.plan()
    const kept = this.#kept
    if (kept?.plan !== plan || kept.state === this.#stateAt(now)) return this.reckoner(now)
    const { now: since, tookMs } = kept.reckoner
    const until = since + Math.min(STANDS_MOST_MS, STANDS_TIMES * tookMs)
    const holds = since <= now && now <= until && (await this.store.touchedWaiting()).windows > 0
    return holds ? kept.reckoner : this.reckoner(now)
  }

  #stateAt(now: number): string {
    return `${this.store.rollupEdition}|${Math.floor(now / MINUTE_MS)}`
  }
}

function hourOf(instant: number): number {
  return Math.floor(instant / HOUR_MS)
}

/**
 * Reckons several things with the same facts, also at once: what one has found out, another need not. While
 * something is being fetched for one, what was reckoned without it is not taken for an answer by another.
 */
export class Reckoner {
  /** What it reckons is as of then. */
  readonly now: number
  /** How long those who asked have waited so far, in all. */
  tookMs = 0
  readonly #consumptions: Consumptions
  readonly #facts: Facts
  #wanted: [meter: string, grain: Grain, start: number][] = []
  #fetching: Promise<void> | null = null

  /** `earlier`: what was fetched for the same questions before. */
  constructor(plan: Plan, consumptions: Consumptions, now: number, earlier?: Consumptions) {
    this.now = now
    this.#consumptions = consumptions
    if (earlier !== undefined) this.#fetch(consumptions.fetchAgain(earlier))
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
    const begun = performance.now()
    for (;;) {
      while (this.#fetching !== null) await this.#fetching
      const answer = work(this.#facts)
      if (this.#wanted.length === 0) {
        this.tookMs += performance.now() - begun
        return answer
      }
      this.#fetch(this.#fetchWanted())
    }
  }

  #fetch(rows: Promise<void>): void {
    this.#fetching = rows.finally(() => {
      this.#fetching = null
    })
    // Whoever waits for it is told; perhaps nobody does any more.
    this.#fetching.catch(() => {})
  }

  async #fetchWanted(): Promise<void> {
    await this.#consumptions.fetchRows(this.#wanted)
    this.#wanted = []
    this.#facts.memo.settle()
  }
}
