/** Local dates as `YYYY-MM-DD` labels. They have no zone, so they are counted in UTC. */

export function todayIn(zone: string, now = new Date()): string {
  return dateIn(zone, now)
}

/** The local date of an instant. */
export function dateIn(zone: string, at: Date): string {
  // Universal time needs no zone to be read, which takes the browser a while: nothing waits for it at the first paint.
  return zone === 'UTC' ? at.toISOString().slice(0, 10) : clockIn(zone).format(at).slice(0, 10)
}

export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** The instant at which a local date begins, epoch milliseconds. */
export function startOfDay(date: string, zone: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`)
  // An offset found at the wrong side of a change of the clock is right at the second try.
  const first = wall - offsetAt(wall, zone)
  return wall - offsetAt(first, zone)
}

/** The instant of a wall clock's `YYYY-MM-DDTHH:MM` in a zone, epoch milliseconds; NaN where it is none. */
export function instantIn(zone: string, wall: string): number {
  const day = startOfDay(wall.slice(0, 10), zone)
  const at = Date.parse(`${wall}Z`)
  return Number.isNaN(at) ? Number.NaN : at - offsetAt(at - offsetAt(day, zone), zone)
}

/** What a wall clock in a zone shows at an instant, `YYYY-MM-DDTHH:MM`. */
export function wallIn(zone: string, at: number): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16)
}

/** All dates in [from, to). */
export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = []
  for (let date = from; date < to; date = addDays(date, 1)) dates.push(date)
  return dates
}

/**
 * The year that begins at an instant. Local midnight of 1 January is within 14 hours of the UTC one,
 * so a day and a half later it is that year everywhere.
 */
export function yearBeginningAt(start: string): number {
  return new Date(Date.parse(start) + 36 * 3_600_000).getUTCFullYear()
}

function offsetAt(at: number, zone: string): number {
  return Date.parse(`${clockIn(zone).format(at).replace(' ', 'T')}Z`) - at
}

const known = new Map<string, Intl.DateTimeFormat>()

function clockIn(zone: string): Intl.DateTimeFormat {
  let clock = known.get(zone)
  if (clock === undefined) {
    // The Swedish way of writing an instant is the ISO one.
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    known.set(zone, clock)
  }
  return clock
}
