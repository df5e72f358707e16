import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from '../core/target-file.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import { aimOf, standing } from '../figures/standing.ts'

/** A run of the aggregation is mostly followed by another one. */
const CALM_MS = 300
/** Of the time at most this part goes into what perhaps nobody asks for. */
const MOST_SHARE = 0.05

/**
 * Reckons where the targets stand after figures have changed, so that whoever opens the page finds it done:
 * at once when the last time is long enough ago for what it took, otherwise it is left to whoever asks.
 */
export class WarmTargets {
  readonly #source: FigureSource
  readonly #targets: readonly Target[]
  readonly #clock: () => number
  readonly #signal: AbortSignal
  #notBefore = 0
  #running: Promise<void> | null = null

  constructor(
    source: FigureSource,
    targets: readonly Target[],
    { clock, signal }: { readonly clock: () => number; readonly signal: AbortSignal },
  ) {
    this.#source = source
    this.#targets = targets
    this.#clock = clock
    this.#signal = signal
  }

  /** Figures have changed, or nothing was reckoned yet. */
  changed(): void {
    if (this.#running !== null || this.#clock() < this.#notBefore) return
    // Where the store is away, those who ask are told so.
    this.#running = this.#reckon()
      .catch(() => {})
      .finally(() => {
        this.#running = null
      })
  }

  /** Resolves when nothing of it is under way; the signal must have been given. */
  async stopped(): Promise<void> {
    await this.#running
  }

  async #reckon(): Promise<void> {
    await sleep(CALM_MS, null, { signal: this.#signal })
    // While more is to come, all that the machine can do is for that; its end is told too.
    if ((await this.#source.store.touchedWaiting()).windows > 0) return
    const begun = this.#clock()
    const reckoner = await this.#source.reckoner(begun)
    for (const target of this.#targets) {
      if (this.#signal.aborted) return
      const aim = aimOf(target, this.#source.organisation)
      await standing(this.#source, target, aim, aim.calendar.yearAt(begun), reckoner)
    }
    this.#notBefore = this.#clock() + (this.#clock() - begun) / MOST_SHARE
  }
}
