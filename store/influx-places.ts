import { DAY_MS } from '../core/calendar.ts'
import type { ReadingSeriesTable } from './influx-readings.ts'
import type { Late } from './late-readings.ts'
import type { Arrival } from './store.ts'

/** Readings that one question should bring: enough to be quick, few enough to be held. */
const READINGS = 50_000
/** Where it begins nothing is known of how dense they lie; each question goes so many times further at most. */
const FIRST_MS = 600_000
const FURTHER = 8
const SHORTEST_MS = 1000
const LONGEST_MS = 64 * DAY_MS

/**
 * What is stored at places of meters and instants, by their keys; of those where something is. Asks for
 * spans, because InfluxQL has no list of instants; never for one in which no place lies.
 */
export async function storedAt(
  readings: ReadingSeriesTable,
  places: readonly Late[],
): Promise<Map<string, Arrival>> {
  const stored = new Map<string, Arrival>()
  const sorted = places.toSorted((a, b) => a.at - b.at)
  let stepMs = FIRST_MS
  for (let first = 0; first < sorted.length; ) {
    const from = (sorted[first] as Late).at
    let end = first + 1
    while (end < sorted.length && (sorted[end] as Late).at < from + stepMs) end += 1
    const byMeter = new Map<string, Map<number, string>>()
    for (const { key, meter, at } of sorted.slice(first, end)) {
      byMeter.set(meter, (byMeter.get(meter) ?? new Map<number, string>()).set(at, key))
    }
    const to = (sorted[end - 1] as Late).at + 1
    let found = 1
    for (const [meter, series] of await readings.find([...byMeter.keys()], from, to)) {
      found += series.at.length
      for (const [i, at] of series.at.entries()) {
        const key = byMeter.get(meter)?.get(at)
        if (key === undefined) continue
        stored.set(key, {
          value: series.value[i] as number,
          unit: series.unit?.[i] ?? '',
          receivedAt: series.receivedAt[i] as number,
        })
      }
    }
    first = end
    stepMs = Math.min(Math.max(stepMs * Math.min(READINGS / found, FURTHER), SHORTEST_MS), LONGEST_MS)
  }
  return stored
}
