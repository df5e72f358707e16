import { withCorrections } from './corrections.ts'
import { facesIn } from './faces.ts'
import type { Occurrence } from './meter-event.ts'
import type { MeterRule } from './meter-rule.ts'
import { columnsOf, type Piece, type Pieces } from './pieces.ts'
import { INTERPOLATED, SUSPECT } from './quality.ts'
import type { ReadingSeries } from './reading.ts'
import { withoutExcluded } from './segments.ts'
import { HOUR_MS } from './window.ts'

/**
 * What a gauge's power, flow or temperature comes to from reading to reading: the area under the straight line
 * between the two, where they are no further apart than its reach. Readings above the limit are left out, and
 * so is a zero where the load never is zero, and what a sensor can't show.
 */
export function gaugePieces(
  series: ReadingSeries,
  rule: MeterRule,
  occurrences: readonly Occurrence[],
): Pieces {
  const { at, face: rate } = withoutExcluded(series.at, facesIn(rule, series), occurrences)
  const list: Piece[] = []
  let before = -1
  for (let k = 0; k < at.length; k += 1) {
    const value = rate[k] as number
    if (!isPossible(value, rule)) continue
    if (before >= 0 && (at[k] as number) - (at[before] as number) <= rule.reachMs) {
      const [from, to] = [at[before] as number, at[k] as number]
      const [start, end] = [rate[before] as number, value]
      // What flows back is no consumption of this meter. A temperature may well be below zero.
      const least = rule.lowest ?? 0
      const [first, last] = [Math.max(least, start), Math.max(least, end)]
      const flags = (start < least || end < least ? SUSPECT : 0) | (k > before + 1 ? INTERPOLATED : 0)
      const amount = ((first + last) / 2) * ((to - from) / HOUR_MS)
      if (Number.isFinite(amount)) list.push({ from, to, amount, flags, first, last })
    }
    before = k
  }
  return columnsOf(withCorrections(list, occurrences), true)
}

/** Whether a gauge can have shown this. */
export function isPossible(value: number, { limitPerHour, minimumPerHour, lowest }: MeterRule): boolean {
  return value <= limitPerHour && !(value === 0 && minimumPerHour > 0) && (lowest === null || value >= lowest)
}
