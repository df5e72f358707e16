import type { DroppedSpan } from '../core/retention.ts'
import type { Store } from '../store/store.ts'
import type { EdgeReading } from './forgotten-years.ts'

/**
 * So many readings beside a kept year are kept with it: the rules tell a spike or a reset by a few readings on
 * either side, and of a meter that is seldom read these lie far away.
 */
const BESIDE = 10

/**
 * The readings of the spans that the years beside them still hang on: of each meter the last ones before a
 * kept year and the first ones after it, where the margins hold too few. So a meter that is read once in a
 * quarter has its neighbours too, and one that was taken away still has its last readings.
 */
export async function edgesOf(store: Store, spans: readonly DroppedSpan[]): Promise<EdgeReading[]> {
  const edges: EdgeReading[] = []
  const meters = [...(await store.lastReadings()).keys()]
  for (const { start, end, keptUntil, keptFrom } of spans) {
    for (const meter of meters) {
      const last = await row(keptFrom, (at) => store.readingBefore(meter, at))
      const first =
        keptUntil === null ? [] : await row(keptUntil - 1, (at) => store.readingFrom(meter, at + 1))
      const inside = [...new Set([...first, ...last])].filter((at) => at >= start && at < end)
      for (const at of inside.sort((a, b) => a - b)) edges.push(...(await readingAt(store, meter, at)))
    }
  }
  return edges
}

/** The instants of the next readings from an instant on, one by one. */
async function row(from: number, next: (at: number) => Promise<number | null>): Promise<number[]> {
  const found: number[] = []
  for (let at: number | null = await next(from); at !== null; at = await next(at)) {
    found.push(at)
    if (found.length === BESIDE) break
  }
  return found
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
