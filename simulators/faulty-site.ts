import { QUARTER_MS } from '../core/calendar.ts'
import type { Log } from '../senders/publisher.ts'
import { Arrivals } from './arrivals.ts'
import type { FaultRates } from './fault-rates.ts'
import { FaultyMeter, type SentReading } from './faults.ts'
import { type Batch, READINGS_PER_BATCH, topicOf } from './history.ts'
import type { SiteMeters } from './meter.ts'
import type { FleetState } from './state.ts'
import type { TellingSite } from './telling.ts'

/**
 * A site whose meters have faults. Its history is told by the quarter hour throughout, since faults are
 * reckoned by it; and after a rest it is walked again from the beginning, sending nothing that was
 * acknowledged, because what is kept back, held or replaced follows from all that was before.
 */
export class FaultySite implements TellingSite {
  readonly #meters: SiteMeters
  readonly #faulty: readonly FaultyMeter[]
  readonly #arrivals = new Arrivals()
  readonly #log: Log
  /** By meter: what had arrived up to then was acknowledged before this start. */
  readonly #acknowledged: ReadonlyMap<string, number>
  /** The first quarter hour not taken yet. */
  #next: number

  constructor(
    meters: SiteMeters,
    seed: string,
    rates: FaultRates,
    start: number,
    told: FleetState['meters'],
    log: Log,
  ) {
    this.#meters = meters
    this.#faulty = meters.meters.map((meter) => new FaultyMeter(meter, seed, rates))
    this.#acknowledged = new Map(Object.entries(told).map(([id, { publishedTo }]) => [id, publishedTo]))
    this.#log = log
    this.#next = start
    meters.begin(meters.facesAtFirst().map((thousandths) => ({ at: start, thousandths })))
  }

  past(now: number) {
    const steps = Math.max(0, Math.floor((now - this.#next) / QUARTER_MS) + 1)
    return { readings: steps * this.#faulty.length, batches: this.#until(now) }
  }

  *minute(at: number): Generator<Batch> {
    // A quarter hour that was slept through is told with its own instant.
    if (at >= this.#next) yield* this.#until(at)
    if (at % QUARTER_MS === 0) return
    this.#take(at)
    yield* this.#arrived(at)
  }

  *#until(now: number): Generator<Batch> {
    while (this.#next <= now) {
      let at = this.#next
      for (let i = 0; i < READINGS_PER_BATCH && this.#next <= now; i += 1) {
        at = this.#next
        this.#take(at)
        this.#next += QUARTER_MS
      }
      yield* this.#arrived(at)
    }
  }

  #take(at: number): void {
    this.#meters.walkTo(at)
    for (const [m, faulty] of this.#faulty.entries()) {
      const register = this.#meters.meters[m]?.register !== undefined
      const thousandths = register
        ? this.#meters.counted(m, at)
        : Math.round(this.#meters.value(m, at) * 1000)
      this.#arrivals.add(faulty.take({ at, thousandths }))
      for (const occurrence of faulty.occurrences.splice(0)) {
        if (this.#isNew(occurrence.meter, at))
          this.#log.info(`for the journal: ${JSON.stringify(occurrence)}`)
      }
    }
  }

  /** What has arrived up to an instant and was not acknowledged, a message a meter. */
  *#arrived(at: number): Generator<Batch> {
    const readings = new Map<string, SentReading[]>()
    for (const reading of this.#arrivals.before(at + 1)) {
      if (!this.#isNew(reading.meter, reading.arrival.at)) continue
      const list = readings.get(reading.meter)
      if (list === undefined) readings.set(reading.meter, [reading])
      else list.push(reading)
    }
    for (const [m, { id }] of this.#meters.meters.entries()) {
      const sent = readings.get(id)
      if (sent === undefined) continue
      const payload = JSON.stringify(sent.map(({ at, value, unit }) => ({ at, value, unit })))
      const last = { at, thousandths: this.#meters.counted(m, at) }
      yield { meter: id, topic: topicOf(this.#meters, id), payload, count: sent.length, last }
    }
  }

  #isNew(meter: string, at: number): boolean {
    return at > (this.#acknowledged.get(meter) ?? Number.NEGATIVE_INFINITY)
  }
}
