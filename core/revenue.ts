import { type LocalDay, localDay, nextDay } from './calendar.ts'
import type { Known } from './dated.ts'
import type { Site } from './organisation.ts'
import type { LocalPeriod } from './usage.ts'

/**
 * The revenue of a site in a period, in millions: the sum of the statements that make it up. Nobody knows
 * how much of a longer statement falls into a shorter period, so it must be covered by whole ones.
 */
export function revenueOf({ id, revenue }: Site, period: LocalPeriod): Known {
  const first = period.firstDay
  const past = nextDay(period.grain, first)
  const spans = revenue
    .map(({ from, to, millions }) => ({
      start: localDay(from) as LocalDay,
      past: (localDay(to) as LocalDay) + 1,
      millions,
    }))
    .filter((one) => one.start < past && one.past > first)
    .sort((a, b) => a.start - b.start)
  if (spans.length === 0) return { reason: `no revenue is stated for site ${id} in ${period.label}` }
  let day = first
  let value = 0
  for (const one of spans) {
    if (one.start !== day || one.past > past) {
      return {
        reason: `the revenue stated for site ${id} does not make up ${period.label}: state that span, or its parts`,
      }
    }
    day = one.past
    value += one.millions
  }
  return day === past
    ? { value }
    : { reason: `the revenue stated for site ${id} ends before ${period.label} does` }
}
