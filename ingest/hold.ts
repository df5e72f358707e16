import { setTimeout as sleep } from 'node:timers/promises'
import { Outage } from '../core/outage.ts'
import { StoreUnavailable } from '../store/store.ts'
import type { Log } from './log.ts'

/** Why something can't go on at the moment. */
export interface Held {
  /** `held`: somebody has to change something first. `busy`: it will probably go on by itself. */
  readonly state: 'held' | 'busy'
  /** One sentence for a person. */
  readonly error: string
  /** Since when, epoch milliseconds. */
  readonly since: number
}

export interface HoldOptions {
  /** What refuses, for the log. */
  readonly place: string
  readonly log: Log
  /** Ends the trying. */
  readonly signal: AbortSignal
  /** The first wait, milliseconds; doubled up to 64 times that. */
  readonly retryMs: number
}

/** No wait is longer, whatever a store asks for: who mends it should see it go on. */
const LONGEST_MS = 5 * 60_000

/** Tries things again and again until they are done. The log has a line when that begins, every ten minutes, and when it goes on. */
export class Hold {
  readonly #options: HoldOptions
  readonly #outage = new Outage()
  #held: Held | null = null

  constructor(options: HoldOptions) {
    this.#options = options
  }

  /** Null while nothing is held up. */
  get held(): Held | null {
    return this.#held
  }

  /** True when it is done, false when the signal came before. `what` begins a sentence of the log. */
  async until(what: string, attempt: () => Promise<void>): Promise<boolean> {
    const { place, log, signal, retryMs } = this.#options
    for (let failures = 0; ; failures += 1) {
      try {
        await attempt()
        const failed = this.#outage.over()
        if (failed > 0) log.warn({ place, failures: failed }, `${what} goes on`)
        this.#held = null
        return true
      } catch (caught) {
        const now = Date.now()
        const { code: state, retryAfterMs } =
          caught instanceof StoreUnavailable ? caught : { code: 'busy' as const, retryAfterMs: undefined }
        if (this.#outage.failed(state, now))
          log.error({ err: caught, place, state }, `${what} is held; nothing is lost`)
        const error = caught instanceof Error ? caught.message : String(caught)
        this.#held = { state, error, since: this.#outage.since ?? now }
        const wait = waitMs(failures, retryMs, retryAfterMs, Math.random())
        await sleep(wait, null, { signal }).catch(() => {})
        if (signal.aborted) return false
      }
    }
  }
}

/**
 * How long to wait after a failure, milliseconds: never shorter than the store asked for, and spread by
 * `random` (0..1), so that not all who wait for it come back at once.
 */
export function waitMs(
  failures: number,
  retryMs: number,
  retryAfterMs: number | undefined,
  random: number,
): number {
  const own = retryMs * 2 ** Math.min(failures, 6) * (0.5 + random / 2)
  const asked = retryAfterMs === undefined ? 0 : retryAfterMs + own
  return Math.min(LONGEST_MS, Math.max(own, asked))
}
