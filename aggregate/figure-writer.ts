import { setTimeout as sleep } from 'node:timers/promises'
import { QUARTER_MS, type Span } from '../core/calendar.ts'
import { type Organisation, sitesOf } from '../core/organisation-index.ts'
import type { Rollup } from '../core/rollup.ts'
import type { Target } from '../core/target-file.ts'
import type { FigureSource, Reckoner } from '../figures/figure-source.ts'
import { listedPoints, pagePoint } from '../figures/listed-points.ts'
import { aimOf, standing } from '../figures/standing.ts'
import { targetPoints } from '../figures/target-points.ts'
import { type FigureSink, type Store, StoreUnavailable, type TouchedWindow } from '../store/store.ts'
import type { RollupSink } from './aggregate.ts'
import { changedSites, sitesWithRollups } from './changed-sites.ts'
import { DirtyMonths } from './dirty-months.ts'
import { dirtyScopes, type Grains } from './dirty-scopes.ts'
import { enteredSpans } from './entered-spans.ts'
import { FigureMark } from './figure-mark.ts'
import { type FigurePlan, planOf, withdrawn } from './figure-plan.ts'
import { FreeCoolingYears } from './free-cooling-years.ts'
import { scopeFigures } from './scope-figures.ts'
import { siteFigures } from './site-figures.ts'

/** What changes meanwhile is written together. */
const GATHER_MS = 5000
/** Every month enters its year and the verdicts; while a long history is written, these are written no more often. */
const SUM_UP_EVERY_MS = 120_000
const PLAN = 'figures-plan'

export interface FigureWriterOptions {
  readonly figures: FigureSource
  readonly sink: FigureSink
  readonly targets: readonly Target[]
  readonly clock: () => number
  readonly log: {
    info(details: object, message: string): void
    error(details: object, message: string): void
  }
}

export interface FiguresBehind {
  /** Months of sites that are to be written, and 1 where verdicts are. */
  readonly waiting: number
  /** Since when something waits; 0 where nothing does. */
  readonly seconds: number
}

/**
 * Keeps the series that others read (docs/series.md) as the API would answer. It stands in front of the
 * store where rollups are put, so that nothing changes unnoticed, and writes a moment later, newest first,
 * for at most three quarters of the time. A kill is mended at the next start, from the mark on.
 */
export class FigureWriter implements RollupSink {
  readonly #source: FigureSource
  readonly #store: Store
  readonly #figures: FigureSink
  readonly #organisation: Organisation
  readonly #targets: readonly Target[]
  readonly #clock: () => number
  readonly #log: FigureWriterOptions['log']
  readonly #plan: FigurePlan
  readonly #mark: FigureMark
  readonly #dirty = new DirtyMonths()
  /** By site, what has changed of months and years, and of the verdicts on them, that are not written yet. */
  readonly #unsummed = new Map<string, Span[]>()
  readonly #freeCooling: FreeCoolingYears
  #summedUpAt = Number.NEGATIVE_INFINITY
  /** Rollups that are just being put: marked, and not dirty yet. */
  #underWay = 0
  /** Running spans are as of then; null before the first look at what the last start left. */
  #refreshed: number | null = null
  #planKept = false
  /** Where the page is, until it is written. */
  #page: string | null = null
  /** Since when something was not written; null where all is. */
  #behindSince: number | null = null
  readonly #ending = new AbortController()
  #loop: Promise<void> = Promise.resolve()

  constructor({ figures, sink, targets, clock, log }: FigureWriterOptions) {
    const { store, organisation } = figures
    this.#source = figures
    this.#store = store
    this.#figures = sink
    this.#organisation = organisation
    this.#targets = targets
    this.#clock = clock
    this.#log = log
    this.#plan = planOf(figures, targets)
    this.#mark = new FigureMark(store)
    this.#freeCooling = new FreeCoolingYears(organisation)
  }

