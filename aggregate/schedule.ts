import { setTimeout as sleep } from 'node:timers/promises'
import type { Organisation } from '../core/organisation-index.ts'
import type { Store } from '../store/store.ts'
import { aggregateOnce, type Changed, type RollupSink } from './aggregate.ts'

/** After a run, what arrives meanwhile is gathered for so long: the same hour is not re-rolled for every reading in it. */
const GATHER_MS = 200

/** What the schedule needs of a log. */
interface Log {
  error(details: object, message: string): void
}

/** Runs the aggregation whenever windows wait: one run at a time, at once when told, after a pause when the store failed. */
export class Schedule {
  readonly #store: Store
  readonly #organisation: Organisation
  readonly #log: Log
  readonly #onChanged: (changed: Changed) => void
  readonly #sink: RollupSink
  #running: Promise<void> | null = null
  #again = false
  readonly #ending = new AbortController()
  #timer: NodeJS.Timeout | undefined

  constructor(
    store: Store,
    organisation: Organisation,
    log: Log,
    onChanged: (changed: Changed) => void,
    sink: RollupSink = store,
  ) {
    this.#store = store
    this.#organisation = organisation
    this.#log = log
    this.#onChanged = onChanged
    this.#sink = sink
  }

  /** There is something to do. */
  wake(): void {
    this.#again = true
    if (this.#running === null && !this.#stopped()) this.#running = this.#run()
  }

  /** Ends after the run under way. What still waits is done after the next start. */
  async stop(): Promise<void> {
    this.#ending.abort()
    clearTimeout(this.#timer)
    await this.#running
  }

  #stopped(): boolean {
    return this.#ending.signal.aborted
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#stopped()) {
        this.#again = false
        const changed = await aggregateOnce(
          this.#store,
          this.#organisation,
          () => this.#stopped(),
          this.#sink,
        )
        if (changed === null) continue
        this.#again = true
        this.#onChanged(changed)
        await sleep(GATHER_MS, null, { signal: this.#ending.signal }).catch(() => {})
      }
    } catch (error) {
      this.#log.error({ err: error }, 'the aggregation failed; it is tried again in 5 s')
      if (!this.#stopped()) this.#timer = setTimeout(() => this.wake(), 5000)
    } finally {
      this.#running = null
    }
  }
}
