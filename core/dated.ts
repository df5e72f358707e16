import { type Calendar, dateOf, type LocalDay, localDay, type Span } from './calendar.ts'

/** A value that holds from a local date, inclusive, until the next one's. */
export interface Dated {
  readonly from: string
}

/** The value in force at an instant, or undefined before the first one. */
export function inForce<T extends Dated>(
  values: readonly T[],
  calendar: Calendar,
  at: number,
): T | undefined {
  return values.findLast((value) => calendar.startOfDay(dayOf(value)) <= at)
}

/** A number, or the reason why there is none. */
export type Known = { readonly value: number } | { readonly reason: string }

/**
 * The average of dated numbers over a span, weighted by how long each was in force: 100 for 90 days
 * and 160 for 275 give 145.2055 (DOMAIN, section 4). Unknown where any part of the span has no value.
 */
export function timeWeighted<T extends Dated>(
  values: readonly T[],
  number: (value: T) => number | undefined,
  calendar: Calendar,
  span: Span,
): Known {
  let sum = 0
  let covered = 0
  for (const [i, value] of values.entries()) {
    const start = Math.max(calendar.startOfDay(dayOf(value)), span.start)
    const following = values[i + 1]
    const end = following === undefined ? span.end : Math.min(calendar.startOfDay(dayOf(following)), span.end)
    if (end <= start) continue
    const amount = number(value)
    if (amount === undefined) return { reason: `no value from ${value.from} on` }
    sum += amount * (end - start)
    covered += end - start
  }
  if (covered === 0) return { reason: `no value in force` }
  const first = values[0]
  if (covered < span.end - span.start && first !== undefined) {
    const begins = dateOf(calendar.dayAt(span.start))
    return { reason: `the first value is from ${first.from}, the span begins ${begins}` }
  }
  return { value: sum / covered }
}

function dayOf(value: Dated): LocalDay {
  return localDay(value.from) as LocalDay
}
