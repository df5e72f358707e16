import { none } from '../../core/amount.ts'
import { Calendar, type Span } from '../../core/calendar.ts'
import type { Figure } from '../../core/intensity.ts'
import type { Period } from '../../core/usage.ts'

/** Figures by year (`2026`) or month (`2026-03`); what is not there has no data. */
export function figures(known: Record<string, Partial<Figure>>) {
  const utc = new Calendar('UTC')
  return (period: Period): Figure => {
    const { start }: Span = period.spanAt(utc)
    const key = new Date(start).toISOString().slice(0, period.grain === 'year' ? 4 : 7)
    const base = {
      value: null,
      numerator: null,
      denominator: 1000,
      coverage: 0,
      estimated: 0,
      quality: 'missing' as const,
      partial: false,
      reason: 'no readings',
      notes: [],
      factors: [],
      above: none({ of: 'quantity', id: 'x', period: key, unit: 'MWh' }, 'unknown', 'no readings'),
      below: null,
    }
    return known[key] === undefined
      ? { ...base, partial: key >= '2026' }
      : { ...base, coverage: 1, ...known[key] }
  }
}

/** The same amount in each of the first months of a year. */
export const monthly = (year: number, count: number, each: number, more: Partial<Figure> = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${year}-${String(i + 1).padStart(2, '0')}`,
      { numerator: each, ...more },
    ]),
  )
