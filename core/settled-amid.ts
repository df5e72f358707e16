import type { Occurrence } from './meter-event.ts'
import type { MeterRule } from './meter-rule.ts'
import { withoutExcluded } from './segments.ts'
import { type Settled, settledSpan } from './settled.ts'
import type { Window } from './window.ts'

/**
 * How far a change of readings in a window reaches, amid what was declared of the meter: as far as it does with
 * the excluded readings or without them, and with any of the multipliers that the meter had. `face` in the
 * rule's reading unit.
 */
export function settledAmid(
  at: Float64Array,
  face: Float64Array,
  rule: MeterRule,
  occurrences: readonly Occurrence[],
  window: Pick<Window, 'from' | 'to'>,
): Settled {
  let all = settledSpan(at, face, rule, window)
  if (occurrences.length === 0) return all
  const kept = withoutExcluded(at, face, occurrences)
  const isOther = kept.at.length < at.length
  for (const multiplier of multipliersOf(rule, occurrences)) {
    const ofTheTime = { ...rule, multiplier }
    if (multiplier !== rule.multiplier) all = both(all, settledSpan(at, face, ofTheTime, window))
    if (isOther) all = both(all, settledSpan(kept.at, kept.face, ofTheTime, window))
  }
  return all
}

function multipliersOf(rule: MeterRule, occurrences: readonly Occurrence[]): Set<number> {
  const stated = occurrences.flatMap((one) =>
    'multiplier' in one && one.multiplier !== undefined ? [one.multiplier] : [],
  )
  return new Set([rule.multiplier, ...stated])
}

function both(a: Settled, b: Settled): Settled {
  return {
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    needsBefore: a.needsBefore || b.needsBefore,
    needsAfter: a.needsAfter || b.needsAfter,
  }
}
