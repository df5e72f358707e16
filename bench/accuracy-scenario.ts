import { join } from 'node:path'
import { DAY_MS, dateOf, QUARTER_MS, type Span } from '../core/calendar.ts'
import type { JournalRecord, Occurrence } from '../core/meter-event.ts'
import type { Organisation } from '../core/organisation-index.ts'
import type { ReadingBatch } from '../core/reading.ts'
import { HOUR_MS, mergeWindows, type Window } from '../core/window.ts'
import { Arrivals } from '../simulators/arrivals.ts'
import type { FaultRates } from '../simulators/fault-rates.ts'
import { FaultyMeter, type SentReading } from '../simulators/faults.ts'
import { SiteMeters } from '../simulators/meter.ts'
import { DuckDbStore } from '../store/duckdb.ts'
import type { Store } from '../store/store.ts'
import { carryUp } from './history.ts'

/** The aggregation runs so often while readings arrive, in days. */
const CARRY_UP_EVERY = 30
/** The last readings arrive so long after the span: the latest are five days late. */
const AFTER_DAYS = 7

export interface Scenario {
  readonly organisation: Organisation
  readonly seed: string
  readonly rates: FaultRates
  readonly span: Span
  readonly say: (text: string) => void
}

/**
 * Sends the readings of a whole organisation every 15 minutes, with faults, into a fresh store, in their
 * order of arrival, and carries them up in between and at the end. Resolves to the open store and how many
 * readings came.
 */
export async function tell(
  folder: string,
  { organisation, seed, rates, span, say }: Scenario,
): Promise<{ store: Store; readings: number }> {
  const store = await DuckDbStore.open(join(folder, 'accuracy.duckdb'))
  const conditions = { without: [], twoWayFeed: rates['two-way-feed'] ?? 0 }
  const sites = [...organisation.sites.values()].map(({ site, calendar }) => {
    const meters = new SiteMeters(site, calendar, seed, conditions)
    meters.begin(meters.facesAtFirst().map((thousandths) => ({ at: span.start, thousandths })))
    return { meters, faulty: meters.meters.map((meter) => new FaultyMeter(meter, seed, rates)) }
  })
  const arrivals = new Arrivals()
  let readings = 0
  let days = 0
  for (let day = span.start; day < span.end + AFTER_DAYS * DAY_MS; day += DAY_MS) {
    const end = day + DAY_MS
    for (const { meters, faulty } of sites) {
      for (let at = day; at < end && at < span.end; at += QUARTER_MS) {
        meters.walkTo(at)
        for (const [m, meter] of faulty.entries()) {
          const register = meters.meters[m]?.register !== undefined
          const thousandths = register ? meters.counted(m, at) : Math.round(meters.value(m, at) * 1000)
          arrivals.add(meter.take({ at, thousandths }))
        }
      }
    }
    const arrived = arrivals.before(end)
    readings += arrived.length
    if (arrived.length > 0) {
      await store.write({ readings: [batchOf(arrived, end)], touched: windowsOf(arrived), quarantined: [] })
    }
    const recorded = sites.flatMap(({ faulty }) => faulty.flatMap(({ occurrences }) => occurrences.splice(0)))
    for (const occurrence of recorded) await enter(store, occurrence, end)
    days += 1
    if (days % CARRY_UP_EVERY === 0) {
      say(dateOf(Math.floor(day / DAY_MS)))
      await carryUp(store, organisation)
    }
  }
  await carryUp(store, organisation)
  return { store, readings }
}

function batchOf(arrived: readonly SentReading[], receivedAt: number): ReadingBatch {
  const meters = new Map<string, number>()
  const units = new Map([['', 0]])
  const indexIn = (names: Map<string, number>, name: string) => {
    const known = names.get(name)
    if (known !== undefined) return known
    names.set(name, names.size)
    return names.size - 1
  }
  return {
    meter: Uint32Array.from(arrived, ({ meter }) => indexIn(meters, meter)),
    unit: Uint8Array.from(arrived, ({ unit }) => indexIn(units, unit ?? '')),
    at: Float64Array.from(arrived, ({ at }) => at),
    value: Float64Array.from(arrived, ({ value }) => value),
    meters: [...meters.keys()],
    units: [...units.keys()],
    receivedAt,
    length: arrived.length,
  }
}

/** The hours that readings lie in, as the writer gives them. */
function windowsOf(arrived: readonly SentReading[]): Window[] {
  const hours = new Map<string, Set<number>>()
  for (const { meter, at } of arrived) {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS
    const known = hours.get(meter)
    if (known === undefined) hours.set(meter, new Set([hour]))
    else known.add(hour)
  }
  return mergeWindows(
    [...hours].flatMap(([meter, starts]) => [...starts].map((from) => ({ meter, from, to: from + HOUR_MS }))),
  )
}

async function enter(store: Store, occurrence: Occurrence, enteredAt: number): Promise<void> {
  const record: JournalRecord = {
    id: `${occurrence.meter} ${occurrence.at}`,
    by: 'bench',
    note: 'as recorded when it happened',
    enteredAt,
    occurrence,
  }
  const from = Math.floor(occurrence.at / HOUR_MS) * HOUR_MS
  await store.addToJournal(record, [{ meter: occurrence.meter, from, to: from + HOUR_MS }])
}
