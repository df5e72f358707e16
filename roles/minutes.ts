import { setTimeout as sleep } from 'node:timers/promises'
import type { Health } from '../api/context.ts'
import type { Logger } from '../log.ts'
import type { FigureSink } from '../store/store.ts'
import { servicePoint } from './service-point.ts'
import type { WatchedSeries } from './watched-series.ts'

const MINUTE_MS = 60_000

export interface MinutesOptions {
  readonly sink: FigureSink
  /** The name of this process among those that write to the store. */
  readonly writer: string
  readonly health: () => Promise<Health>
  /** Of the role `service` alone. */
  readonly watched: WatchedSeries | null
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'error'>
}

/**
 * Writes once a minute what this process knows of itself, for those who read series of the store (docs/series.md). A
 * minute that could not be written is a gap: that it is there says that the process runs.
 */
export class Minutes {
  readonly #options: MinutesOptions
  readonly #ending = new AbortController()
  #loop: Promise<void> = Promise.resolve()

  constructor(options: MinutesOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop = this.#run()
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    await this.#loop
  }

  /** Rejects with what the store rejects with. */
  async write(): Promise<void> {
    const { sink, writer, health, watched, clock } = this.#options
    const now = clock()
    const more = (await watched?.write(now)) ?? {}
    await sink.put([servicePoint(writer, await health(), more, now - (now % MINUTE_MS))])
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#options
    const { signal } = this.#ending
    let failing = false
    while (!signal.aborted) {
      try {
        await this.write()
        if (failing) log.info({}, 'the minutes of the service are written again')
        failing = false
      } catch (error) {
        if (!failing)
          log.error({ err: error }, 'the minutes of the service are not written: a gap in its series')
        failing = true
      }
      await sleep(MINUTE_MS - (clock() % MINUTE_MS), null, { signal }).catch(() => {})
    }
  }
}
