import { type Issue, issue } from '../../core/issue.ts'
import { OLDEST_YEAR } from '../../core/retention.ts'
import { shown } from './got.ts'

/** A clock may run ahead of ours by this much. */
const AHEAD_MS = 10 * 60_000
const OLDEST = Date.UTC(OLDEST_YEAR, 0, 1)
const ACCEPTED = 'send RFC 3339 with a zone, such as 2026-01-01T00:15:00Z, or epoch milliseconds'

// Only to say what is wrong with a text that is not taken.
const WITH_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:\d\d)$/
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)?$/

/**
 * The instant of a reading in epoch milliseconds, from what its `at` holds, or why it cannot be
 * taken. Fractions of a millisecond are cut off.
 */
export function instantOf(at: unknown, now: number): number | Issue {
  if (typeof at === 'number') {
    const ms = Math.floor(at)
    return ms >= OLDEST && ms <= now + AHEAD_MS ? ms : outOfRange(ms, now, numberHint(at, now))
  }
  if (typeof at !== 'string') {
    const got = at === undefined ? 'there is no "at"' : `"at" is ${shown(at)}`
    return issue('no-time', `${got}; ${ACCEPTED}`)
  }
  const ms = parse(at)
  if (ms === undefined) return unreadable(at)
  return ms >= OLDEST && ms <= now + AHEAD_MS ? ms : outOfRange(ms, now, '')
}

/**
 * Epoch milliseconds, or undefined where it is not a time with a zone, or one that no clock shows.
 * By hand: Date.parse takes 30 February for 2 March, and a regular expression costs more than the
 * rest of the reading.
 */
function parse(text: string): number | undefined {
  if (!hasSeparators(text)) return undefined
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  const hour = two(text, 11)
  const minute = two(text, 14)
  if (!(hour <= 23) || !(minute <= 59)) return undefined
  if (!(month >= 1 && month <= 12) || !(day >= 1 && day <= daysIn(year, month))) return undefined
  let ms = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60_000
  let zoneAt = 16
  if (text.charCodeAt(16) === COLON) {
    const second = two(text, 17)
    if (!(second <= 59)) return undefined
    ms += second * 1000
    zoneAt = 19
    if (text.charCodeAt(19) === DOT || text.charCodeAt(19) === COMMA) {
      zoneAt = 20
      for (let worth = 100; isDigit(text.charCodeAt(zoneAt)); zoneAt++, worth /= 10) {
        if (worth >= 1) ms += worth * (text.charCodeAt(zoneAt) - ZERO)
      }
      if (zoneAt === 20) return undefined
    }
  }
  const offset = zoneMs(text, zoneAt)
  return Number.isNaN(ms) || Number.isNaN(offset) ? undefined : ms - offset
}

function hasSeparators(text: string): boolean {
  const between = text.charCodeAt(10)
  return (
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    (between === UPPER_T || between === SPACE) &&
    text.charCodeAt(13) === COLON
  )
}

/** Of what must be `Z`, `+hh:mm` or `-hh:mm` up to the end; NaN where it is not. */
function zoneMs(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  if (sign === UPPER_Z) return text.length === at + 1 ? 0 : Number.NaN
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON)
    return Number.NaN
  const hours = two(text, at + 1)
  const minutes = two(text, at + 4)
  if (hours > 23 || minutes > 59) return Number.NaN
  return (sign === PLUS ? 60_000 : -60_000) * (hours * 60 + minutes)
}

const SPACE = 32
const PLUS = 43
const COMMA = 44
const DASH = 45
const DOT = 46
const ZERO = 48
const COLON = 58
const UPPER_T = 84
const UPPER_Z = 90

/** Two digits as a number, NaN where they are not digits. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at)
  const ones = text.charCodeAt(at + 1)
  return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + ones - ZERO : Number.NaN
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9
}

/** By the calendar's arithmetic: Date.UTC costs more than reading all the digits. */
function daysSince1970(year: number, month: number, day: number): number {
  // Years that begin in March have the leap day at their end.
  const since = month > 2 ? year : year - 1
  const leapDays = Math.floor(since / 4) - Math.floor(since / 100) + Math.floor(since / 400)
  const before = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5)
  return since * 365 + leapDays + before + day - 719_469
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function unreadable(at: string): Issue {
  const got = shown(at)
  if (WITHOUT_ZONE.test(at)) return issue('time-without-zone', `${got} has no time zone; ${ACCEPTED}`)
  const why = WITH_ZONE.test(at) ? 'is not on any calendar or clock' : 'is not a time'
  return issue('impossible-time', `${got} ${why}; ${ACCEPTED}`)
}

function outOfRange(ms: number, now: number, hint: string): Issue {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) {
    return issue('impossible-time', `${ms} is not an instant${hint}; ${ACCEPTED}`)
  }
  const got = new Date(ms).toISOString()
  if (ms < OLDEST) return issue('time-too-old', `${got} is before ${OLDEST_YEAR}-01-01${hint}; ${ACCEPTED}`)
  const here = new Date(now).toISOString()
  return issue(
    'time-ahead',
    `${got} is more than 10 minutes ahead of ${here}${hint}; check the device's clock`,
  )
}

/** Names the unit that was probably meant, where a number makes sense in another one. */
function numberHint(at: number, now: number): string {
  const fits = (ms: number) => ms >= OLDEST && ms <= now + AHEAD_MS
  if (fits(at * 1000)) return ': it looks like epoch seconds, and milliseconds are accepted'
  if (fits(at / 1000)) return ': it looks like epoch microseconds, and milliseconds are accepted'
  if (fits(at / 1_000_000)) return ': it looks like epoch nanoseconds, and milliseconds are accepted'
  return ''
}
