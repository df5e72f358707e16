import type { SentReading } from './faults.ts'

/** Readings on their way, handed out in order of arrival. */
export class Arrivals {
  #waiting: SentReading[] = []

  add(readings: readonly SentReading[]): void {
    for (const reading of readings) this.#waiting.push(reading)
  }

  /** Those that have arrived before an instant, the earliest first. */
  before(instant: number): SentReading[] {
    const here: SentReading[] = []
    const still: SentReading[] = []
    for (const reading of this.#waiting) (reading.arrival.at < instant ? here : still).push(reading)
    this.#waiting = still
    return here.sort((a, b) => a.arrival.at - b.arrival.at || a.arrival.order - b.arrival.order)
  }
}
