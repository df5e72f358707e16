import type { Span } from './calendar.ts'
import { isEven, isOpen, type Pieces } from './pieces.ts'
import { HOUR_MS } from './window.ts'

/** A piece that is so much longer than those beside it is a short gap, not just the meter's own pace. */
const LONGER = 1.5

/** How a gap runs inside. Only proportions count: its total is known elsewhere. */
export interface Course {
  /** The weight of any part. The parts of any split sum to the whole. */
  readonly weight: (from: number, to: number) => number
  /** The most that any stretch of it weighs, per hour. */
  readonly peakPerHour: number
}

/** The course of a long gap; null where too little is known to tell. */
export type CourseOf = (gap: Span) => Course | null

/**
 * How much of piece `k` of a register falls in [from, to), which lies inside it. The parts of any split
 * sum to the whole.
 *
 * - A short gap runs straight from the rate before it to the rate after it (DOMAIN, section 1, "gap").
 * - A long one runs as like days do.
 * - What was declared, everything else, and what would go above the limit somewhere, runs evenly.
 */
export function partOfRegister(
  pieces: Pieces,
  k: number,
  from: number,
  to: number,
  limitPerHour: number,
  courseOf: CourseOf | undefined,
): number {
  const span = { start: pieces.from[k] as number, end: pieces.to[k] as number }
  const amount = pieces.amount[k] as number
  const evenly = (amount * (to - from)) / (span.end - span.start)
  if (isEven(pieces, k)) return evenly
  const course = isOpen(pieces, k) ? courseOf?.(span) : slopeOf(pieces, k)
  if (course === undefined || course === null) return evenly
  const scale = amount / course.weight(span.start, span.end)
  // What weighs nothing at all has no course either.
  return course.peakPerHour * scale <= limitPerHour ? scale * course.weight(from, to) : evenly
}

/** Whether a piece is a gap of up to two hours: longer than both its neighbours, and not longer than that. */
export function isShortGap(pieces: Pieces, k: number): boolean {
  const [from, to] = [pieces.from[k] as number, pieces.to[k] as number]
  if (k === 0 || k + 1 >= pieces.length || isOpen(pieces, k)) return false
  if (pieces.to[k - 1] !== from || pieces.from[k + 1] !== to) return false
  const before = from - (pieces.from[k - 1] as number)
  const after = (pieces.to[k + 1] as number) - to
  return to - from > LONGER * Math.max(before, after) && isPlain(pieces, k - 1) && isPlain(pieces, k + 1)
}

function slopeOf(pieces: Pieces, k: number): Course | null {
  if (!isShortGap(pieces, k)) return null
  const before = middleOf(pieces, k - 1)
  const after = middleOf(pieces, k + 1)
  const slope = (after.rate - before.rate) / (after.at - before.at)
  const rateAt = (at: number) => before.rate + slope * (at - before.at)
  return {
    weight: (from, to) => rateAt((from + to) / 2) * (to - from),
    peakPerHour: Math.max(rateAt(pieces.from[k] as number), rateAt(pieces.to[k] as number)) * HOUR_MS,
  }
}

function middleOf(pieces: Pieces, k: number): { at: number; rate: number } {
  const [from, to] = [pieces.from[k] as number, pieces.to[k] as number]
  return { at: (from + to) / 2, rate: (pieces.amount[k] as number) / (to - from) }
}

function isPlain(pieces: Pieces, k: number): boolean {
  return !isOpen(pieces, k) && (pieces.flags?.[k] ?? 0) === 0
}
