import { setTimeout as wait } from 'node:timers/promises'

/** The time of day, handed in so that a test can have its own. */
export interface Clock {
  now(): number
  /** Resolves after a while, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => wait(ms, undefined, signal && { signal }).catch(() => {}),
}
