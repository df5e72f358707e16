import type { Occurrence } from '../core/meter-event.ts'
import type { Meter } from '../core/organisation.ts'
import { type Arrival, Delivery } from './delivery.ts'
import type { FaultRates } from './fault-rates.ts'
import { FaultyRegister } from './faulty-register.ts'
import { FaultyValue } from './faulty-value.ts'
import { streamOf } from './noise.ts'
import { type Stretch, Stretches } from './stretches.ts'

/** A reading as it truly is. */
export interface TrueReading {
  readonly at: number
  /** What a register has counted, or a gauge's power or flow, in thousandths of the meter's unit. */
  readonly thousandths: number
}

/** A reading as it is sent. */
export interface SentReading {
  readonly meter: string
  /** As the device states it. */
  readonly at: number
  readonly value: number
  /** Undefined where the device states none. */
  readonly unit: string | undefined
  readonly arrival: Arrival
}

/**
 * A meter with the faults of real ones, between what it truly measured and what arrives of it. What goes
 * wrong follows from seed, meter, fault and time alone, so the same year can be told again, in other
 * portions, with the same faults.
 *
 * Readings are taken in order of time, every quarter hour and as many in between as there are.
 */
export class FaultyMeter {
  /** What was done to the meter and is on record, in order of time. */
  readonly occurrences: Occurrence[] = []
  readonly #meter: Meter
  readonly #register: FaultyRegister | undefined
  readonly #value: FaultyValue
  readonly #delivery: Delivery
  readonly #stuck: Stretches
  #held: { readonly stretch: Stretch; readonly thousandths: number; readonly multiplier: number } | undefined

  constructor(meter: Meter, seed: string, rates: FaultRates) {
    this.#meter = meter
    this.#register = meter.register && new FaultyRegister(meter, seed, rates)
    this.#value = new FaultyValue(meter, seed, rates)
    this.#delivery = new Delivery(meter, seed, rates)
    this.#stuck = new Stretches(streamOf(seed, `stuck ${meter.id}`), 2, 24, 96, rates.stuck ?? 0)
  }

  /** What is sent of a reading: nothing, one, or the same twice. */
  take({ at, thousandths }: TrueReading): SentReading[] {
    const face = this.#register?.show(at, thousandths, this.#record) ?? thousandths
    const shown = this.#standing(at, face)
    const arrivals = this.#delivery.arrivals(at)
    if (arrivals.length === 0) return []
    const said = this.#value.say(at, shown.thousandths, shown.multiplier)
    const reading = { meter: this.#meter.id, at: this.#value.clock(at), ...said }
    return arrivals.map((arrival) => ({ ...reading, arrival }))
  }

  #record = (occurrence: Occurrence): void => {
    this.occurrences.push(occurrence)
    // Another register has another display.
    this.#held = undefined
  }

  /** What a display shows that may be stuck. */
  #standing(at: number, thousandths: number) {
    const stretch = this.#stuck.at(at)
    const multiplier = this.#register?.multiplier ?? 1
    if (stretch === undefined) return { thousandths, multiplier }
    if (this.#held?.stretch !== stretch) this.#held = { stretch, thousandths, multiplier }
    return this.#held
  }
}
