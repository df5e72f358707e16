import type { Calendar, LocalDay, Span } from './calendar.ts'
import { dayBase } from './day-base.ts'
import { dayKindOf } from './hour-series.ts'
import type { LoadHour } from './load-hours.ts'
import { median, quantile } from './robust.ts'

/** A figure of several days rests on so many at least. */
export const DAYS_NEEDED = 4

/** What is typical now is asked of so many days: whole weeks. */
const LAST_DAYS = 28

/** Monday to Friday, and the weekend; public holidays are known to nobody here. */
export const dayClasses = ['workday', 'restday'] as const
export type DayClass = (typeof dayClasses)[number]

/** Parts of a workday by the local clock: from an hour, to one. */
export const shifts = [
  { shift: 'night', from: 0, to: 8 },
  { shift: 'day', from: 8, to: 16 },
  { shift: 'evening', from: 16, to: 24 },
] as const

/** What is typical of one hour of the clock on one class of days; amounts are null with `reason`. */
export interface TypicalHour {
  readonly days: DayClass
  /** By the local clock, 0..23. */
  readonly hour: number
  readonly mean: number | null
  /** The 10th and the 90th percentile. */
  readonly low: number | null
  readonly high: number | null
  /** How many days it rests on. */
  readonly count: number
  readonly reason?: string
}

/** What runs when nobody needs it. */
export interface BaseLoad {
  /** Per hour: the median of the days' bases. */
  readonly value: number | null
  /** Of the mean load. */
  readonly share: number | null
  /** How many days it rests on. */
  readonly days: number
  readonly reason?: string
}

/** The highest load of an hour, and when that hour began, epoch milliseconds: the first of several. */
export interface Peak {
  readonly value: number | null
  readonly at: number | null
  readonly reason?: string
}

/** A third of a typical workday. */
export interface Shift {
  readonly shift: (typeof shifts)[number]['shift']
  readonly from: number
  readonly to: number
  readonly amount: number | null
  /** Of the whole workday. */
  readonly share: number | null
  /** Per hour. */
  readonly mean: number | null
  readonly reason?: string
}

export interface TypicalDay {
  /** Workdays before days of rest, each by the hour. */
  readonly rows: readonly TypicalHour[]
  readonly baseLoad: BaseLoad
  /** Over all hours. */
  readonly mean: number | null
  readonly peak: Peak
  readonly shifts: readonly Shift[]
}

/** The last local days that are over. */
export function profileSpan(calendar: Calendar, now: number): Span {
  const today = calendar.dayAt(now)
  return { start: calendar.startOfDay(today - LAST_DAYS), end: calendar.startOfDay(today) }
}

/**
 * How a load runs over a day: what is typical at each hour of the clock, what never stops, and how the shifts
 * share a workday. `loads` are the known hours in any order, of which each day has an hour of the clock once: where
 * clocks show it twice, as the mean of both, and where they skip it, not at all.
 */
export function typicalDay(loads: readonly LoadHour[], calendar: Calendar): TypicalDay {
  const days = loadsByDay(loads, calendar)
  const rows = dayClasses.flatMap((kind) => {
    const ofKind = [...days].flatMap(([day, clock]) => (classOf(day) === kind ? [clock] : []))
    return Array.from({ length: 24 }, (_, hour) => typicalHour(kind, hour, ofKind))
  })
  const mean = loads.length === 0 ? null : meanOf(loads.map(({ perHour }) => perHour))
  const workday = rows.filter((row) => row.days === 'workday')
  return { rows, baseLoad: baseOf(days, mean), mean, peak: peakOf(loads), shifts: shiftsOf(workday) }
}

