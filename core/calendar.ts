import { Temporal } from 'temporal-polyfill'
import { HOUR_MS } from './window.ts'

/** The lengths of span that figures come in. All but `15m` are the site's own local ones. */
export const grains = ['15m', 'hour', 'day', 'month', 'year'] as const
export type Grain = (typeof grains)[number]

/** A half-open span of time, epoch milliseconds. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A local date as days since 1970-01-01: a label without a zone, cheap to count with. */
export type LocalDay = number

export const QUARTER_MS = 900_000
export const DAY_MS = 86_400_000

/** The local day of a `YYYY-MM-DD` date, or undefined where there is no such date. */
export function localDay(date: string): LocalDay | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)
  if (match === null) return undefined
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return new Date(ms).toISOString().startsWith(date) ? ms / DAY_MS : undefined
}

/** No meter is older, and no plan reaches further. */
export function withinYears(year: number): boolean {
  return year >= 1900 && year <= 2200
}

export function dateOf(day: LocalDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** The first local day of the day, month or year that `day` lies in. */
export function firstDay(grain: 'day' | 'month' | 'year', day: LocalDay): LocalDay {
  if (grain === 'day') return day
  const date = new Date(day * DAY_MS)
  return Date.UTC(date.getUTCFullYear(), grain === 'month' ? date.getUTCMonth() : 0, 1) / DAY_MS
}

/** The first local day after the day, month or year that `day` lies in. */
export function nextDay(grain: 'day' | 'month' | 'year', day: LocalDay): LocalDay {
  if (grain === 'day') return day + 1
  const date = new Date(day * DAY_MS)
  const year = date.getUTCFullYear()
  return (grain === 'month' ? Date.UTC(year, date.getUTCMonth() + 1, 1) : Date.UTC(year + 1, 0, 1)) / DAY_MS
}

/** The civil calendar of one time zone. Days may have 23, 23.5, 24.5 or 25 hours. */
export class Calendar {
  readonly zone: string
  readonly #dayStarts = new Map<LocalDay, number>()
  readonly #hours = new Map<LocalDay, readonly number[]>()
  #offset = 0

  /** Throws RangeError on an unknown zone. */
  constructor(zone: string) {
    this.zone = zone
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  }

  /** The instant at which a local day begins; not always midnight. */
  startOfDay(day: LocalDay): number {
    let start = this.#dayStarts.get(day)
    if (start === undefined) {
      start = Temporal.PlainDate.from(dateOf(day)).toZonedDateTime(this.zone).epochMilliseconds
      this.#dayStarts.set(day, start)
    }
    return start
  }

  /** The instant at which the clocks show a whole hour of a day: the first of two, and where they skip it, where they skip to. */
  hourOf(day: LocalDay, hour: number): number {
    return Temporal.PlainDate.from(dateOf(day)).toZonedDateTime({
      timeZone: this.zone,
      plainTime: { hour },
    }).epochMilliseconds
  }

  /** The instant at which the clocks show a time (`HH:MM`) of a day: the first of two, and where they skip it, where they skip to. */
  timeOf(day: LocalDay, time: string): number {
    const [hour, minute] = time.split(':').map(Number)
    return Temporal.PlainDate.from(dateOf(day)).toZonedDateTime({
      timeZone: this.zone,
      plainTime: { hour: hour ?? 0, minute: minute ?? 0 },
    }).epochMilliseconds
  }

  /** The whole hour that the clocks show at an instant, 0..23: of one that they show twice, the same both times. */
  clockHour(instant: number): number {
    const day = this.dayAt(instant)
    const start = this.startOfDay(day)
    if (this.startOfDay(day + 1) - start === DAY_MS) return Math.floor((instant - start) / HOUR_MS)
    let hour = 23
    while (hour > 0 && this.hourOf(day, hour) > instant) hour -= 1
    return hour
  }

  /** The local day that an instant lies in. */
  dayAt(instant: number): LocalDay {
    let day = Math.floor((instant + this.#offset) / DAY_MS)
    while (this.startOfDay(day) > instant) day -= 1
    while (this.startOfDay(day + 1) <= instant) day += 1
    this.#offset = day * DAY_MS - this.startOfDay(day)
    return day
  }

  /** The local year that an instant lies in. */
  yearAt(instant: number): number {
    return new Date(this.dayAt(instant) * DAY_MS).getUTCFullYear()
  }

  /** The span of a day, month or year, by any local day in it. */
  spanOf(grain: 'day' | 'month' | 'year', day: LocalDay): Span {
    return {
      start: this.startOfDay(firstDay(grain, day)),
      end: this.startOfDay(nextDay(grain, day)),
    }
  }

  /** The span of a grain that an instant lies in. */
  spanAt(grain: Grain, instant: number): Span {
    if (grain === '15m') {
      const start = Math.floor(instant / QUARTER_MS) * QUARTER_MS
      return { start, end: start + QUARTER_MS }
    }
    if (grain !== 'hour') return this.spanOf(grain, this.dayAt(instant))
    const hours = this.hoursOf(this.dayAt(instant))
    let i = hours.length - 2
    while ((hours[i] as number) > instant) i -= 1
    return { start: hours[i] as number, end: hours[i + 1] as number }
  }

  /** The spans of a grain that overlap [from, to), in order. */
  spans(grain: Grain, from: number, to: number): Span[] {
    const spans: Span[] = []
    if (to <= from) return spans
    if (grain === 'hour') {
      for (let day = this.dayAt(from); this.startOfDay(day) < to; day += 1) {
        const hours = this.hoursOf(day)
        for (let i = 0; i + 1 < hours.length; i += 1) {
          const start = hours[i] as number
          const end = hours[i + 1] as number
          if (start < to && end > from) spans.push({ start, end })
        }
      }
      return spans
    }
    for (let span = this.spanAt(grain, from); span.start < to; ) {
      spans.push(span)
      span = this.spanAt(grain, span.end)
    }
    return spans
  }

  /**
   * The instants at which the hours of a local day begin, and the day's end. An hour begins where the
   * local clock's minute is zero and where the clock is changed, so a change by half an hour
   * (Australia/Lord_Howe) gives a half hour instead of shifting every hour after it.
   */
  hoursOf(day: LocalDay): readonly number[] {
    let hours = this.#hours.get(day)
    if (hours === undefined) {
      hours = this.#reckonHours(day)
      this.#hours.set(day, hours)
    }
    return hours
  }

  #reckonHours(day: LocalDay): number[] {
    const start = this.startOfDay(day)
    const end = this.startOfDay(day + 1)
    const hours = [start]
    const change = end - start === DAY_MS ? undefined : this.#changeIn(start, end)
    while ((hours.at(-1) as number) < end) {
      const at = hours.at(-1) as number
      const past = change === undefined ? (at - start) % HOUR_MS : this.#minutesPastHour(at)
      let next = Math.min(at + HOUR_MS - past, end)
      if (change !== undefined && at < change) next = Math.min(next, change)
      hours.push(next)
    }
    return hours
  }

  #changeIn(start: number, end: number): number | undefined {
    const change = this.#zoned(start).getTimeZoneTransition('next')?.epochMilliseconds
    return change !== undefined && change < end ? change : undefined
  }

  #minutesPastHour(instant: number): number {
    const local = this.#zoned(instant)
    return local.minute * 60_000 + local.second * 1000 + local.millisecond
  }

  #zoned(instant: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.zone)
  }
}

/** Calendars by zone, made once each, so that their days are reckoned once. */
export class Calendars {
  readonly #byZone = new Map<string, Calendar>()

  of(zone: string): Calendar {
    let calendar = this.#byZone.get(zone)
    if (calendar === undefined) {
      calendar = new Calendar(zone)
      this.#byZone.set(zone, calendar)
    }
    return calendar
  }
}
