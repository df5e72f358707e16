import { join } from 'node:path'
import { aggregateOnce } from '../aggregate/aggregate.ts'
import { AlertBook } from '../alerts/book.ts'
import { Watch } from '../alerts/watch.ts'
import type { Notice } from '../core/alert.ts'
import { alertsSchema } from '../core/alert-file.ts'
import { type Calendar, DAY_MS, dateOf, QUARTER_MS, type Span } from '../core/calendar.ts'
import { FactorBook } from '../core/factor.ts'
import type { FactorsFile } from '../core/factor-file.ts'
import type { Occurrence } from '../core/meter-event.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { publishedFactors } from '../core/published-factors.ts'
import type { ReadingBatch } from '../core/reading.ts'
import type { Rollup } from '../core/rollup.ts'
import { HOUR_MS, mergeWindows } from '../core/window.ts'
import { FigureSource } from '../figures/figure-source.ts'
import { Arrivals } from '../simulators/arrivals.ts'
import type { SentReading } from '../simulators/faults.ts'
import { SiteMeters } from '../simulators/meter.ts'
import type { Truth } from '../simulators/truth.ts'
import { DuckDbStore } from '../store/duckdb.ts'
import type { LastReading, Store } from '../store/store.ts'
import { FaultyLine } from './alerts-faults.ts'
import type { Planted, YearPlan } from './alerts-plan.ts'

/** The hours before the year that are put into the store as they were, so that the rules know what is usual. */
const KNOWN_BEFORE_MS = 46 * DAY_MS
const ROWS_AT_ONCE = 20_000
/** The service looks every minute; a year has time for a look an hour, at half past. */
const LOOK_AT_MS = HOUR_MS / 2

export interface Year {
  readonly organisation: Organisation
  readonly factors: FactorsFile
  readonly seed: string
  readonly span: Span
  readonly plan: YearPlan
  /** What was truly used before the span: its hours shortly before, and its months. */
  readonly truth: Truth
  /** `alerts.yaml`, beside the plan's contracts. */
  readonly rules: object
  readonly say: (text: string) => void
}

export interface Ran {
  readonly notices: readonly Notice[]
  readonly looks: number
  /** Milliseconds of the longest look, and of all of them. */
  readonly longestLook: number
  readonly inLooks: number
  readonly readings: number
}

/**
 * A year in virtual time: readings are sent every 15 minutes, stored and carried up day by day, and the watch looks
 * at each hour of the day. All that is used is what runs in the service; what has not arrived yet at an hour is no
 * newest reading then.
 */
export async function runYear(folder: string, year: Year): Promise<Ran> {
  const { organisation, factors, seed, span, plan, rules, say } = year
  const planted: readonly Planted[] = [...plan.incidents, ...plan.oddities]
  const store = await DuckDbStore.open(join(folder, 'alerts.duckdb'))
  await tellBefore(store, year)
  const disturbances = planted.flatMap((one) => one.disturbances ?? [])
  const faults = planted.flatMap((one) => one.faults ?? [])
  const recorded = planted.flatMap((one) => one.recorded ?? []).toSorted((a, b) => a.at - b.at)
  const sites = [...organisation.sites.values()].map(({ site, calendar }) => {
    const meters = new SiteMeters(site, calendar, seed, { without: [], twoWayFeed: 0, disturbances })
    meters.begin(meters.facesAtFirst().map((thousandths) => ({ at: span.start, thousandths })))
    const lines = meters.meters.map(({ id }) => new FaultyLine(faults.filter(({ meter }) => meter === id)))
    return { meters, lines }
  })
  const book = await AlertBook.open(join(folder, 'alerts.json'))
  await book.change((pages) => ({ ...pages, pauses: planted.flatMap((one) => one.pauses ?? []) }))
  const notices: Notice[] = []
  const heard = new Map<string, LastReading>()
  let now = span.start
  const watch = new Watch({
    book,
    source: new FigureSource(asHeard(store, heard), organisation, new FactorBook(factors, publishedFactors)),
    targets: plan.targets,
    rules: alertsSchema.parse({ ...rules, contracts: plan.contracts }),
    organisation,
    clock: () => now,
    log: { warn: () => {}, error: () => {} },
    gather: (pages, told) => {
      notices.push(...told)
      return pages
    },
  })
  const arrivals = new Arrivals()
  const took = { longest: 0, all: 0, looks: 0, readings: 0 }
  for (let from = span.start; from < span.end; from += DAY_MS) {
    const to = from + DAY_MS
    for (const { meters, lines } of sites) {
      for (let at = from; at < to; at += QUARTER_MS) {
        meters.walkTo(at)
        for (const [m, line] of lines.entries()) {
          const { id } = meters.meters[m] as { id: string }
          arrivals.add(line.take(id, at, meters.value(m, at)))
        }
      }
    }
    const arrived = arrivals.before(to)
    took.readings += arrived.length
    await put(store, arrived)
    while (recorded[0] !== undefined && recorded[0].at < to)
      await record(store, recorded.shift() as Occurrence, to)
    while ((await aggregateOnce(store, organisation)) !== null);
    for (now = from + LOOK_AT_MS; now < to; now += HOUR_MS) {
      while (arrived[0] !== undefined && arrived[0].arrival.at <= now)
        hear(heard, arrived.shift() as SentReading)
      const began = performance.now()
      await watch.look(now)
      const ms = performance.now() - began
      took.looks += 1
      took.all += ms
      if (took.looks > 1) took.longest = Math.max(took.longest, ms)
    }
    if ((to - span.start) % (10 * DAY_MS) === 0) say(`${dateOf(to / DAY_MS)} ${notices.length} notices`)
  }
  await watch.stop()
  await store.close()
  return {
    notices,
    looks: took.looks,
    longestLook: took.longest,
    inLooks: took.all,
    readings: took.readings,
  }
}

