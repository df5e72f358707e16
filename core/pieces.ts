import { GAP_MS } from './gap.ts'
import type { Qualities } from './quality.ts'

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
  /** 1 where the total is certain and its course is not, however short the piece is; null where none is. */
  readonly spread: Uint8Array | null
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
  readonly spread?: boolean
  readonly first?: number
  readonly last?: number
}

/** Pieces in columns. `list` is in order. */
export function columnsOf(list: readonly Piece[], gauge: boolean): Pieces {
  return {
    length: list.length,
    from: Float64Array.from(list, ({ from }) => from),
    to: Float64Array.from(list, ({ to }) => to),
    amount: Float64Array.from(list, ({ amount }) => amount),
    coveredMs: Float64Array.from(list, ({ from, to, coveredMs }) => coveredMs ?? to - from),
    flags: Uint8Array.from(list, ({ flags }) => flags ?? 0),
    spread: Uint8Array.from(list, ({ spread }) => (spread ? 1 : 0)),
    rates: gauge
      ? {
          first: Float64Array.from(list, ({ first }) => first ?? Number.NaN),
          last: Float64Array.from(list, ({ last }) => last ?? Number.NaN),
        }
      : null,
  }
}

/** Whether the inside of a piece is uncertain. */
export function isOpen(pieces: Pieces, k: number): boolean {
  return pieces.spread?.[k] === 1 || (pieces.to[k] as number) - (pieces.from[k] as number) > GAP_MS
}
