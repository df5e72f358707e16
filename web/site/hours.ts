import type { ConsumptionRow } from '../answers.ts'
import type { HeatCell } from '../chart/heat-levels.ts'
import type { HeatRow } from '../chart/heat-map.tsx'
import { addDays, datesBetween } from '../days.ts'
import { WHOLE } from '../quality.ts'

const WEEKS_DAYS = 35

/** Five weeks that end today, or as many times five weeks earlier as the day asks for. */
export function weeksAround(day: string, today: string): { from: string; to: string } {
  let to = addDays(today, 1)
  while (addDays(to, -WEEKS_DAYS) > day) to = addDays(to, -WEEKS_DAYS)
  return { from: addDays(to, -WEEKS_DAYS), to }
}

export interface Hour {
  /** That a clock at the site shows when it begins: a day at which clocks change has 23 or 25. */
  readonly clock: number
  readonly row: ConsumptionRow
}

export type HoursByDay = ReadonlyMap<string, readonly Hour[]>

/** The hours of a site by its local day. */
export function hoursByDay(rows: readonly ConsumptionRow[], zone: string): HoursByDay {
  // The Swedish way of writing an instant is the ISO one.
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const days = new Map<string, Hour[]>()
  for (const row of rows) {
    const [date, time] = wall.format(Date.parse(row.start)).split(' ') as [string, string]
    const hours = days.get(date) ?? []
    hours.push({ clock: Number(time.slice(0, 2)), row })
    days.set(date, hours)
  }
  return days
}

/** The newest day first, an hour a column. An hour that clocks show twice is the mean of both. */
export function heatRows(
  byDay: HoursByDay,
  { from, to }: { from: string; to: string },
  label: (date: string) => string,
): HeatRow[] {
  return datesBetween(from, to)
    .toReversed()
    .map((date) => {
      const hours = byDay.get(date) ?? []
      const cells = Array.from({ length: 24 }, (_, clock) =>
        cellOf(hours.flatMap((hour) => (hour.clock === clock ? [hour.row] : []))),
      )
      // What has not come yet follows what has; an hour before it that is not there is a lack.
      const last = cells.findLastIndex(({ state }) => state !== 'to-come')
      return {
        key: date,
        label: label(date),
        cells: cells.map((cell, hour): HeatCell => (hour < last && cell.state === 'to-come' ? LACK : cell)),
      }
    })
}

const LACK: HeatCell = { value: null, state: 'missing' }

function cellOf(rows: readonly ConsumptionRow[]): HeatCell {
  const [first] = rows
  if (first === undefined) return { value: null, state: 'to-come' }
  const known = rows.flatMap(({ value, coverage }) => (coverage > 0 && value !== null ? [value] : []))
  if (known.length === 0) return first.partial ? { value: null, state: 'to-come' } : LACK
  const partly = rows.some(({ coverage, partial }) => coverage < WHOLE || partial)
  return {
    value: known.reduce((sum, value) => sum + value, 0) / known.length,
    state: partly ? 'partly' : 'known',
  }
}

/** 24:00 ends a day. */
export function hourLabel(clock: number): string {
  return `${String(clock).padStart(2, '0')}:00`
}

/** Which days it is like, by the calendar alone. */
export function dayClass(date: string): 'workday' | 'restday' {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6 ? 'restday' : 'workday'
}
