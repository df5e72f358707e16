import { readingUnitOf } from '../core/organisation.ts'
import { type Batch, history, pastOf, topicOf } from './history.ts'
import type { Shown, SiteMeters } from './meter.ts'

/** A site that tells what its meters show, always forwards. */
export interface TellingSite {
  /** All that is still to be told up to `now`, and about how many readings it will be. */
  past(now: number): { readonly readings: number; readonly batches: Iterable<Batch> }
  /** What is to be told at a full minute. */
  minute(at: number): Iterable<Batch>
}

/** A site whose meters have no faults: each reading is sent once, at once, and as it is. */
export class CleanSite implements TellingSite {
  readonly #meters: SiteMeters
  /** By meter: the first instant not sent yet. */
  readonly #next: number[]

  constructor(meters: SiteMeters, next: readonly number[]) {
    this.#meters = meters
    this.#next = [...next]
  }

  past(now: number) {
    const past = pastOf(this.#meters, [...this.#next], now)
    return { readings: past.readings, batches: this.#noted(history(this.#meters, past)) }
  }

  *minute(at: number): Generator<Batch> {
    const meters = this.#meters
    meters.walkTo(at)
    for (const [m, meter] of meters.meters.entries()) {
      if (at < (this.#next[m] as number)) continue
      this.#next[m] = at + 1
      const last: Shown = { at, thousandths: meters.counted(m, at) }
      const reading = {
        at: new Date(at).toISOString(),
        value: meters.value(m, at),
        unit: readingUnitOf(meter),
      }
      yield {
        meter: meter.id,
        topic: topicOf(meters, meter.id),
        payload: JSON.stringify(reading),
        count: 1,
        last,
      }
    }
  }

  *#noted(batches: Iterable<Batch>): Generator<Batch> {
    for (const batch of batches) {
      this.#next[this.#meters.meters.findIndex(({ id }) => id === batch.meter)] = batch.last.at + 1
      yield batch
    }
  }
}
