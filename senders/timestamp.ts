import { Temporal } from 'temporal-polyfill'

/** What `Timestamps` takes, for messages. */
export const TIMESTAMP_FORM = 'a timestamp such as 2026-01-31 13:00:00 or 2026-01-31T13:00:00+08:00'

const FORM = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(Z|[+-]\d\d:?\d\d)?$/i

/** Timestamps in the order of a file. Those without a zone are read in `zone`. */
export class Timestamps {
  readonly #zone: string
  #previous = Number.NEGATIVE_INFINITY

  /** Throws RangeError on an unknown zone. */
  constructor(zone: string) {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    this.#zone = zone
  }

  /** The instant of the next timestamp, or why it is none. */
  read(text: string): { at: number } | { problem: string } {
    const match = FORM.exec(text)
    if (match === null) return { problem: `is not ${TIMESTAMP_FORM}` }
    const [, date = '', time = '', zone] = match
    const offset = zone ?? (this.#zone === 'UTC' ? 'Z' : undefined)
    const result = offset === undefined ? this.#local(`${date}T${time}`) : fixed(`${date}T${time}${offset}`)
    if ('at' in result) this.#previous = result.at
    return result
  }

  #local(text: string): { at: number } | { problem: string } {
    let local: Temporal.PlainDateTime
    try {
      local = Temporal.PlainDateTime.from(text, { overflow: 'reject' })
    } catch {
      return { problem: 'is not a date' }
    }
    const earlier = local.toZonedDateTime(this.#zone, { disambiguation: 'earlier' })
    if (!earlier.toPlainDateTime().equals(local)) {
      return { problem: `does not exist in ${this.#zone}, where the clock was put forward over it` }
    }
    // An hour that comes twice when the clock is put back: the second one, once the first has been.
    const at = earlier.epochMilliseconds
    if (at > this.#previous) return { at }
    return { at: local.toZonedDateTime(this.#zone, { disambiguation: 'later' }).epochMilliseconds }
  }
}

function fixed(text: string): { at: number } | { problem: string } {
  const at = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  // Date.parse takes 30 February for 2 March.
  const day = Number(text.slice(8, 10))
  const last = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
  return Number.isNaN(at) || day > last ? { problem: 'is not a date' } : { at }
}