/** The load of each hour of the clock, by local day: of one that is shown twice the mean of both. */
export function loadsByDay(
  loads: readonly LoadHour[],
  calendar: Calendar,
): Map<LocalDay, Map<number, number>> {
  const days = new Map<LocalDay, Map<number, LoadHour[]>>()
  for (const load of loads) {
    const day = calendar.dayAt(load.start)
    const clock = days.get(day) ?? new Map<number, LoadHour[]>()
    days.set(day, clock)
    const hour = calendar.clockHour(load.start)
    clock.set(hour, [...(clock.get(hour) ?? []), load])
  }
  return new Map(
    [...days].map(([day, clock]) => [
      day,
      new Map([...clock].map(([hour, same]) => [hour, together(same)] as const)),
    ]),
  )
}

/** The mean load of hours, the longer ones weighing more. */
function together(hours: readonly LoadHour[]): number {
  const [only] = hours
  if (hours.length === 1 && only !== undefined) return only.perHour
  const ms = hours.reduce((sum, { start, end }) => sum + (end - start), 0)
  return hours.reduce((sum, { start, end, perHour }) => sum + perHour * ((end - start) / ms), 0)
}

function typicalHour(days: DayClass, hour: number, clocks: readonly Map<number, number>[]): TypicalHour {
  const values = clocks.flatMap((clock) => clock.get(hour) ?? [])
  const row = { days, hour, count: values.length }
  if (values.length < DAYS_NEEDED)
    return { ...row, mean: null, low: null, high: null, reason: lacking(values.length, `${days}s`) }
  return { ...row, mean: meanOf(values), low: quantile(values, 0.1), high: quantile(values, 0.9) }
}

function baseOf(days: ReadonlyMap<LocalDay, ReadonlyMap<number, number>>, mean: number | null): BaseLoad {
  const bases = [...days.values()]
    .map((clock) => dayBase([...clock.values()]))
    .filter((base) => !Number.isNaN(base))
  const known = { days: bases.length }
  if (bases.length < DAYS_NEEDED)
    return { ...known, value: null, share: null, reason: lacking(bases.length, 'days') }
  const value = median(bases)
  return mean !== null && mean > 0
    ? { ...known, value, share: value / mean }
    : { ...known, value, share: null, reason: 'no share: the mean load is not above zero' }
}

function peakOf(loads: readonly LoadHour[]): Peak {
  const [first, ...others] = loads
  if (first === undefined) return { value: null, at: null, reason: 'no hour is known' }
  const highest = others.reduce((best, load) => {
    const isHigher = load.perHour > best.perHour || (load.perHour === best.perHour && load.start < best.start)
    return isHigher ? load : best
  }, first)
  return { value: highest.perHour, at: highest.start }
}

function shiftsOf(workday: readonly TypicalHour[]): Shift[] {
  const whole = sumOf(workday)
  return shifts.map((shift) => {
    const amount = sumOf(workday.slice(shift.from, shift.to))
    if (amount === null) {
      const { reason } = workday.slice(shift.from, shift.to).find(({ mean }) => mean === null) as TypicalHour
      return { ...shift, amount, share: null, mean: null, ...(reason !== undefined && { reason }) }
    }
    const known = { ...shift, amount, mean: amount / (shift.to - shift.from) }
    if (whole === null) return { ...known, share: null, reason: 'no share: other shifts are not known' }
    return whole > 0
      ? { ...known, share: amount / whole }
      : { ...known, share: null, reason: 'no share: the workday is not above zero' }
  })
}

function sumOf(hours: readonly TypicalHour[]): number | null {
  let sum = 0
  for (const { mean } of hours) {
    if (mean === null) return null
    sum += mean
  }
  return sum
}

function classOf(day: LocalDay): DayClass {
  return dayKindOf(day) === 0 ? 'workday' : 'restday'
}

function lacking(count: number, what: string): string {
  return `too few ${what} are known: ${count}; it takes ${DAYS_NEEDED}`
}

/** In order of size, so that the order of days makes no difference to the last bit. */
function meanOf(values: readonly number[]): number {
  return (
    Float64Array.from(values)
      .sort()
      .reduce((sum, value) => sum + value, 0) / values.length
  )
}
