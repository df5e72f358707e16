import type { ClockHours, HourSeries } from '../hour-series.ts'
import { METERED } from '../hour-series.ts'
import { median, spread } from '../robust.ts'

/** What is usual of a meter at an hour of the clock on a kind of day, by its metered hours before. */
export interface Usual {
  readonly middle: number
  /** As a standard deviation, of what the few do not spoil. */
  readonly spread: number
  readonly highest: number
  readonly lowest: number
  readonly count: number
}

/** Of the hours before the local day of index `i`: that day itself is what is judged. */
export function usualAt(series: HourSeries, clock: ClockHours, i: number, kind: number): Usual {
  const { values, marks } = series
  const list: number[] = []
  const hour = clock.clock[i]
  const today = clock.day[i] as number
  for (let k = 0; k < i; k += 1) {
    if (clock.clock[k] !== hour || clock.kind[k] !== kind || (clock.day[k] as number) >= today) continue
    if (marks[k] === METERED) list.push(values[k] as number)
  }
  const middle = median(list)
  return {
    middle,
    spread: spread(list, middle),
    highest: Math.max(...list),
    lowest: Math.min(...list),
    count: list.length,
  }
}

/** The mean of all metered hours; NaN of none. */
export function meanOf({ values, marks }: HourSeries): number {
  let sum = 0
  let count = 0
  for (let k = 0; k < values.length; k += 1) {
    if (marks[k] !== METERED) continue
    sum += values[k] as number
    count += 1
  }
  return sum / count
}
