import type { Grain } from './calendar.ts'
import { ESTIMATED, type Qualities } from './quality.ts'

/** Consumption of one meter in one span, in the meter's energy or volume unit, multiplier applied. */
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
  /** The qualities of the intervals that it is made of, other than what `coveredMs`, `head` and `tail` tell. */
  readonly flags: Qualities
}

/** A consumption that is kept. */
export interface Rollup extends Consumption {
  readonly meter: string
  readonly grain: Exclude<Grain, '15m'>
}

/** The estimated part of a consumption, in its unit. */
export function estimatedPart(part: Consumption): number {
  return Math.min(part.value, part.estimated + (insideGap(part) ? part.value : part.head + part.tail))
}

/** Its qualities with what is estimated because its span cuts a gap. */
export function flagsOf(part: Consumption): Qualities {
  return part.head > 0 || part.tail > 0 ? part.flags | ESTIMATED : part.flags
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
  for (const part of parts) {
    const soFarInside = value === 0 || (head === value && tail === value)
    const partInside = insideGap(part)
    // The first parts carry their open head outwards for as long as the gap has not ended.
    if (soFarInside) head += part.head
    tail = partInside ? tail + part.value : part.tail
    value += part.value
    coveredMs += part.coveredMs
    estimated += part.estimated
    flags |= part.flags
  }
  return { start: span.start, end: span.end, value, coveredMs, head, tail, estimated, flags }
}

function insideGap(part: Consumption): boolean {
  return part.value > 0 && part.head === part.value && part.tail === part.value
}
