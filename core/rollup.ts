import type { Grain } from './calendar.ts'
import { ESTIMATED, type Qualities } from './quality.ts'

/** Consumption of one meter in one span, in the meter's energy or volume unit, multiplier applied; of a sensor degC times hours. */
export interface Consumption {
  readonly start: number
  readonly end: number
  /** What is known of the consumption; 0 where nothing is (`coveredMs` 0 then). */
  readonly value: number
  /** How much of the span lies between two readings, in milliseconds. */
  readonly coveredMs: number
  /**
   * The part of `value` inside a long gap that began before the span. A gap between two faces has a
   * certain total and an uncertain inside, so a span that cuts one counts its share as estimated, and
   * a longer span that holds the whole gap does not (DOMAIN, section 1).
   */
  readonly head: number
  /** The part of `value` inside a long gap that goes on after the span. A span wholly inside a gap has all of it in both. */
  readonly tail: number
  /** The part of `value` that stays an estimate in a span however long: between its ends no faces bound it, or they bound it only from below. */
  readonly estimated: number
  /** The qualities of the intervals that it is made of, other than `missing`; and whether it cuts a long gap (`CUT_AT_START` and the like). */
  readonly flags: Qualities
}

/** A consumption that is kept. */
export interface Rollup extends Consumption {
  readonly meter: string
  readonly grain: Exclude<Grain, '15m'>
}

/**
 * Beside the qualities in `flags`: how a span lies to long gaps. Where a gap ran at zero, `head` and `tail`
 * do not tell that the span cuts it.
 */
export const CUT_AT_START = 16
export const CUT_AT_END = 32
/** The span is a part of one gap and of nothing else. */
export const INSIDE_GAP = 64
const CUTS = CUT_AT_START | CUT_AT_END | INSIDE_GAP

/** The estimated part of a consumption, in its unit; never negative. */
export function estimatedPart(part: Consumption): number {
  const cut = cutsOf(part) & INSIDE_GAP ? part.value : part.head + part.tail
  // A sum of degrees may be below zero.
  return Math.min(Math.abs(part.value), Math.abs(part.estimated + cut))
}

/** Its qualities with what is estimated because its span cuts a gap. */
export function flagsOf(part: Consumption): Qualities {
  const qualities = part.flags & ~CUTS
  return cutsOf(part) === 0 ? qualities : qualities | ESTIMATED
}

/**
 * The consumption of a span from those of its parts, which are in order and do not overlap; parts may
 * be missing. Sums, except that a gap whose both ends lie inside is no longer cut.
 */
export function combine(span: { start: number; end: number }, parts: Iterable<Consumption>): Consumption {
  let value = 0
  let coveredMs = 0
  let head = 0
  let tail = 0
  let estimated = 0
  let flags = 0
  let cuts: number | undefined
  for (const part of parts) {
    const partCuts = cutsOf(part)
    // The first parts carry their open head outwards for as long as the gap has not ended.
    if (cuts === undefined || cuts & INSIDE_GAP) head += part.head
    tail = partCuts & INSIDE_GAP ? tail + part.value : part.tail
    cuts =
      ((cuts ?? partCuts) & CUT_AT_START) |
      (partCuts & CUT_AT_END) |
      ((cuts ?? INSIDE_GAP) & partCuts & INSIDE_GAP)
    value += part.value
    coveredMs += part.coveredMs
    estimated += part.estimated
    flags |= part.flags & ~CUTS
  }
  flags |= cuts ?? 0
  return { start: span.start, end: span.end, value, coveredMs, head, tail, estimated, flags }
}

/** Whether two consumptions are the same to the last bit. */
export function isSame(a: Consumption, b: Consumption): boolean {
  return (
    a.start === b.start &&
    a.end === b.end &&
    a.value === b.value &&
    a.coveredMs === b.coveredMs &&
    a.head === b.head &&
    a.tail === b.tail &&
    a.estimated === b.estimated &&
    a.flags === b.flags
  )
}

/** How a span lies to long gaps. Rows that were stored before say it by their amounts alone. */
function cutsOf({ value, head, tail, flags }: Consumption): number {
  const inside = value > 0 && head === value && tail === value
  return (
    (flags & CUTS) | (head > 0 ? CUT_AT_START : 0) | (tail > 0 ? CUT_AT_END : 0) | (inside ? INSIDE_GAP : 0)
  )
}
