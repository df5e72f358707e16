import { HOUR_MS } from '../core/window.ts'
import type { HourRow } from './consumption-csv.ts'
import { type Decimal, numeral, unitsAt } from './decimal.ts'

/** A register's face at an instant, as a numeral. */
export interface Face {
  readonly at: number
  readonly numeral: string
}

/** Hours that no row speaks of, between two that do. */
export interface Gap {
  readonly start: number
  readonly end: number
  /** The face when the gap began. */
  readonly face: number
}

/**
 * What becomes of a register in hours that nobody knows:
 * `reset` — it begins again at 0 afterwards, as after a change of meter, so those hours stay missing;
 * `hold` — it goes on from where it stood, which says that nothing was used.
 */
export type Gaps = 'reset' | 'hold'

/**
 * The faces of a register that counted the hours: one before the first hour and one after each. Sums are
 * exact decimals, so the difference of any two faces is the sum of the hours between them.
 */
export function facesOf(rows: readonly HourRow[], startFace: Decimal, gaps: Gaps) {
  let decimals = startFace.decimals
  for (const { amount } of rows) decimals = Math.max(decimals, amount.decimals)
  const faces: Face[] = []
  const found: Gap[] = []
  let units = unitsAt(decimals, startFace)
  let end: number | undefined
  for (const { at, amount } of rows) {
    if (end !== at) {
      if (end !== undefined) {
        found.push({ start: end, end: at, face: Number(numeral(units, decimals)) })
        if (gaps === 'reset') units = 0n
      }
      faces.push({ at, numeral: numeral(units, decimals) })
    }
    units += unitsAt(decimals, amount)
    end = at + HOUR_MS
    faces.push({ at: end, numeral: numeral(units, decimals) })
  }
  return { faces, gaps: found }
}