/** The store as it was at an hour of a day that is stored as a whole: of the newest readings those that had arrived. */
function asHeard(store: DuckDbStore, heard: ReadonlyMap<string, LastReading>): Store {
  return new Proxy<Store>(store, {
    get(_, name: keyof Store) {
      if (name === 'lastReadings') return async () => heard
      const member: unknown = store[name as keyof DuckDbStore]
      return typeof member === 'function' ? member.bind(store) : member
    },
  })
}

function hear(heard: Map<string, LastReading>, { meter, at, value, arrival }: SentReading): void {
  if (at < (heard.get(meter)?.at ?? 0)) return
  heard.set(meter, { at, value, unit: '', receivedAt: arrival.at })
}

async function record(store: Store, occurrence: Occurrence, enteredAt: number): Promise<void> {
  const from = Math.floor(occurrence.at / HOUR_MS) * HOUR_MS
  const note = { id: `${occurrence.meter} ${occurrence.at}`, by: 'bench', note: '', enteredAt }
  await store.addToJournal({ ...note, occurrence }, [{ meter: occurrence.meter, from, to: from + HOUR_MS }])
}

/** The months of the year before, and the hours and days of its last weeks, as if they had been read. */
async function tellBefore(store: Store, { organisation, truth, span }: Year): Promise<void> {
  const rows: Rollup[] = []
  for (const { meter, calendar } of organisation.meters.values()) {
    for (const grain of ['hour', 'day', 'month'] as const) {
      const from = grain === 'month' ? truth.from : span.start - KNOWN_BEFORE_MS
      for (const one of spansBefore(calendar, grain, from, span.start)) {
        const row = truth.consumption(meter.id, one)
        if (row !== undefined && row.coveredMs > 0) rows.push({ ...row, meter: meter.id, grain })
      }
    }
  }
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
    await store.putRollups(rows.slice(i, i + ROWS_AT_ONCE), [])
}

function spansBefore(calendar: Calendar, grain: 'hour' | 'day' | 'month', from: number, to: number): Span[] {
  return calendar.spans(grain, from, to).filter(({ start, end }) => start >= from && end <= to)
}

/** Stores readings as the writer does: in their order of arrival, with the hours that they touch. */
async function put(store: Store, arrived: readonly SentReading[]): Promise<void> {
  if (arrived.length === 0) return
  const byArrival = new Map<number, SentReading[]>()
  for (const one of arrived) byArrival.set(one.arrival.at, [...(byArrival.get(one.arrival.at) ?? []), one])
  const touched = arrived.map(({ meter, at }) => {
    const from = Math.floor(at / HOUR_MS) * HOUR_MS
    return { meter, from, to: from + HOUR_MS }
  })
  const readings = [...byArrival].map(([at, list]) => batchOf(list, at))
  await store.write({ readings, touched: mergeWindows(touched), quarantined: [] })
}

function batchOf(list: readonly SentReading[], receivedAt: number): ReadingBatch {
  const meters = [...new Set(list.map(({ meter }) => meter))]
  const index = new Map(meters.map((meter, i) => [meter, i]))
  return {
    meter: Uint32Array.from(list, ({ meter }) => index.get(meter) as number),
    unit: new Uint8Array(list.length),
    at: Float64Array.from(list, ({ at }) => at),
    value: Float64Array.from(list, ({ value }) => value),
    meters,
    units: [''],
    receivedAt,
    length: list.length,
  }
}
