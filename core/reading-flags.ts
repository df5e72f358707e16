import { exclusionBy } from './exclusion.ts'
import { facesIn } from './faces.ts'
import { isPossible } from './gauge-pieces.ts'
import { acceptedIn, stepIn, turnsOf } from './line.ts'
import type { Occurrence } from './meter-event.ts'
import type { MeterRule } from './meter-rule.ts'
import type { ReadingSeries } from './reading.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { provesStuck } from './stuck.ts'

/**
 * What the rules made of a reading.
 *
 * - `excluded`: somebody excluded it.
 * - `spike`: it left the line, and the line was found again; it does not count.
 * - `limit`: it cannot follow what came before, or shows more than there can be; nothing is known in between.
 * - `reset`: the register began anew before it. `rollover`: it went past its last digit.
 * - `stuck`: the register stood still where the load never is zero.
 */
export const ruleFlags = ['excluded', 'spike', 'limit', 'reset', 'rollover', 'stuck'] as const
export type ReadingFlag = (typeof ruleFlags)[number]

/** The flags of readings by their instants; plain ones are left out. `series` as for `consumption`. */
export function readingFlags(
  series: ReadingSeries,
  rule: MeterRule,
  occurrences: readonly Occurrence[],
): Map<number, ReadingFlag> {
  const flags = new Map<number, ReadingFlag>()
  const face = facesIn(rule, series)
  const excluded = exclusionBy(occurrences)
  for (const at of series.at) if (excluded(at)) flags.set(at, 'excluded')
  if (rule.kind === 'gauge') {
    for (const [i, at] of series.at.entries()) {
      if (!flags.has(at) && !isPossible(face[i] as number, rule)) flags.set(at, 'limit')
    }
    return flags
  }
  const turns = turnsOf(occurrences)
  for (const segment of segmentsOf(series.at, face, rule.multiplier, occurrences)) {
    flagSegment(flags, segment, { ...rule, multiplier: segment.multiplier }, turns)
  }
  return flags
}

function flagSegment(
  flags: Map<number, ReadingFlag>,
  segment: Segment,
  rule: MeterRule,
  turns: readonly number[],
): void {
  const { at, face } = segment
  const accepted = acceptedIn(segment, rule, turns)
  const counts = new Set(accepted)
  for (const [i, instant] of at.entries()) if (!counts.has(i)) flags.set(instant, 'spike')
  let still = 0
  for (let p = 1; p < accepted.length; p += 1) {
    const [before, now] = [accepted[p - 1] as number, accepted[p] as number]
    const fell = (face[now] as number) < (face[before] as number)
    if (Number.isNaN(stepIn(segment, rule, turns, before, now)))
      flags.set(at[now] as number, fell ? 'reset' : 'limit')
    else if (fell) flags.set(at[now] as number, 'rollover')
    if (face[now] !== face[before]) still = p
    else if (provesStuck(at[accepted[still] as number] as number, at[now] as number, rule)) {
      for (let q = still + 1; q <= p; q += 1) flags.set(at[accepted[q] as number] as number, 'stuck')
    }
  }
}
