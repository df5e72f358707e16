import { DAY_MS } from '../core/calendar.ts'
import type { ReadingBatch } from '../core/reading.ts'
import { type DroppedSpan, droppedSpans, forgettableYears, type KeepRules } from '../core/retention.ts'
import type { Store } from '../store/store.ts'
import { edgesOf } from './edges.ts'
import type { Dropping, EdgeReading, ForgottenYears } from './forgotten-years.ts'

/**
 * What came in just before its year was closed has so long to get from a spool, of this process or another,
 * to its rollups.
 */
const GRACE_MS = 7 * DAY_MS
/** Windows looked through for some that still wait. More at once means a time that is not one for this. */
const WINDOWS_MOST = 50_000

/** Runs work while nothing is recomputed. */
type Between = <T>(work: () => Promise<T>) => Promise<T>

/** Of which years readings and hours were dropped; `waits` where touched windows of them are not done yet. */
export type Forgot = Pick<Dropping, 'readings' | 'hours'> | 'waits'

/**
 * Drops the readings and the hours of the years that need not be kept. Days, months and years stay: each
 * hour was carried up to them in the step that wrote it, and what waits for that is waited for. The years
 * are noted first and never recomputed from then on, so nothing is reckoned from what is half gone.
 */
export async function forget(
  store: Store,
  forgotten: ForgottenYears,
  keep: KeepRules,
  now: number,
  between: Between,
): Promise<Forgot> {
  await forgotten.load(store)
  const begun = forgotten.dropping
  const readings = union(forgotten.readings, forgettableYears(keep.readings, now - GRACE_MS))
  // Hours are never gone where readings are there: a late one has to find them.
  const hours = union(
    forgotten.hours,
    forgettableYears(keep.hours, now - GRACE_MS).filter((year) => readings.includes(year)),
  )
  const due = {
    readings: union(without(readings, forgotten.readings), begun?.readings ?? []),
    hours: union(without(hours, forgotten.hours), begun?.hours ?? []),
  }
  if (due.readings.length + due.hours.length === 0) return due
  const spans = spansWith(due.readings, readings)
  return between(async () => {
    if (await somethingWaits(store, spans)) return 'waits'
    const edges = [...(begun?.edges ?? []), ...(await edgesOf(store, spans))]
    await forgotten.put(store, { readings, hours, dropping: { ...due, edges } })
    for (const { start, end } of spans) await store.dropReadings(start, end)
    for (const { start, end } of spansWith(due.hours, hours)) await store.dropHours(start, end)
    await store.write({ readings: edges.map(batchOf), touched: [], quarantined: [] })
    await forgotten.put(store, { readings, hours })
    return due
  })
}

/** The spans to drop that some years lie in, whole: what an earlier turn left at an edge goes with them. */
function spansWith(years: readonly number[], all: readonly number[]): DroppedSpan[] {
  return droppedSpans(all).filter(({ start, end }) =>
    years.some((year) => Date.UTC(year + 1, 0, 1) > start && Date.UTC(year, 0, 1) < end),
  )
}

async function somethingWaits(store: Store, spans: readonly DroppedSpan[]): Promise<boolean> {
  const waiting = await store.touched(WINDOWS_MOST)
  return (
    waiting.length === WINDOWS_MOST ||
    waiting.some(({ from, to }) =>
      spans.some((span) => to > (span.keptUntil ?? 0) - 2 * DAY_MS && from < span.keptFrom + 2 * DAY_MS),
    )
  )
}

function batchOf({ meter, at, value, unit, receivedAt }: EdgeReading): ReadingBatch {
  return {
    meters: [meter],
    units: unit === '' ? [''] : ['', unit],
    receivedAt,
    length: 1,
    meter: Uint32Array.of(0),
    unit: Uint8Array.of(unit === '' ? 0 : 1),
    at: Float64Array.of(at),
    value: Float64Array.of(value),
  }
}

function union(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y)
}

function without(years: readonly number[], others: readonly number[]): number[] {
  return years.filter((year) => !others.includes(year))
}
