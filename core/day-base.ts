/** A day with fewer metered hours has no base. */
const HOURS_A_DAY = 20
/** One or two may be an outage. */
const THIRD = 2

/** The base of a day: its third lowest hour; NaN where too little of it was metered. */
export function dayBase(hours: readonly number[]): number {
  return hours.length < HOURS_A_DAY ? Number.NaN : (hours.toSorted((a, b) => a - b)[THIRD] as number)
}
