import { DAY_MS, QUARTER_MS } from '../core/calendar.ts'
import { HOUR_MS } from '../core/window.ts'

/** The past is told by the hour, its last days by the quarter hour. */
export const FINE_DAYS = 60

/** The instants from `from` to `to`, both inclusive, at which a site's meters are read afterwards. */
export function instantsOf(from: number, to: number, now: number, hourPhaseMs: number): number[] {
  const fineFrom = alignUp(now - FINE_DAYS * DAY_MS, HOUR_MS, hourPhaseMs)
  const instants: number[] = []
  let at = alignUp(from, HOUR_MS, hourPhaseMs)
  for (; at < fineFrom && at <= to; at += HOUR_MS) instants.push(at)
  at = alignUp(Math.max(from, fineFrom), QUARTER_MS, hourPhaseMs)
  for (; at <= to; at += QUARTER_MS) instants.push(at)
  return instants
}

/** The first step of a grid at or after an instant. */
function alignUp(at: number, step: number, phase: number): number {
  return Math.ceil((at - phase) / step) * step + phase
}
