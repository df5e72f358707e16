import { type Issue, issue } from '../../core/issue.ts'

/** A clock may run ahead of ours by this much. */
const AHEAD_MS = 10 * 60_000
const OLDEST = Date.UTC(2000, 0, 1)
const ACCEPTED = 'send RFC 3339 with a zone, such as 2026-01-01T00:15:00Z, or epoch milliseconds'

// The digits stand at fixed places up to the minute; what follows them varies.
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
    const got = at === undefined ? 'there is no "at"' : `"at" is ${JSON.stringify(at).slice(0, 80)}`
    return issue('no-time', `${got}; ${ACCEPTED}`)
  }
  const ms = parse(at)
  if (ms === undefined) return unreadable(at)
  return ms >= OLDEST && ms <= now + AHEAD_MS ? ms : outOfRange(ms, now, '')
}

/**
 * Epoch milliseconds, or undefined where it is not a time with a zone, or one that no clock shows.
 * By hand, because Date.parse takes 30 February for 2 March.
 */
function parse(text: string): number | undefined {
  if (!WITH_ZONE.test(text)) return undefined
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  const hour = two(text, 11)
  const minute = two(text, 14)
  const hasSecond = text.charCodeAt(16) === COLON && text.length > 17
  const second = hasSecond ? two(text, 17) : 0
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const fraction = hasSecond && text.length > 20 ? fractionMs(text) : 0
  const local = Date.UTC(year, month - 1, day, hour, minute, second, fraction)
  if (text.charCodeAt(text.length - 1) === UPPER_Z) return local
  const offsetHour = two(text, text.length - 5)
  const offsetMinute = two(text, text.length - 2)
  if (offsetHour > 23 || offsetMinute > 59) return undefined
  const offset = (offsetHour * 60 + offsetMinute) * 60_000
  return text.charCodeAt(text.length - 6) === MINUS ? local + offset : local - offset
}

const COLON = 58
const MINUS = 45
const UPPER_Z = 90
const ZERO = 48

function two(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
}

function fractionMs(text: string): number {
  const digits = /^[.,](\d{1,3})/.exec(text.slice(19))?.[1]
  return digits === undefined ? 0 : Number(digits.padEnd(3, '0'))
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function unreadable(at: string): Issue {
  const got = JSON.stringify(at.slice(0, 80))
  if (WITHOUT_ZONE.test(at)) return issue('time-without-zone', `${got} has no time zone; ${ACCEPTED}`)
  const why = WITH_ZONE.test(at) ? 'is not on any calendar or clock' : 'is not a time'
  return issue('impossible-time', `${got} ${why}; ${ACCEPTED}`)
}

function outOfRange(ms: number, now: number, hint: string): Issue {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) {
    return issue('impossible-time', `${ms} is not an instant${hint}; ${ACCEPTED}`)
  }
  const got = new Date(ms).toISOString()
  if (ms < OLDEST) return issue('time-too-old', `${got} is before 2000-01-01${hint}; ${ACCEPTED}`)
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
