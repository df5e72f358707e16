import type { Calendar, Grain } from '../core/calendar.ts'
import { consumptionOf } from '../core/consumption.ts'
import { inForceByMeter } from '../core/meter-event.ts'
import { ruleOf } from '../core/meter-rule.ts'
import type { MeterEntry } from '../core/organisation-index.ts'
import type { Consumption } from '../core/rollup.ts'
import type { Lookup, Period } from '../core/usage.ts'
import type { Store } from '../store/store.ts'
import { Neighbourhood } from './neighbourhood.ts'
import { reckon } from './reckoning.ts'

/**
 * Consumption of meters in periods, fetched at once and then looked up by `core`. Hours and longer are
 * kept as rollups; the 15-minute grid is reckoned from the readings, by the same rule.
 */
export class Consumptions {
  readonly #found = new Map<string, Consumption>()
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  readonly lookup: Lookup = (meter, grain, start) => this.#found.get(`${grain}|${meter}|${start}`)

  /** Fetches what `periods` of these meters will be asked for. */
  async fetch(entries: readonly MeterEntry[], periods: readonly Period[]): Promise<void> {
    const grain = periods[0]?.grain
    if (grain === undefined) return
    const zones = byZone(entries)
    for (const [calendar, ofZone] of zones) {
      const spans = periods.map((period) => period.spanAt(calendar))
      const from = Math.min(...limits(spans.map((span) => span.start)))
      const to = Math.max(...limits(spans.map((span) => span.end)))
      if (grain === '15m') {
        for (const entry of ofZone) await this.#reckon(entry, spans, from, to)
        continue
      }
      const ids = ofZone.map((entry) => entry.meter.id)
      for (const row of await this.#store.rollups(ids, grain, from, to)) this.#keep(row.meter, grain, row)
    }
  }

  async #reckon(
    { meter, calendar }: MeterEntry,
    spans: readonly { start: number; end: number }[],
    from: number,
    to: number,
  ) {
    const rule = ruleOf(meter, calendar)
    if (rule === undefined) return
    const near = await Neighbourhood.around(this.#store, meter.id, from, to)
    const occurrences = inForceByMeter(await this.#store.journal()).get(meter.id)
    const { pieces, courseOf } = await reckon(near, { rule, calendar, occurrences }, { from, to })
    for (const row of consumptionOf(pieces, rule, spans, courseOf)) {
      if (row.coveredMs > 0) this.#keep(meter.id, '15m', row)
    }
  }

  #keep(meter: string, grain: Grain, row: Consumption): void {
    this.#found.set(`${grain}|${meter}|${row.start}`, row)
  }
}

/** The first and last of instants in order: the periods of a query come in order. */
function limits(ordered: readonly number[]): number[] {
  return [ordered[0] as number, ordered.at(-1) as number]
}

function byZone(entries: readonly MeterEntry[]): Map<Calendar, MeterEntry[]> {
  const zones = new Map<Calendar, MeterEntry[]>()
  for (const entry of new Map(entries.map((one) => [one.meter.id, one])).values()) {
    const list = zones.get(entry.calendar)
    if (list === undefined) zones.set(entry.calendar, [entry])
    else list.push(entry)
  }
  return zones
}
