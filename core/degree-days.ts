import type { LocalDay } from './calendar.ts'

/** Mean outdoor temperature of local days, degC; days that are not wholly measured are left out. */
export type DailyMeans = ReadonlyMap<LocalDay, number>

/** How far a day's mean lies below the balance point, K: what heating answers to (ISO 15927-6). */
export function heatingDegrees(meanC: number, balanceC: number): number {
  return Math.max(0, balanceC - meanC)
}

/** How far a day's mean lies above the balance point, K: what cooling answers to. */
export function coolingDegrees(meanC: number, balanceC: number): number {
  return Math.max(0, meanC - balanceC)
}

/**
 * The balance points that are tried, degC. Buildings begin to need heat or cold somewhere in here: their own
 * sun, lamps and people carry them over the rest.
 */
export const HEATING_BALANCES: readonly number[] = from(10, 20)
export const COOLING_BALANCES: readonly number[] = from(16, 26)

function from(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
