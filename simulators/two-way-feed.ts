import type { Calendar } from '../core/calendar.ts'
import type { Meter } from '../core/organisation.ts'
import { HOUR_MS } from '../core/window.ts'
import { noise } from './noise.ts'

/** Local hours in which production rests while the sun is high. */
const FROM_HOUR = 10
const TO_HOUR = 15
/** The part of what the panels give that is still used then; the rest is fed out. */
const STILL_USED = 0.5
/** Below this, kW, it is no day for feeding out. */
const SUNNY = 600

/**
 * Days on which a site uses less than its panels give: its import falls to nothing and its export
 * register counts. Nothing where there is no export meter or no generation.
 */
export class TwoWayFeed {
  readonly #calendar: Calendar
  readonly #stream: number
  readonly #share: number
  readonly #generation: readonly number[]
  readonly #loads: readonly number[]

  /** `share` of the days, 0..1. */
  constructor(meters: readonly Meter[], calendar: Calendar, stream: number, share: number) {
    const electric = (keep: (meter: Meter) => boolean) =>
      meters.flatMap((meter, m) => (meter.utility === 'electricity' && keep(meter) ? [m] : []))
    this.#calendar = calendar
    this.#stream = stream
    this.#generation = electric(({ role }) => role === 'generation')
    this.#loads = electric(({ role }) => role === 'submeter' || role === 'import')
    const feeds = this.#generation.length > 0 && electric(({ role }) => role === 'export').length > 0
    this.#share = feeds ? share : 0
  }

  /** Lowers the loads of an hour in place, before they are settled. */
  rest(amounts: Float64Array, start: number): void {
    if (this.#share === 0) return
    const day = this.#calendar.dayAt(start)
    if (noise(this.#stream, day) >= this.#share) return
    const hour = (start - this.#calendar.startOfDay(day)) / HOUR_MS
    if (hour < FROM_HOUR || hour >= TO_HOUR) return
    const sum = (indices: readonly number[]) =>
      indices.reduce((total, m) => total + (amounts[m] as number), 0)
    const generated = sum(this.#generation)
    const used = sum(this.#loads)
    if (generated < SUNNY || used <= generated * STILL_USED) return
    const part = (generated * STILL_USED) / used
    for (const m of this.#loads) amounts[m] = (amounts[m] as number) * part
  }
}
