import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Changed } from '../aggregate/aggregate.ts'
import { enteredSpans } from '../aggregate/entered-spans.ts'
import { type FiguresBehind, FigureWriter } from '../aggregate/figure-writer.ts'
import { keepForgetting } from '../aggregate/forgetting.ts'
import { ForgottenYears } from '../aggregate/forgotten-years.ts'
import { Schedule } from '../aggregate/schedule.ts'
import { touchChangedMeters } from '../aggregate/settings-change.ts'
import { gather } from '../alerts/gather.ts'
import { Watch } from '../alerts/watch.ts'
import { buildApp } from '../api/app.ts'
import { type Health, rfc3339 } from '../api/context.ts'
import { Stream } from '../api/stream.ts'
import { rulesOf } from '../core/alert-rules.ts'
import type { Entry } from '../core/entry.ts'
import { FactorBook } from '../core/factor.ts'
import { Organisation } from '../core/organisation-index.ts'
import { publishedFactors } from '../core/published-factors.ts'
import { type KeepRules, yearsText } from '../core/retention.ts'
import { FigureSource } from '../figures/figure-source.ts'
import type { Stored } from '../ingest/writer.ts'
import type { Logger } from '../log.ts'
import type { Config } from '../read-config.ts'
import { PublicationFolder } from '../reports/publication-folder.ts'
import { Publications } from '../reports/publications.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import { LatestReadings } from './latest-readings.ts'
import { Notices } from './notices.ts'
import { WarmTargets } from './warm-targets.ts'
import { WatchedSeries } from './watched-series.ts'

/** How often listeners of the stream hear how things stand, milliseconds. */
const HEALTH_EVERY_MS = 5000
/** How often the service looks for what other processes have stored, milliseconds. */
const LOOK_EVERY_MS = 1000
/** The start waits no longer for the store, milliseconds: it takes readings, and says so, without one. */
const BEGIN_MS = 5000

export interface ServiceOptions {
  readonly config: Config
  /** The folder of everything that is kept. */
  readonly data: string
  /** How long readings and hours are kept. */
  readonly keep: KeepRules
  /** SHA-256 of the keys that open the API; empty: everybody may. */
  readonly keys: readonly string[]
  readonly version: string
  readonly webRoot: string
  /** How mail goes out, and who it is from. */
  readonly smtp: Settings['smtp']
  /** The page as those who get notices reach it; empty for the address that HTTP listens on. */
  readonly pageUrl: string
  /** Other processes may write to the store, so nobody tells of everything that comes in. */
  readonly othersWrite: boolean
}

/** The role `service`: aggregation, API and page. */
export class Service {
  readonly #store: Store
  readonly #options: ServiceOptions
  readonly #log: Logger
  readonly #organisation: Organisation
  readonly #source: FigureSource
  readonly #publications: Publications
  readonly #stream = new Stream()
  readonly #latest: LatestReadings
  readonly #forgotten = new ForgottenYears()
  readonly #schedule: Schedule
  /** Where the store is one that others read, as Grafana does, figures are written for them. */
  readonly #figures: FigureWriter | undefined
  readonly #ending = new AbortController()
  readonly #warm: WarmTargets
  #forgetting: Promise<void> | undefined
  #notices: Notices | undefined
  #watch: Watch | undefined
  #beat: NodeJS.Timeout | undefined

