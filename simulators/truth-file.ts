import { dateOf } from '../core/calendar.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Truth } from './truth.ts'

const COLUMNS = ['meter', 'grain', 'date', 'start', 'end', 'consumption', 'unit'] as const

/** What every meter used by local day and month, as far as a truth goes: lines of CSV, the first with the columns, or JSON lines. */
export function* truthLines(truth: Truth, format: 'csv' | 'jsonl'): Generator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\n`
  for (const { entry, unit } of truth.meters()) {
    const { meter, calendar } = entry
    for (const grain of ['day', 'month'] as const) {
      for (const span of calendar.spans(grain, truth.from, truth.to)) {
        const end = Math.min(span.end, truth.to)
        const counted = truth.consumption(meter.id, { start: span.start, end })?.value ?? 0
        const used = meter.role === 'sensor' ? (counted * HOUR_MS) / (end - span.start) : counted
        const day = dateOf(calendar.dayAt(span.start))
        const row = {
          meter: meter.id,
          grain,
          date: grain === 'day' ? day : day.slice(0, 7),
          start: new Date(span.start).toISOString(),
          end: new Date(end).toISOString(),
          // Whole thousandths of a face, times a multiplier that may have decimals.
          consumption: Number(used.toFixed(6)),
          unit,
        }
        yield format === 'csv'
          ? `${COLUMNS.map((column) => row[column]).join(',')}\n`
          : `${JSON.stringify(row)}\n`
      }
    }
  }
}
