import { DAY_MS } from './calendar.ts'
import type { MeterRule } from './meter-rule.ts'
import { type Piece, UNCERTAIN } from './pieces.ts'
import { HOUR_MS } from './window.ts'

/** A register that stood still for longer caught up with nothing that anybody could place. */
export const STILL_MOST_MS = 31 * DAY_MS

/**
 * A register that stands still where the load never is zero was stuck (DOMAIN, section 1). Where it jumps
 * then, the jump is what was used in all that time, and its course is uncertain; where it merely goes on,
 * or has not moved yet, nothing is known of that time. A stretch too short for a whole unit of the face
 * proves nothing.
 */
export function withCatchUps(list: readonly Piece[], rule: MeterRule): Piece[] {
  const { minimumPerHour } = rule
  if (minimumPerHour === 0) return [...list]
  const found: Piece[] = []
  for (let k = 0; k < list.length; ) {
    const end = endOfStillness(list, k)
    const first = list[k] as Piece
    if (end === k) {
      found.push(first)
      k += 1
      continue
    }
    const until = (list[end - 1] as Piece).to
    const next = list[end]?.from === until ? list[end] : undefined
    if (!provesStuck(first.from, until, rule)) found.push(...list.slice(k, end))
    else if (
      next !== undefined &&
      until - first.from <= STILL_MOST_MS &&
      hasCaughtUp(first, next, minimumPerHour)
    ) {
      found.push({ ...next, from: first.from, course: UNCERTAIN })
      k = end + 1
      continue
    }
    k = end
  }
  return found
}

/** Whether a register that showed the same face all this time must have been stuck: it would have moved by a whole unit. */
export function provesStuck(
  from: number,
  to: number,
  rule: Pick<MeterRule, 'minimumPerHour' | 'multiplier'>,
): boolean {
  return rule.minimumPerHour > 0 && ((to - from) / HOUR_MS) * rule.minimumPerHour >= rule.multiplier
}

/** The index of the first piece from `k` on in which the register moved, or that does not follow at once. */
function endOfStillness(list: readonly Piece[], k: number): number {
  let end = k
  while (end < list.length) {
    const { from, amount, flags = 0 } = list[end] as Piece
    if (amount !== 0 || flags !== 0 || (end > k && from !== (list[end - 1] as Piece).to)) break
    end += 1
  }
  return end
}

function hasCaughtUp(first: Piece, next: Piece, minimumPerHour: number): boolean {
  return next.amount >= ((next.to - first.from) / HOUR_MS) * minimumPerHour
}
