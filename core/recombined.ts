import type { LookedUp } from './basis.ts'
import type { Calendar } from './calendar.ts'
import { type Consumption, combine, isSame } from './rollup.ts'

/**
 * The rows that don't come out of the days of their meters: a day as it stands there, a month combined from its
 * days, a year from its months. Compared to the last bit.
 */
export function notRecombined(
  rows: Iterable<LookedUp>,
  days: ReadonlyMap<string, readonly Consumption[]>,
  calendarOf: (meter: string) => Calendar | undefined,
): LookedUp[] {
  return [...rows].filter((row) => {
    const calendar = calendarOf(row.meter)
    if (calendar === undefined) return true
    const made = fromDays(row, days.get(row.meter) ?? [], calendar)
    return row.found === null || made === null ? row.found !== made : !isSame(row.found, made)
  })
}

function fromDays(
  { grain, start }: LookedUp,
  days: readonly Consumption[],
  calendar: Calendar,
): Consumption | null {
  if (grain === 'day') return days.find((day) => day.start === start) ?? null
  if (grain !== 'month' && grain !== 'year') return null
  const span = calendar.spanAt(grain, start)
  const inside = days.filter((day) => day.start >= span.start && day.start < span.end)
  if (inside.length === 0) return null
  if (grain === 'month') return combine(span, inside)
  const months = calendar.spans('month', span.start, span.end).flatMap((month) => {
    const ofMonth = inside.filter((day) => day.start >= month.start && day.start < month.end)
    return ofMonth.length === 0 ? [] : [combine(month, ofMonth)]
  })
  return combine(span, months)
}
