import { Temporal } from 'temporal-polyfill'
import { Calendar, DAY_MS, localDay } from '../core/calendar.ts'

/** What `Timestamps` takes, for messages. */
const TIMESTAMP_FORM =
  'a timestamp such as 2026-01-31 13:00:00, 31.01.2026 13:00 or 2026-01-31T13:00:00+08:00'

const FORM =
  /^(?:(\d{4}-\d\d-\d\d)[T ]|(\d\d)\.(\d\d)\.(\d{4}) )(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d)?$/i

type Read = { readonly at: number } | { readonly problem: string }

/** Timestamps in the order of a file. Those without an offset are read as local times of a zone. */
export class Timestamps {
  readonly #calendar: Calendar | null
  #previous = Number.NEGATIVE_INFINITY
  #descending = false

  /** `zone`: null where a timestamp must have an offset. Throws RangeError on an unknown zone. */
  constructor(zone: string | null) {
    this.#calendar = zone === null ? null : new Calendar(zone)
  }

  /** The instant of the next timestamp, in epoch milliseconds, or why it is none. */
  read(text: string): Read {
    const match = FORM.exec(text)
    if (match === null) return { problem: `is not ${TIMESTAMP_FORM}` }
    const [, iso, dayOfMonth, month, year, hour, minute, second = '0', fraction = '', offset] = match
    const date = iso ?? `${year}-${month}-${dayOfMonth}`
    const day = localDay(date)
    const [h, m, s] = [Number(hour), Number(minute), Number(second)]
    if (day === undefined || h > 23 || m > 59 || s > 59) return { problem: 'is not on any calendar or clock' }
    const ofDayMs = ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
    const read = offset === undefined ? this.#local(day, ofDayMs) : atOffset(day * DAY_MS + ofDayMs, offset)
    if ('at' in read) this.#follow(read.at)
    return read
  }

  #local(day: number, ofDayMs: number): Read {
    const calendar = this.#calendar
    if (calendar === null) {
      return { problem: 'has no time zone; give --zone, such as --zone Asia/Shanghai' }
    }
    const start = calendar.startOfDay(day)
    if (calendar.startOfDay(day + 1) - start === DAY_MS) return { at: start + ofDayMs }
    return this.#onDayOfChange(day * DAY_MS + ofDayMs, calendar.zone)
  }

  /** On a day when the clock is changed. `label` is the local time as if it were UTC. */
  #onDayOfChange(label: number, zone: string): Read {
    const local = Temporal.Instant.fromEpochMilliseconds(label).toZonedDateTimeISO('UTC').toPlainDateTime()
    const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
    if (!earlier.toPlainDateTime().equals(local)) {
      return { problem: `does not exist in ${zone}, where the clock was put forward over it` }
    }
    const first = earlier.epochMilliseconds
    const second = local.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
    // An hour that comes twice when the clock is put back: the one that goes on from the row before.
    if (this.#descending) return { at: second < this.#previous ? second : first }
    return { at: first > this.#previous ? first : second }
  }

  #follow(at: number): void {
    if (at !== this.#previous && this.#previous !== Number.NEGATIVE_INFINITY) {
      this.#descending = at < this.#previous
    }
    this.#previous = at
  }
}

function atOffset(label: number, offset: string): Read {
  if (/^z$/i.test(offset)) return { at: label }
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset) as RegExpExecArray
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000
  return { at: sign === '-' ? label + offsetMs : label - offsetMs }
}
