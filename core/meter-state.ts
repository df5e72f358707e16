import { HOUR_MS } from './window.ts'

const LATE_MS = 2 * HOUR_MS
const SILENT_MS = 24 * HOUR_MS

/** What a meter with readings can be, from well to worst. */
export const meterStates = ['live', 'late', 'silent', 'never-heard'] as const
export type MeterState = (typeof meterStates)[number]

/** How it stands with a meter whose newest reading is of `lastAt`, epoch milliseconds: up to two hours, up to a day, longer. */
export function meterState(lastAt: number | undefined, now: number): MeterState {
  if (lastAt === undefined) return 'never-heard'
  const ageMs = now - lastAt
  return ageMs <= LATE_MS ? 'live' : ageMs <= SILENT_MS ? 'late' : 'silent'
}
