import { setTimeout as sleep } from 'node:timers/promises'
import type { Organisation } from '../core/organisation-index.ts'
import { Outage } from '../core/outage.ts'
import { type Store, StoreUnavailable } from '../store/store.ts'
import { aggregateOnce, type Changed, type RollupSink } from './aggregate.ts'
import { ForgottenYears } from './forgotten-years.ts'

/** After a run, what arrives meanwhile is gathered for so long: the same hour is not re-rolled for every reading in it. */
const GATHER_MS = 200
/** After a failed run the next begins no earlier, and, whatever the store asks for, no later. */
const RETRY_MS = 5000
const LONGEST_MS = 5 * 60_000

/** What the schedule needs of a log. */
interface Log {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface ScheduleOptions {
  /** The years whose figures are left alone. */
  readonly forgotten?: ForgottenYears
  /** Done once, before the first run; tried again with it where it fails. */
  readonly prepare?: () => Promise<void>
  /** Looks by itself so often, milliseconds, for what other processes have touched; without it only when woken. */
  readonly lookEveryMs?: number
  /** Where rollups are put; the store itself unless something stands in front of it. */
  readonly sink?: RollupSink
}

/** Runs the aggregation whenever windows wait: one run at a time, at once when told, after a pause when the store failed. */
export class Schedule {
  /** Resolves when `prepare` was first tried, done or not. */
  readonly begun: Promise<void>
  readonly #store: Store
  readonly #organisation: Organisation
  readonly #forgotten: ForgottenYears
  readonly #log: Log
  readonly #onChanged: (changed: Changed) => void
  readonly #sink: RollupSink
  readonly #lookEveryMs: number | undefined
  readonly #outage = new Outage()
  readonly #ending = new AbortController()
  #prepare: (() => Promise<void>) | undefined
  #running: Promise<void> | null = null
  /** Resolves when what was last given to `between` has ended; null where nothing is under way. */
  #last: Promise<void> | null = null
  #again = false
  #wakeUp = (): void => {}
  #hasBegun = (): void => {}

  constructor(
    store: Store,
    organisation: Organisation,
    log: Log,
    onChanged: (changed: Changed) => void,
    { forgotten = new ForgottenYears(), prepare, lookEveryMs, sink = store }: ScheduleOptions = {},
  ) {
    this.#store = store
    this.#organisation = organisation
    this.#forgotten = forgotten
    this.#log = log
    this.#onChanged = onChanged
    this.#prepare = prepare
    this.#lookEveryMs = lookEveryMs
    this.begun = new Promise((resolve) => {
      this.#hasBegun = resolve
    })
    this.#sink = sink
  }

  /** There is something to do. */
  wake(): void {
    this.#again = true
    this.#wakeUp()
    if (!this.#stopped()) this.#running ??= this.#run()
  }

  /** Does something while no run is under way; none begins before it has ended. */
  between<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last === null ? work() : this.#last.then(work)
    const ended: Promise<void> = turn
      .catch(() => {})
      .then(() => {
        if (this.#last === ended) this.#last = null
      })
    this.#last = ended
    return turn
  }

  /** Ends after the run under way. What still waits is done after the next start. */
  async stop(): Promise<void> {
    this.#ending.abort()
    this.#wakeUp()
    await this.#running
  }

  #stopped(): boolean {
    return this.#ending.signal.aborted
  }

  async #run(): Promise<void> {
    while (!this.#stopped()) {
      this.#again = false
      const restMs = await this.#once().catch((error) => this.#failed(error))
      if (restMs > 0) await sleep(restMs, null, { signal: this.#ending.signal }).catch(() => {})
      else if (!this.#again && !this.#stopped()) await this.#idle()
    }
  }

  /** Answers how long to rest, milliseconds; 0 where nothing waits. */
  async #once(): Promise<number> {
    await this.#prepare?.()
    this.#prepare = undefined
    this.#hasBegun()
    const changed = await this.between(() =>
      aggregateOnce(this.#store, this.#organisation, {
        forgotten: this.#forgotten,
        stopped: () => this.#stopped(),
        sink: this.#sink,
      }),
    )
    const failures = this.#outage.over()
    if (failures > 0) this.#log.warn({ failures }, 'the aggregation goes on')
    if (changed === null) return 0
    if (changed.inForgottenYears > 0) {
      this.#log.warn(
        { windows: changed.inForgottenYears },
        'readings came of years that are forgotten; their figures stay as they were',
      )
    }
    this.#onChanged(changed)
    return GATHER_MS
  }

  #failed(error: unknown): number {
    this.#hasBegun()
    const { code, retryAfterMs = 0 } =
      error instanceof StoreUnavailable ? error : { code: 'failed', retryAfterMs: 0 }
    if (this.#outage.failed(code, Date.now()))
      this.#log.error({ err: error }, 'the aggregation failed; it is tried again and again')
    return Math.min(LONGEST_MS, Math.max(RETRY_MS, retryAfterMs))
  }

  #idle(): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#lookEveryMs === undefined ? undefined : setTimeout(resolve, this.#lookEveryMs)
      this.#wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
