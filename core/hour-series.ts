import type { Calendar, LocalDay } from './calendar.ts'
import { SUSPECT } from './quality.ts'
import { type Consumption, flagsOf } from './rollup.ts'
import { HOUR_MS } from './window.ts'

/** How an hour of a meter is known: wholly metered, in some other way, or with a fall that nobody can explain. */
export const METERED = 1
export const DOUBTFUL = 2
export const FALLEN = 4

/** A meter's latest hours without a hole; what is not wholly metered is NaN and has no part in a baseline. */
export interface HourSeries {
  /** Start of the first hour, epoch milliseconds. */
  readonly first: number
  readonly values: Float64Array
  readonly marks: Uint8Array
}

/** What the clocks of a zone show in the hours of a series: by the same index. */
export interface ClockHours {
  readonly day: Int32Array
  readonly clock: Uint8Array
  /** 0 Monday to Friday, 1 Saturday, 2 Sunday. */
  readonly kind: Uint8Array
}

/** What an hour's rollup says: its value, NaN where anything of it is estimated, edited or missing. */
export function hourOf(row: Consumption): { value: number; mark: number } {
  const flags = flagsOf(row)
  const whole = row.coveredMs >= row.end - row.start
  const plain = whole && flags === 0 && row.head + row.tail + row.estimated === 0
  if (plain) return { value: row.value, mark: METERED }
  return { value: Number.NaN, mark: DOUBTFUL | (flags & SUSPECT ? FALLEN : 0) }
}

export function clockHours(calendar: Calendar, first: number, length: number): ClockHours {
  const day = new Int32Array(length)
  const clock = new Uint8Array(length)
  const kind = new Uint8Array(length)
  let today: LocalDay = calendar.dayAt(first)
  for (let i = 0; i < length; i += 1) {
    const at = first + i * HOUR_MS
    while (calendar.startOfDay(today + 1) <= at) today += 1
    const start = calendar.startOfDay(today)
    const end = calendar.startOfDay(today + 1)
    const since = Math.floor((at - start) / HOUR_MS)
    day[i] = today
    // Clocks are changed in the small hours: later ones are counted from the day's end.
    clock[i] = since < 4 ? since : Math.max(0, 24 - Math.ceil((end - at) / HOUR_MS))
    kind[i] = dayKindOf(today)
  }
  return { day, clock, kind }
}

/** 1970-01-01 was a Thursday. */
export function dayKindOf(day: LocalDay): 0 | 1 | 2 {
  const weekday = (((day + 3) % 7) + 7) % 7
  return weekday < 5 ? 0 : weekday === 5 ? 1 : 2
}
