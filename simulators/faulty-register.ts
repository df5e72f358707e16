import { DAY_MS, QUARTER_MS } from '../core/calendar.ts'
import type { Occurrence } from '../core/meter-event.ts'
import type { Meter } from '../core/organisation.ts'
import type { FaultRates } from './fault-rates.ts'
import { noise, streamOf } from './noise.ts'

const THOUSAND = 1000
const QUARTERS_A_DAY = DAY_MS / QUARTER_MS
/** Of a meter without a limit: the units of its face until it rolls over. */
const UNTIL_ROLLOVER = 500
/** What a new register's multiplier is, as a multiple of the old one's. */
const OTHER_MULTIPLIERS = [1, 1, 2, 0.5]

/**
 * The face of a register that begins near the end of its digits, falls back to 0, or is replaced. Its
 * events lie on quarter hours and need the count of that very instant, so it is shown every quarter hour.
 */
export class FaultyRegister {
  readonly #meter: Meter
  readonly #modulus: number
  readonly #rollover: number
  readonly #resets: { readonly stream: number; readonly chance: number }
  readonly #replacements: { readonly stream: number; readonly chance: number }
  /** The count at which the face began at `#opening`. */
  #base: number | undefined
  #opening = 0
  #multiplier: number

  constructor(meter: Meter, seed: string, rates: FaultRates) {
    const { digits = 15, multiplier = 1 } = meter.register ?? {}
    this.#meter = meter
    this.#multiplier = multiplier
    this.#modulus = digits <= 12 ? 10 ** digits * THOUSAND : Number.POSITIVE_INFINITY
    this.#resets = { stream: streamOf(seed, `resets ${meter.id}`), chance: rates.resets ?? 0 }
    this.#replacements = {
      stream: streamOf(seed, `replacements ${meter.id}`),
      chance: rates.replacements ?? 0,
    }
    const stream = streamOf(seed, `rollovers ${meter.id}`)
    this.#rollover = noise(stream, 0) < (rates.rollovers ?? 0) ? noise(stream, 1) : Number.NaN
  }

  /** Units of consumption per unit of the face that hangs there now. */
  get multiplier(): number {
    return this.#multiplier
  }

  /** Whole thousandths of the face at an instant, from what was counted in thousandths of the first register's. */
  show(at: number, counted: number, record: (occurrence: Occurrence) => void): number {
    if (this.#base === undefined) this.#begin(counted)
    else if (at % QUARTER_MS === 0) {
      const quarter = at / QUARTER_MS
      if (this.#falls(this.#replacements, quarter)) this.#replace(at, counted, record)
      if (this.#falls(this.#resets, quarter)) {
        // Half of them just before the reading is taken, half just after.
        const shown = this.#face(counted)
        this.#base = counted
        this.#opening = 0
        return noise(this.#resets.stream, -1 - quarter) < 0.5 ? 0 : shown
      }
    }
    return this.#face(counted)
  }

  #begin(counted: number): void {
    this.#base = counted
    this.#opening = counted
    if (Number.isNaN(this.#rollover) || this.#modulus === Number.POSITIVE_INFINITY) return
    // Somewhere within what it counts in its first days.
    const { limitPerHour } = this.#meter
    const days = limitPerHour === undefined ? UNTIL_ROLLOVER : (limitPerHour / this.#multiplier) * 24 * 4
    const left = Math.ceil(Math.min(days * THOUSAND, this.#modulus / 2) * this.#rollover)
    this.#opening = this.#modulus - left
  }

  #replace(at: number, counted: number, record: (occurrence: Occurrence) => void): void {
    const { stream } = this.#replacements
    const draw = (k: number) => noise(stream, -(at / QUARTER_MS) * 4 - k)
    const closing = this.#face(counted) / THOUSAND
    this.#base = counted
    this.#opening = Math.floor(draw(1) * 200) * THOUSAND
    this.#multiplier *= OTHER_MULTIPLIERS[Math.floor(draw(2) * OTHER_MULTIPLIERS.length)] as number
    const opening = this.#opening / THOUSAND
    record({ kind: 'replacement', meter: this.#meter.id, at, closing, opening, multiplier: this.#multiplier })
  }

  #face(counted: number): number {
    const perThousandth = (this.#meter.register?.multiplier ?? 1) / this.#multiplier
    const face = this.#opening + Math.floor((counted - (this.#base as number)) * perThousandth)
    return face % this.#modulus
  }

  /** At most one quarter hour of a day. */
  #falls({ stream, chance }: { stream: number; chance: number }, quarter: number): boolean {
    if (chance === 0) return false
    const day = Math.floor(quarter / QUARTERS_A_DAY)
    return (
      noise(stream, day * 2) < chance &&
      quarter % QUARTERS_A_DAY === Math.floor(noise(stream, day * 2 + 1) * QUARTERS_A_DAY)
    )
  }
}
