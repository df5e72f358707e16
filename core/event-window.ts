import type { Occurrence } from './meter-event.ts'
import { HOUR_MS, type Window } from './window.ts'

/**
 * The hours whose figures an occurrence changes when it is declared or taken back, before the aggregation
 * widens them to the neighbouring readings. `others` are the events of the same meter that are in force
 * beside it: one that sets a multiplier holds until the next that does. `newestReading` is the instant of
 * the meter's newest reading, undefined where it has none.
 */
export function touchedByOccurrence(
  occurrence: Occurrence,
  others: readonly Occurrence[],
  newestReading: number | undefined,
): Window {
  const from = Math.floor(occurrence.at / HOUR_MS) * HOUR_MS
  const end = endOf(occurrence, others, newestReading)
  return { meter: occurrence.meter, from, to: Math.max(Math.ceil(end / HOUR_MS) * HOUR_MS, from + HOUR_MS) }
}

function endOf(
  occurrence: Occurrence,
  others: readonly Occurrence[],
  newestReading: number | undefined,
): number {
  const stated = 'to' in occurrence && occurrence.to !== undefined ? occurrence.to : occurrence.at
  if (!setsMultiplier(occurrence)) return stated
  const next = others.filter((other) => other.at > occurrence.at && setsMultiplier(other))
  const until = next.length > 0 ? Math.min(...next.map(({ at }) => at)) : (newestReading ?? occurrence.at)
  return Math.max(stated, until)
}

function setsMultiplier(occurrence: Occurrence): boolean {
  return 'multiplier' in occurrence && occurrence.multiplier !== undefined
}
