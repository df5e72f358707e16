import type { DroppedSpan } from '../core/retention.ts'
import type { Store } from '../store/store.ts'
import type { EdgeReading } from './forgotten-years.ts'

/**
 * The readings of the spans that the years beside them still hang on: of each meter the last one before a
 * kept year and the first one after it, where the margins hold none. So a meter that is read once in a
 * quarter has its neighbours too, and one that was taken away still has its last reading.
 */
export async function edgesOf(store: Store, spans: readonly DroppedSpan[]): Promise<EdgeReading[]> {
  const edges: EdgeReading[] = []
  const meters = [...(await store.lastReadings()).keys()]
  for (const { start, end, keptUntil, keptFrom } of spans) {
    const inside = (at: number | null) => (at !== null && at >= start && at < end ? [at] : [])
    for (const meter of meters) {
      const last = inside(await store.readingBefore(meter, keptFrom))
      const first = keptUntil === null ? [] : inside(await store.readingFrom(meter, keptUntil))
      for (const at of new Set([...first, ...last])) edges.push(...(await readingAt(store, meter, at)))
    }
  }
  return edges
}

async function readingAt(store: Store, meter: string, at: number): Promise<EdgeReading[]> {
  const { value, unit, receivedAt } = await store.readings(meter, at, at + 1)
  return Array.from(value, (face, i) => ({
    meter,
    at,
    value: face,
    unit: unit?.[i] ?? '',
    receivedAt: receivedAt[i] as number,
  }))
}
