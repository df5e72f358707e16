import { GAP_MS } from './gap.ts'
import type { Occurrence } from './meter-event.ts'
import { EVEN, type Piece, UNCERTAIN } from './pieces.ts'
import { EDITED, ESTIMATED } from './quality.ts'
import { firstWhere } from './search.ts'
import { HOUR_MS } from './window.ts'

/**
 * Pieces with what people declared in place of what was metered: from `at` to `to` the consumption was
 * `value`, evenly. What lies beside it keeps its share.
 */
export function withCorrections(list: readonly Piece[], occurrences: readonly Occurrence[]): Piece[] {
  const corrected = [...list]
  for (const one of occurrences) {
    if (one.kind !== 'correction') continue
    const { at: from, to, value } = one
    const first = firstEndingAfter(corrected, from)
    let behind = first
    while (behind < corrected.length && (corrected[behind] as Piece).from < to) behind += 1
    const within = corrected.slice(first, behind)
    const edited: Piece = { from, to, amount: value, flags: EDITED, course: EVEN }
    corrected.splice(
      first,
      behind - first,
      ...within.flatMap((piece) => cut(piece, piece.from, Math.min(piece.to, from))),
      edited,
      ...within.flatMap((piece) => cut(piece, Math.max(piece.from, to), piece.to)),
    )
  }
  return corrected
}

/** The index of the first of pieces in order that ends after an instant. */
function firstEndingAfter(list: readonly Piece[], instant: number): number {
  return firstWhere(list.length, (k) => (list[k] as Piece).to > instant)
}

/** The part of a piece in [from, to), by time; nothing where it has none. */
function cut(piece: Piece, from: number, to: number): Piece[] {
  if (to <= from) return []
  if (from === piece.from && to === piece.to) return [piece]
  const ms = piece.to - piece.from
  const share = (to - from) / ms
  const part: Piece = {
    from,
    to,
    amount: piece.amount * share,
    ...(piece.coveredMs !== undefined && { coveredMs: piece.coveredMs * share }),
    // Of a gap only the whole was certain.
    flags: (piece.flags ?? 0) | (piece.course === UNCERTAIN || ms > GAP_MS ? ESTIMATED : 0),
  }
  const { first, last } = piece
  if (first === undefined || last === undefined) return [part]
  const rate = (at: number) => first + ((last - first) * (at - piece.from)) / ms
  const ends = { first: rate(from), last: rate(to) }
  return [{ ...part, ...ends, amount: ((ends.first + ends.last) / 2) * ((to - from) / HOUR_MS) }]
}