  /** How far the series are behind what is known; null before the first look at what the last start left. */
  get behind(): FiguresBehind | null {
    if (this.#refreshed === null) return null
    const since = this.#behindSince
    const waiting = this.#dirty.waiting + this.#underWay + (this.#unsummed.size > 0 ? 1 : 0)
    return { waiting, seconds: since === null ? 0 : Math.max(0, this.#clock() - since) / 1000 }
  }

  start(): void {
    this.#loop = this.#run()
  }

  /** Ends after the scope under way. What is dirty then is written after the next start. */
  async stop(): Promise<void> {
    this.#ending.abort()
    await this.#loop
  }

  /** Where the page is, for links of others into it. */
  pageAt(address: string): void {
    this.#page = address
  }

  /** Figures of a site in a span have changed for another reason than its readings. */
  async touch(site: string, from: number, to: number): Promise<void> {
    this.#underWay += 1
    this.#behindSince ??= this.#clock()
    try {
      await this.#mark.lower(from)
    } finally {
      this.#dirty.add(site, from, to)
      this.#underWay -= 1
    }
  }

  async putRollups(rollups: readonly Rollup[], settled: readonly TouchedWindow[]): Promise<void> {
    const changed = changedSites(rollups, this.#organisation)
    this.#underWay += 1
    this.#behindSince ??= this.#clock()
    try {
      if (changed.length > 0) await this.#mark.lower(Math.min(...changed.map(({ from }) => from)))
      await this.#store.putRollups(rollups, settled)
    } finally {
      // Where it failed as well: a part of it may be there.
      for (const { site, from, to } of changed) this.#dirty.add(site, from, to)
      this.#underWay -= 1
    }
  }

  /**
   * Writes the newest month of what is dirty, and resolves to whether more is. Rejects with what the store
   * rejects with; what was not written stays dirty.
   */
  async write(): Promise<boolean> {
    const now = this.#clock()
    this.#refreshed ??= await this.#takeUp(now)
    if (this.#page !== null) await this.#writePage(this.#page)
    if (!this.#clean()) this.#behindSince ??= now
    // Spans begin, and the coverage of running ones falls, where no reading comes as well.
    if (now - this.#refreshed >= QUARTER_MS) {
      for (const site of this.#organisation.sites.keys()) this.#dirty.add(site, this.#refreshed, now)
      this.#refreshed = now - (now % QUARTER_MS)
    }
    const changed = this.#dirty.take()
    const isLast = this.#dirty.empty
    if (changed !== undefined) {
      const whole = await this.#writeMonth(changed).catch((error) => {
        this.#putBack(changed)
        throw error
      })
      if (!whole) this.#putBack(changed)
    }
    if (this.#dirty.empty || performance.now() - this.#summedUpAt >= SUM_UP_EVERY_MS) {
      await this.#sumUp(now)
      await this.#freeCooling.write(this.#source, this.#figures, now)
    }
    if (!this.#clean()) {
      // Where something always comes: what waits now has come meanwhile.
      if (isLast && this.#unsummed.size === 0 && this.#freeCooling.empty) this.#behindSince = now
      return true
    }
    if (!this.#planKept) await this.#store.putNote(PLAN, JSON.stringify(this.#plan))
    this.#planKept = true
    await this.#mark.raise(now, () => this.#clean())
    if (this.#clean()) this.#behindSince = null
    return false
  }

  async #run(): Promise<void> {
    let failing = false
    let pauseMs = GATHER_MS
    for (;;) {
      await sleep(pauseMs, null, { signal: this.#ending.signal }).catch(() => {})
      if (this.#stopped()) return
      const begun = performance.now()
      try {
        const more = await this.write()
        // A long history leaves others a quarter of the time.
        pauseMs = more ? (performance.now() - begun) / 3 : GATHER_MS
        if (failing) this.#log.info({}, 'figures are written again')
        failing = false
      } catch (error) {
        if (!failing) this.#log.error({ err: error }, 'figures are not written; it is tried on and on')
        failing = true
        pauseMs = Math.max(GATHER_MS, (error instanceof StoreUnavailable && error.retryAfterMs) || 0)
      }
    }
  }

  /** What the last start left to do. Answers the instant that running spans are as of. */
  async #takeUp(now: number): Promise<number> {
    const kept = await this.#store.getNote(PLAN)
    this.#planKept = kept === JSON.stringify(this.#plan)
    if (!this.#planKept) await this.#mark.reset()
    const { since, first } = await this.#mark.read()
    if (since !== null) return since
    if (kept !== null && !this.#planKept && first < now) {
      for (const points of withdrawn(JSON.parse(kept) as FigurePlan, this.#plan, first, now))
        await this.#figures.put(points)
    }
    await this.#figures.put(listedPoints(this.#organisation))
    for (const { site, from } of await sitesWithRollups(this.#store, this.#organisation, now))
      this.#dirty.add(site, from, now)
    // What is known of a year before the first reading is what was entered, of no day of it by itself.
    for (const { site, span } of enteredSpans(await this.#store.entries(), this.#organisation, now))
      this.#dirty.add(site, span.start, span.start + 1)
    // What has no readings yet has targets all the same.
    return now - QUARTER_MS
  }

  /** False where it was told to stop on the way. */
  async #writeMonth(changed: ReadonlyMap<string, Span>): Promise<boolean> {
    const now = this.#clock()
    const spans = new Map([...changed].map(([site, span]) => [site, [span]]))
    if (!(await this.#writeFigures(spans, 'hours and days', now))) return false
    for (const [site, span] of changed) this.#unsummed.set(site, [...(this.#unsummed.get(site) ?? []), span])
    this.#freeCooling.note(changed, now)
    return true
  }

  /** False where it was told to stop on the way. */
  async #writeFigures(
    changed: ReadonlyMap<string, readonly Span[]>,
    grains: Grains,
    now: number,
  ): Promise<boolean> {
    const scopes = dirtyScopes(this.#organisation, changed, now, grains)
    for await (const points of scopeFigures(this.#source, scopes, now)) {
      await this.#figures.put(points)
      if (this.#stopped()) return false
    }
    for await (const points of siteFigures(this.#store, this.#organisation, changed, now, grains)) {
      await this.#figures.put(points)
      if (this.#stopped()) return false
    }
    return true
  }

  /** Months, years and verdicts. */
  async #sumUp(now: number): Promise<void> {
    if (this.#unsummed.size === 0 || !(await this.#writeFigures(this.#unsummed, 'months and years', now)))
      return
    const reckoner = await this.#source.reckoner(now)
    for (const target of this.#targets) {
      await this.#writeTarget(target, now, reckoner)
      if (this.#stopped()) return
    }
    this.#unsummed.clear()
    this.#summedUpAt = performance.now()
  }

  /** A year's figures enter the verdicts of the years after it as well. */
  async #writeTarget(target: Target, now: number, reckoner: Reckoner): Promise<void> {
    const aim = aimOf(target, this.#organisation)
    const years = sitesOf(aim.scope).flatMap(({ site, calendar }) =>
      (this.#unsummed.get(site.id) ?? []).map(({ start }) => calendar.yearAt(start)),
    )
    if (years.length === 0) return
    const running = aim.calendar.yearAt(now)
    for (let year = Math.min(running, ...years); year <= running; year += 1) {
      const seen = await standing(this.#source, target, aim, year, reckoner)
      await this.#figures.put(targetPoints(target, aim, year, seen))
    }
  }

  async #writePage(address: string): Promise<void> {
    await this.#figures.put([pagePoint(address)])
    if (this.#page === address) this.#page = null
  }

  #putBack(changed: ReadonlyMap<string, Span>): void {
    for (const [site, { start, end }] of changed) this.#dirty.add(site, start, end)
  }

  #clean(): boolean {
    return this.#dirty.empty && this.#underWay === 0 && this.#unsummed.size === 0 && this.#freeCooling.empty
  }

  #stopped(): boolean {
    return this.#ending.signal.aborted
  }
}
