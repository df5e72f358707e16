import { QUARTER_MS } from '../core/calendar.ts'
import { type Meter, readingUnitOf } from '../core/organisation.ts'
import { conversion, dimensionOf, unitSymbols } from '../core/quantity.ts'
import type { FaultRates } from './fault-rates.ts'
import { noise, streamOf } from './noise.ts'
import { Stretches } from './stretches.ts'

const THOUSAND = 1000
const MINUTE_MS = 60_000
/** A clock strays so far at most. */
const CLOCK_MS = 120_000
/** And as slowly as this. */
const CLOCK_TURNS_MS = 10 * 86_400_000
/** The part of the spikes that are zero and not high. */
const ZERO = 0.3

/** What a device says of a value: with the unit, where it states one. */
export interface Said {
  readonly value: number
  readonly unit: string | undefined
}

/** What is wrong with single values and with the clock, whatever the face does. */
export class FaultyValue {
  readonly #meter: Meter
  readonly #rates: FaultRates
  readonly #spikes: Stretches
  readonly #units: number
  readonly #unstated: number
  readonly #clock: number
  readonly #otherUnits: readonly string[]

  constructor(meter: Meter, seed: string, rates: FaultRates) {
    const stream = (fault: string) => streamOf(seed, `${fault} ${meter.id}`)
    const unit = readingUnitOf(meter) as string
    this.#meter = meter
    this.#rates = rates
    this.#spikes = new Stretches(stream('spikes'), 1, 3, 24, rates.spikes ?? 0)
    this.#units = stream('units')
    this.#unstated = stream('unstated-units')
    this.#clock = stream('clock-drift')
    this.#otherUnits = unitSymbols.filter(
      (other) => other !== unit && dimensionOf(other) === dimensionOf(unit),
    )
  }

  /** The instant that the device's clock shows, on a whole second. */
  clock(at: number): number {
    if (noise(this.#clock, 0) >= (this.#rates['clock-drift'] ?? 0)) return at
    const x = at / CLOCK_TURNS_MS
    const n = Math.floor(x)
    const first = noise(this.#clock, n)
    const off = first + (noise(this.#clock, n + 1) - first) * (x - n)
    return at + Math.round(((2 * off - 1) * CLOCK_MS) / 1000) * 1000
  }

  /** What is said of a value, in thousandths of the meter's unit. `multiplier` is that of the register in place. */
  say(at: number, thousandths: number, multiplier: number): Said {
    // Of what is read by the minute, the readings on the quarter hour.
    if (at % QUARTER_MS === 0) {
      const spike = this.#spikes.at(at)
      if (spike !== undefined)
        return { value: this.#spike(thousandths, multiplier, spike.draw), unit: undefined }
    }
    const value = thousandths / THOUSAND
    const minute = Math.floor(at / MINUTE_MS)
    if (noise(this.#unstated, minute) < (this.#rates['unstated-units'] ?? 0)) {
      return { ...this.#otherUnit(value, noise(this.#unstated, ~minute)), unit: undefined }
    }
    if (noise(this.#units, minute) < (this.#rates.units ?? 0)) {
      return this.#otherUnit(value, noise(this.#units, ~minute))
    }
    return { value, unit: undefined }
  }

  #spike(thousandths: number, multiplier: number, draw: number): number {
    if (draw < ZERO) return 0
    const { limitPerHour, register, gauge } = this.#meter
    const high = 3 + 60 * ((draw - ZERO) / (1 - ZERO))
    const value = thousandths / THOUSAND
    if (gauge !== undefined) return (limitPerHour ?? value + 1) * high
    // More than could be used in hours.
    const wrong = value + (limitPerHour === undefined ? value + 1 : limitPerHour / multiplier) * high
    return Math.min(Math.round(wrong * THOUSAND) / THOUSAND, 10 ** (register?.digits ?? 15) - 1)
  }

  #otherUnit(value: number, draw: number): Said {
    const unit = this.#otherUnits[Math.floor(draw * this.#otherUnits.length)]
    const from = readingUnitOf(this.#meter) as string
    return unit === undefined
      ? { value, unit }
      : { value: Number((value * (conversion(from, unit) as number)).toPrecision(12)), unit }
  }
}
