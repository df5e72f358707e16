import { DAY_MS, QUARTER_MS, type Span } from './calendar.ts'
import type { Course, CourseOf } from './gap-shape.ts'
import { columnsOf, type Piece, type Pieces, pieceAt } from './pieces.ts'
import { ESTIMATED } from './quality.ts'

/** A hole that lasts longer is left as missing. */
export const HOLE_MOST_MS = 7 * DAY_MS

/** The holes between what is known that are short enough to be estimated, as indices of the pieces before them. */
export function holesIn(pieces: Pieces): number[] {
  const found: number[] = []
  for (let k = 0; k + 1 < pieces.length; k += 1) {
    const ms = (pieces.from[k + 1] as number) - (pieces.to[k] as number)
    if (ms > 0 && ms <= HOLE_MOST_MS) found.push(k)
  }
  return found
}

/**
 * Pieces with their holes filled as like days ran: no faces bound what was used there, so it stays an
 * estimate in every span (DOMAIN, section 1, "gap"). A hole that like days know too little of stays one,
 * and so does the time after the last reading: silence is not known until it has ended.
 */
export function withHolesFilled(pieces: Pieces, limitPerHour: number, courseOf: CourseOf): Pieces {
  const filled = new Map<number, Piece[]>()
  for (const k of holesIn(pieces)) {
    const hole = { start: pieces.to[k] as number, end: pieces.from[k + 1] as number }
    const course = courseOf(hole)
    if (course !== null && course.peakPerHour <= limitPerHour) filled.set(k, inParts(hole, course))
  }
  if (filled.size === 0) return pieces
  const list: Piece[] = []
  for (let k = 0; k < pieces.length; k += 1) {
    list.push(pieceAt(pieces, k))
    const parts = filled.get(k)
    if (parts !== undefined) list.push(...parts)
  }
  return columnsOf(list, pieces.rates !== null)
}

/** In parts, because inside a piece nothing is known of its course. Hours begin on a quarter in every zone. */
function inParts(hole: Span, course: Course): Piece[] {
  const parts: Piece[] = []
  for (let from = hole.start; from < hole.end; ) {
    const to = Math.min(hole.end, (Math.floor(from / QUARTER_MS) + 1) * QUARTER_MS)
    parts.push({ from, to, amount: course.weight(from, to), flags: ESTIMATED })
    from = to
  }
  return parts
}
