import { QUARTER_MS } from '../core/calendar.ts'
import { noise } from './noise.ts'

/** A stretch of whole quarter hours in which something is wrong. */
export interface Stretch {
  readonly start: number
  readonly end: number
  /** Of its own, in [0, 1): how bad it is. */
  readonly draw: number
}

/**
 * Where the stretches of a fault lie. Time is cut into slots, each with at most one stretch, and whether,
 * where and how long follows from the slot's number alone: whoever asks, in whatever order, finds the same.
 */
export class Stretches {
  readonly #stream: number
  readonly #shortest: number
  readonly #longest: number
  readonly #slot: number
  readonly #chance: number
  #last: { n: number; stretch: Stretch | undefined } = { n: -1, stretch: undefined }

  /** `shortest`, `longest` and `slot` in quarter hours; `share` of the time lies in stretches. */
  constructor(stream: number, shortest: number, longest: number, slot: number, share: number) {
    this.#stream = stream
    this.#shortest = shortest
    this.#longest = longest
    this.#slot = slot
    this.#chance = (share * slot * 2) / (shortest + longest)
  }

  /** The stretch that an instant lies in. */
  at(instant: number): Stretch | undefined {
    if (this.#chance === 0) return undefined
    const n = Math.floor(instant / QUARTER_MS / this.#slot)
    if (n !== this.#last.n) this.#last = { n, stretch: this.#inSlot(n) }
    const { stretch } = this.#last
    return stretch !== undefined && instant >= stretch.start && instant < stretch.end ? stretch : undefined
  }

  #inSlot(n: number): Stretch | undefined {
    const draw = (k: number) => noise(this.#stream, n * 4 + k)
    if (draw(0) >= this.#chance) return undefined
    const length = this.#shortest + Math.floor(draw(1) * (this.#longest - this.#shortest + 1))
    const start = (n * this.#slot + Math.floor(draw(2) * (this.#slot - length + 1))) * QUARTER_MS
    return { start, end: start + length * QUARTER_MS, draw: draw(3) }
  }
}
