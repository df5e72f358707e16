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
  /** By grain, meter and start: a key made of all three would cost more than what is reckoned with it. */
  readonly #found = new Map<Grain, Map<string, Map<number, Consumption>>>()
  readonly #fetched = new Map<
    Grain,
    { readonly meters: ReadonlySet<string>; readonly from: number; readonly to: number }[]
  >()
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  readonly lookup: Lookup = (meter, grain, start) => this.#found.get(grain)?.get(meter)?.get(start)

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
      await this.#fetchRollups(new Set(ofZone.map((entry) => entry.meter.id)), grain, from, to)
    }
  }

  /** Fetches rollups by meter, grain and start: by grain, from the first start to the last. */
  async fetchRows(wanted: Iterable<readonly [meter: string, grain: Grain, start: number]>): Promise<void> {
    const byGrain = new Map<Grain, { meters: Set<string>; from: number; to: number }>()
    for (const [meter, grain, start] of wanted) {
      const of = byGrain.get(grain) ?? { meters: new Set(), from: start, to: start }
      byGrain.set(grain, of)
      of.meters.add(meter)
      of.from = Math.min(of.from, start)
      of.to = Math.max(of.to, start)
    }
    for (const [grain, { meters, from, to }] of byGrain) await this.#fetchRollups(meters, grain, from, to + 1)
  }

  /** Fetches anew the months and years that were fetched by another: mostly the same ones are asked for again. */
  async fetchAgain(other: Consumptions): Promise<void> {
    for (const grain of ['year', 'month'] as const) {
      const ranges = other.#fetched.get(grain) ?? []
      if (ranges.length === 0) continue
      const meters = new Set(ranges.flatMap((range) => [...range.meters]))
      const from = Math.min(...ranges.map((range) => range.from))
      const to = Math.max(...ranges.map((range) => range.to))
      await this.#fetchRollups(meters, grain, from, to)
    }
  }

  /** Whether a rollup was fetched already, or looked for in vain. */
  knows(meter: string, grain: Grain, start: number): boolean {
    if (this.lookup(meter, grain, start) !== undefined) return true
    const ranges = this.#fetched.get(grain) ?? []
    return ranges.some(({ meters, from, to }) => start >= from && start < to && meters.has(meter))
  }

  async #fetchRollups(meters: ReadonlySet<string>, grain: Grain, from: number, to: number): Promise<void> {
    if (grain === '15m') throw new RangeError('quarters are no rollups')
    for (const row of await this.#store.rollups([...meters], grain, from, to))
      this.#keep(row.meter, grain, row)
    this.#fetched.set(grain, [...(this.#fetched.get(grain) ?? []), { meters, from, to }])
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
    const meters = kept(this.#found, grain)
    kept(meters, meter).set(row.start, row)
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

function kept<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const map = maps.get(key) ?? new Map<L, V>()
  maps.set(key, map)
  return map
}
