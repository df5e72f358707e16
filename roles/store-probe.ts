import { setTimeout as sleep } from 'node:timers/promises'
import { type Store, StoreUnavailable } from '../store/store.ts'
import type { StoreTrouble, Waiting } from './health.ts'

/** The health call waits no longer for the store, milliseconds. */
const LONGEST_MS = 800

/** What a question to the store has come to. */
interface Found {
  readonly waiting: Waiting | null
  readonly trouble: StoreTrouble | null
}

/**
 * Asks the store for the health call, one question at a time: a store that hangs is not asked again
 * before it has answered, and nobody waits for it longer than a second.
 */
export class StoreProbe {
  readonly #store: Store
  readonly #ask: (store: Store) => Promise<Waiting | null>
  #asked: { readonly at: number; readonly found: Promise<Found> } | null = null

  constructor(store: Store, ask: (store: Store) => Promise<Waiting | null>) {
    this.#store = store
    this.#ask = ask
  }

  /** Never rejects. */
  async look(): Promise<Found> {
    this.#asked ??= this.#question()
    const { at, found } = this.#asked
    const rest = Math.max(0, at + LONGEST_MS - performance.now())
    const late = new AbortController()
    const answered = await Promise.race([found, sleep(rest, null, { signal: late.signal }).catch(() => null)])
    late.abort()
    if (answered !== null) return answered
    const seconds = ((performance.now() - at) / 1000).toFixed(1)
    const error = `${this.#store.name} has not answered for ${seconds} s`
    return { waiting: null, trouble: { state: 'busy', error } }
  }

  #question(): { readonly at: number; readonly found: Promise<Found> } {
    const found = this.#ask(this.#store).then(
      (waiting) => ({ waiting, trouble: null }),
      (error: Error) => {
        const state = error instanceof StoreUnavailable ? error.code : 'busy'
        return { waiting: null, trouble: { state, error: error.message } as const }
      },
    )
    void found.then(() => {
      this.#asked = null
    })
    return { at: performance.now(), found }
  }
}

/** What the service says of the store; `unstored` tells what the spool still has of it. */
export async function whatWaits(store: Store, unstored: () => number): Promise<Waiting> {
  const before = unstored()
  const [quarantine, waiting] = await Promise.all([store.quarantineCount(), store.touchedWaiting()])
  return { quarantine, ...waiting, unstored: before }
}

/** Whether the store answers at all: the least that can be asked of it. */
export async function whetherItAnswers(store: Store): Promise<null> {
  await store.getNote('health')
  return null
}
