import { GAP_MS } from './gap.ts'
import type { Qualities } from './quality.ts'

/** Its total is certain and its course is not, however short it is. */
export const UNCERTAIN = 1
/** Its course is as certain as its total, however long it is: it was declared to run evenly. */
export const EVEN = 2

/**
 * What a meter used from one reading that counts to the next, column by column; in order, without
 * overlap. Where there is no piece nothing is known.
 */
export interface Pieces {
  readonly length: number
  readonly from: Float64Array
  readonly to: Float64Array
  /** In the unit of the consumption. */
  readonly amount: Float64Array
  /** How much of each piece counts as known, milliseconds; null where each counts as a whole. */
  readonly coveredMs: Float64Array | null
  /** Qualities of each; null where all are measured. */
  readonly flags: Uint8Array | null
  /** `UNCERTAIN` or `EVEN` where its length does not tell how a piece runs inside, else 0; null where it always does. */
  readonly course: Uint8Array | null
  /** Of a gauge, power or flow at both ends, between which it runs straight; null of a register. */
  readonly rates: { readonly first: Float64Array; readonly last: Float64Array } | null
}

/** One piece on its way into `Pieces`. */
export interface Piece {
  readonly from: number
  readonly to: number
  readonly amount: number
  readonly coveredMs?: number
  readonly flags?: Qualities
  readonly course?: number
  readonly first?: number
  readonly last?: number
}

/** Pieces in columns. `list` is in order. */
export function columnsOf(list: readonly Piece[], gauge: boolean): Pieces {
  const { length } = list
  const columns = {
    from: new Float64Array(length),
    to: new Float64Array(length),
    amount: new Float64Array(length),
    coveredMs: new Float64Array(length),
    flags: new Uint8Array(length),
    course: new Uint8Array(length),
  }
  const rates = gauge ? { first: new Float64Array(length), last: new Float64Array(length) } : null
  for (let k = 0; k < length; k += 1) {
    const { from, to, amount, coveredMs, flags, course, first, last } = list[k] as Piece
    columns.from[k] = from
    columns.to[k] = to
    columns.amount[k] = amount
    columns.coveredMs[k] = coveredMs ?? to - from
    columns.flags[k] = flags ?? 0
    columns.course[k] = course ?? 0
    if (rates === null) continue
    rates.first[k] = first ?? Number.NaN
    rates.last[k] = last ?? Number.NaN
  }
  return { length, ...columns, rates }
}

/** A piece out of its columns. */
export function pieceAt({ from, to, amount, coveredMs, flags, course, rates }: Pieces, k: number): Piece {
  const piece = {
    from: from[k] as number,
    to: to[k] as number,
    amount: amount[k] as number,
    coveredMs: coveredMs?.[k] ?? (to[k] as number) - (from[k] as number),
    flags: flags?.[k] ?? 0,
    course: course?.[k] ?? 0,
  }
  return rates === null ? piece : { ...piece, first: rates.first[k] as number, last: rates.last[k] as number }
}

/** Whether the inside of a piece is uncertain. */
export function isOpen(pieces: Pieces, k: number): boolean {
  const course = pieces.course?.[k] ?? 0
  return (
    course === UNCERTAIN ||
    (course !== EVEN && (pieces.to[k] as number) - (pieces.from[k] as number) > GAP_MS)
  )
}

/** Whether a piece was declared to run evenly. */
export function isEven(pieces: Pieces, k: number): boolean {
  return pieces.course?.[k] === EVEN
}
