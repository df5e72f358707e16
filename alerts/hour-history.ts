import { BandMemory } from '../core/alerts/consumption-band.ts'
import type { Watched, WatchedZone } from '../core/alerts/watched.ts'
import type { Calendar } from '../core/calendar.ts'
import { type ClockHours, clockHours, hourOf } from '../core/hour-series.ts'
import { type MeterRule, ruleOf } from '../core/meter-rule.ts'
import type { MeterEntry } from '../core/organisation-index.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Store } from '../store/store.ts'

/** Six weeks and a bit: what is usual is asked of the weeks before. */
export const HISTORY_HOURS = 45 * 24
/** Rollups of so many meter-hours are asked for at once: others wait for the store as well. */
const AT_ONCE = 50_000

/**
 * The latest hours of the meters of one zone, in memory: 10 KB a meter. They are fetched once at the first look and
 * hour by hour from then on; the last two days are fetched again once a day, for what came late.
 */
export class HourHistory {
  readonly calendar: Calendar
  readonly meters: readonly MeterEntry[]
  /** What the bands remember of the hours before; it begins anew after a start. */
  readonly band = new BandMemory()
  readonly #store: Store
  readonly #series: readonly { values: Float64Array; marks: Uint8Array }[]
  readonly #index: ReadonlyMap<string, number>
  #clock: ClockHours | undefined
  #zone: WatchedZone | undefined
  /** End of the last hour that it has. */
  #end = 0

  constructor(store: Store, calendar: Calendar, meters: readonly MeterEntry[]) {
    this.#store = store
    this.calendar = calendar
    this.meters = meters.filter(({ meter }) => ruleOf(meter, calendar) !== undefined)
    this.#series = this.meters.map(() => ({
      values: new Float64Array(HISTORY_HOURS).fill(Number.NaN),
      marks: new Uint8Array(HISTORY_HOURS),
    }))
    this.#index = new Map(this.meters.map(({ meter }, m) => [meter.id, m]))
  }

  /** Start of the first hour. */
  get first(): number {
    return this.#end - HISTORY_HOURS * HOUR_MS
  }

  get clock(): ClockHours {
    this.#clock ??= clockHours(this.calendar, this.first, HISTORY_HOURS)
    return this.#clock
  }

  /** As the rules look at it. */
  get zone(): WatchedZone {
    this.#zone ??= this.#asZone()
    return this.#zone
  }

  #asZone(): WatchedZone {
    const meters = this.meters.map((entry, m): Watched => {
      const series = this.#series[m] as { values: Float64Array; marks: Uint8Array }
      const rule = ruleOf(entry.meter, this.calendar) as MeterRule
      return { entry, rule, series: { first: this.first, ...series } }
    })
    return { clock: this.clock, meters }
  }

  /** Goes on to the end of an hour, and fetches what it lacks; `again` hours before that once more. */
  async reach(end: number, again = 0): Promise<void> {
    if (end < this.#end) return
    const lacking = Math.min(HISTORY_HOURS, Math.round((end - this.#end) / HOUR_MS))
    this.#shift(lacking)
    this.#end = end
    await this.#fetch(Math.min(HISTORY_HOURS, lacking + again))
  }

  #shift(hours: number): void {
    if (hours === 0) return
    this.#clock = undefined
    this.#zone = undefined
    for (const { values, marks } of this.#series) {
      values.copyWithin(0, hours)
      marks.copyWithin(0, hours)
      values.fill(Number.NaN, HISTORY_HOURS - hours)
      marks.fill(0, HISTORY_HOURS - hours)
    }
  }

  async #fetch(hours: number): Promise<void> {
    if (hours === 0) return
    const from = this.#end - hours * HOUR_MS
    const some = Math.max(1, Math.floor(AT_ONCE / hours))
    for (let m = 0; m < this.meters.length; m += some) {
      const ids = this.meters.slice(m, m + some).map(({ meter }) => meter.id)
      for (const row of await this.#store.rollups(ids, 'hour', from, this.#end)) {
        const series = this.#series[this.#index.get(row.meter) as number]
        const i = Math.floor((row.start - this.first) / HOUR_MS)
        if (series === undefined || i < 0 || i >= HISTORY_HOURS) continue
        const { value, mark } = hourOf(row)
        series.values[i] = value
        series.marks[i] = mark
      }
    }
  }
}
