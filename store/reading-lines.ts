import { DAY_MS } from '../core/calendar.ts'
import type { ReadingSeries } from '../core/reading.ts'
import { HOUR_MS } from '../core/window.ts'
import { tag, text } from './influx-lines.ts'
import type { Store } from './store.ts'

/** Meters asked for at once. */
const METERS = 50
/** Readings that one question should bring: enough to be quick, few enough to be held. */
const READINGS = 100_000
const SHORTEST_MS = HOUR_MS / 4
/** Where it begins nothing is known of how dense they lie: one a second of each meter must still be held. */
const FIRST_MS = HOUR_MS
const LONGEST_MS = 64 * DAY_MS

/**
 * The readings of meters in [from, to) as line protocol in nanoseconds, as the store keeps them in an
 * InfluxDB (docs/series.md); meters in groups, of each group in order of time. A piece is many lines. Never
 * holds more than a piece of the history.
 */
export async function* readingLines(
  store: Pick<Store, 'readingsOf' | 'readingFrom' | 'readingBefore'>,
  meters: readonly string[],
  from: number,
  to: number,
): AsyncGenerator<string> {
  for (let i = 0; i < meters.length; i += METERS) {
    const group = meters.slice(i, i + METERS)
    const span = await spanOf(store, group, from, to)
    let stepMs = FIRST_MS
    for (let start = span.from; start < span.to; ) {
      const end = Math.min(start + stepMs, span.to)
      const found = await store.readingsOf(group, start, end)
      let readings = 0
      for (const meter of group) {
        const series = found.get(meter)
        if (series === undefined || series.at.length === 0) continue
        readings += series.at.length
        yield linesOf(meter, series)
      }
      start = end
      // Twice as far at most: a history may be dense after it was thin.
      const fitting = readings === 0 ? LONGEST_MS : (stepMs * READINGS) / readings
      stepMs = Math.min(Math.max(Math.min(fitting, stepMs * 2), SHORTEST_MS), LONGEST_MS)
    }
  }
}

/** From the first to the last reading of any of the meters. */
async function spanOf(
  store: Pick<Store, 'readingFrom' | 'readingBefore'>,
  meters: readonly string[],
  from: number,
  to: number,
): Promise<{ from: number; to: number }> {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const meter of meters) {
    first = Math.min(first, (await store.readingFrom(meter, from)) ?? Number.POSITIVE_INFINITY)
    last = Math.max(last, (await store.readingBefore(meter, to)) ?? Number.NEGATIVE_INFINITY)
  }
  return { from: first, to: Math.min(last + 1, to) }
}

function linesOf(meter: string, { at, value, unit, receivedAt }: ReadingSeries): string {
  const head = `reading,meter=${tag(meter)} value=`
  let lines = ''
  for (let i = 0; i < at.length; i += 1) {
    lines += `${head}${value[i]},received=${receivedAt[i]},unit=${text(unit?.[i] ?? '')} ${at[i]}000000\n`
  }
  return lines
}
