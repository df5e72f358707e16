import { QUARTER_MS } from '../core/calendar.ts'
import type { Meter } from '../core/organisation.ts'
import type { FaultRates } from './fault-rates.ts'
import { noise, streamOf } from './noise.ts'
import { Stretches } from './stretches.ts'

const MINUTE_MS = 60_000
const SHORTEST_DELAY_MS = 5 * MINUTE_MS
const LONGEST_DELAY_MS = 5 * 24 * 60 * MINUTE_MS
const BATCH_MS = 8 * QUARTER_MS

/** When a reading arrives. Of readings that arrive at the same instant the lower `order` comes first. */
export interface Arrival {
  readonly at: number
  readonly order: number
}

/** What happens to readings on their way: they are lost, kept back, mixed up, or sent twice. */
export class Delivery {
  readonly #lost: readonly Stretches[]
  readonly #late: Stretches
  readonly #shuffled: number
  readonly #duplicates: number
  readonly #rates: FaultRates

  constructor(meter: Meter, seed: string, rates: FaultRates) {
    const stream = (fault: string) => streamOf(seed, `${fault} ${meter.id}`)
    this.#lost = [
      // Seven readings lost leave two hours between their neighbours.
      new Stretches(stream('dropouts'), 1, 7, 16, rates.dropouts ?? 0),
      new Stretches(stream('outages'), 8, 288, 1344, rates.outages ?? 0),
    ]
    this.#late = new Stretches(stream('late'), 1, 16, 24, rates.late ?? 0)
    this.#shuffled = stream('shuffled')
    this.#duplicates = stream('duplicates')
    this.#rates = rates
  }

  /** When the reading of an instant arrives: not at all, once, or twice. */
  arrivals(at: number): readonly Arrival[] {
    if (this.#lost.some((stretches) => stretches.at(at) !== undefined)) return []
    const first = this.#first(at)
    const minute = Math.floor(at / MINUTE_MS)
    if (noise(this.#duplicates, minute) >= (this.#rates.duplicates ?? 0)) return [first]
    const again = Math.floor(noise(this.#duplicates, ~minute) * 60) * MINUTE_MS
    return [first, { at: first.at + again, order: first.order }]
  }

  #first(at: number): Arrival {
    const late = this.#late.at(at)
    if (late !== undefined) {
      // What a gateway kept comes all at once. Minutes are as likely as days.
      const delay = SHORTEST_DELAY_MS * (LONGEST_DELAY_MS / SHORTEST_DELAY_MS) ** late.draw
      return { at: late.end + Math.round(delay / 1000) * 1000, order: at }
    }
    const batch = Math.floor(at / BATCH_MS)
    if (noise(this.#shuffled, batch) >= (this.#rates.shuffled ?? 0)) return { at, order: at }
    return { at: (batch + 1) * BATCH_MS, order: noise(this.#shuffled, ~Math.floor(at / MINUTE_MS)) }
  }
}
