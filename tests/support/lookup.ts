import { Calendar } from '../../core/calendar.ts'
import type { Consumption } from '../../core/rollup.ts'
import type { Lookup, Period } from '../../core/usage.ts'

/** A meter's consumption: a plain number is whole and measured. */
export type Known = number | (Partial<Consumption> & { readonly value: number; readonly coverage?: number })

/** What meters at UTC used in one period, by their ids; a meter that is not named has nothing. */
export function lookupOf(period: Period, known: Readonly<Record<string, Known>>): Lookup {
  const { start, end } = period.spanAt(new Calendar('UTC'))
  return (meter, grain, at) => {
    const one = known[meter]
    if (one === undefined || grain !== period.grain || at !== start) return undefined
    const { coverage = 1, ...rest } = typeof one === 'number' ? { value: one } : one
    return {
      start,
      end,
      coveredMs: (end - start) * coverage,
      head: 0,
      tail: 0,
      estimated: 0,
      flags: 0,
      ...rest,
    }
  }
}