  constructor(store: Store, options: ServiceOptions, log: Logger) {
    this.#store = store
    this.#options = options
    this.#log = log
    this.#organisation = new Organisation(options.config.organisation)
    this.#latest = new LatestReadings(this.#organisation)
    const factors = new FactorBook(options.config.factors, publishedFactors)
    this.#source = new FigureSource(store, this.#organisation, factors)
    this.#warm = new WarmTargets(this.#source, options.config.targets, {
      clock: Date.now,
      signal: this.#ending.signal,
    })
    this.#publications = new Publications({
      source: this.#source,
      folder: new PublicationFolder(join(options.data, 'publications')),
      clock: Date.now,
      version: options.version,
      log,
    })
    this.#figures =
      store.figures &&
      new FigureWriter({
        figures: this.#source,
        sink: store.figures,
        targets: options.config.targets,
        clock: Date.now,
        log,
      })
    this.#schedule = new Schedule(store, this.#organisation, log, (changed) => this.#changed(changed), {
      forgotten: this.#forgotten,
      prepare: () => this.#touchChangedMeters(),
      ...(options.othersWrite && { lookEveryMs: LOOK_EVERY_MS }),
      ...(this.#figures !== undefined && { sink: this.#figures }),
    })
  }

  /** How far the series that others read are behind; null where there are none. */
  get figuresBehind(): FiguresBehind | null {
    return this.#figures?.behind ?? null
  }

  /** What goes by the clock of the series that others read; null where there are none. */
  watchedSeries(): WatchedSeries | null {
    const { figures: sink } = this.#store
    if (sink === undefined) return null
    const book = () => this.#notices?.book ?? null
    return new WatchedSeries({ store: this.#store, sink, organisation: this.#organisation, book })
  }

  /** The HTTP side, not listening yet. */
  async buildApp(health: () => Promise<Health>): Promise<FastifyInstance> {
    const { config, data, keys, version, webRoot } = this.#options
    const scratch = join(data, 'scratch')
    const rules = rulesOf(config.alerts)
    const notices = await Notices.open({
      data,
      smtp: this.#options.smtp,
      organisation: this.#organisation,
      rules,
      clock: Date.now,
      log: this.#log,
    })
    this.#notices = notices
    this.#watch = new Watch({
      book: notices.book,
      source: this.#source,
      targets: config.targets,
      rules: config.alerts,
      organisation: this.#organisation,
      clock: Date.now,
      log: this.#log,
      health,
      gather,
    })
    // What a kill has left of answers.
    await rm(scratch, { recursive: true, force: true })
    this.#beat = setInterval(async () => {
      if (this.#stream.listeners > 0) this.#stream.send('health', await health())
    }, HEALTH_EVERY_MS)
    return buildApp(
      {
        store: this.#store,
        figures: this.#source,
        publications: this.#publications,
        organisation: this.#organisation,
        configReadAt: config.readAt,
        targets: config.targets,
        stream: this.#stream,
        alerts: { book: notices.book, subscriptions: notices.subscriptions, rules },
        clock: Date.now,
        scratch,
        health,
        forgottenYears: async () => {
          await this.#forgotten.load(this.#store)
          return this.#forgotten.readings
        },
        wake: () => this.#schedule.wake(),
        entered: (entries) => this.#entered(entries),
      },
      { version, keys, webRoot, logger: this.#log.child({}, { level: 'warn' }) },
    )
  }

  /**
   * Starts the aggregation. Resolves when what the configuration has changed is on its list, or the store
   * is away. `caughtUp`: whether what was in this process's spool at the start is stored.
   */
  async begin(caughtUp: () => boolean): Promise<void> {
    this.#schedule.wake()
    this.#figures?.start()
    // The configuration may have changed, and the program.
    this.#publications.changed()
    this.#forgetting = keepForgetting({
      store: this.#store,
      schedule: this.#schedule,
      forgotten: this.#forgotten,
      keep: this.#options.keep,
      caughtUp,
      clock: Date.now,
      log: this.#log,
      signal: this.#ending.signal,
    })
    await Promise.race([this.#schedule.begun, sleep(BEGIN_MS, null, { ref: false })])
  }

  /** What is wrong is looked for, and notices of it go out, from now on. `broker`: with credentials; null where there is none. */
  beginNotices(broker: string | null, http: string): void {
    const page = this.#options.pageUrl || http
    this.#figures?.pageAt(page)
    this.#notices?.begin(broker, page)
    this.#watch?.start()
    this.#warm.changed()
  }

  /** To be told of what this process itself has stored. */
  stored(stored: Stored): void {
    this.#schedule.wake()
    if (!this.#options.othersWrite) this.#sendLatest(stored.newest.keys(), stored.newest)
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat)
    this.#ending.abort()
    // What it has seen is among the deliveries before the last of these goes out.
    await this.#watch?.stop()
    await Promise.all([
      this.#schedule.stop(),
      this.#figures?.stop(),
      this.#warm.stopped(),
      this.#forgetting,
      this.#publications.stop(),
      this.#notices?.stop(),
    ])
  }

  async #touchChangedMeters(): Promise<void> {
    const meters = await touchChangedMeters(this.#store, this.#organisation, this.#forgotten)
    if (meters.length === 0 || this.#forgotten.readings.length === 0) return
    this.#log.warn(
      { meters, years: yearsText(this.#forgotten.readings) },
      'the settings of meters have changed; the figures of years whose readings are forgotten stay as they were',
    )
  }

  /** What was entered changes figures that were published, and those that others read. */
  #entered(entries: readonly Entry[]): void {
    this.#publications.changed()
    const figures = this.#figures
    if (figures === undefined) return
    for (const { site, span } of enteredSpans(entries, this.#organisation, Date.now())) {
      figures.touch(site, span.start, span.end).catch((error) => {
        this.#log.error({ err: error }, 'figures of what was entered are written after the next start')
      })
    }
  }

  #changed({ meters, from, to }: Changed): void {
    this.#publications.changed()
    this.#warm.changed()
    const sites = new Set(meters.map((meter) => this.#organisation.meters.get(meter)?.site.id as string))
    this.#stream.send('rollups', {
      meters: [...meters],
      sites: [...sites],
      from: rfc3339(from),
      to: rfc3339(to),
    })
    if (this.#options.othersWrite && this.#stream.listeners > 0) void this.#tellOfOthers(meters)
  }

  async #tellOfOthers(meters: readonly string[]): Promise<void> {
    // Where the store has gone meanwhile, the schedule says so.
    const last = await this.#store.lastReadings().catch(() => null)
    if (last !== null) this.#sendLatest(meters, last)
  }

  #sendLatest(meters: Iterable<string>, newest: Parameters<LatestReadings['untold']>[1]): void {
    const rows = this.#latest.untold(meters, newest)
    if (rows.length > 0) this.#stream.send('readings', { rows })
  }
}
