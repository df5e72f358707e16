import type { Span } from './calendar.ts'
import { type CourseOf, isShortGap, partOfRegister } from './gap-shape.ts'
import { gaugePieces } from './gauge-pieces.ts'
import type { Occurrence } from './meter-event.ts'
import type { MeterRule } from './meter-rule.ts'
import { isEven, isOpen, type Pieces } from './pieces.ts'
import { ESTIMATED, INTERPOLATED, SUSPECT } from './quality.ts'
import type { ReadingSeries } from './reading.ts'
import { registerPieces } from './register-pieces.ts'
import { type Consumption, CUT_AT_END, CUT_AT_START, INSIDE_GAP } from './rollup.ts'
import { HOUR_MS } from './window.ts'

/** What a meter's readings alone do not tell. */
export interface Circumstances {
  /** What is in force of the meter's journal, in order of time. */
  readonly occurrences?: readonly Occurrence[]
  /** How long gaps run; evenly without it. */
  readonly courseOf?: CourseOf | undefined
}

/** What readings come to, from one that counts to the next (DOMAIN, section 1). */
export function piecesOf(
  series: ReadingSeries,
  rule: MeterRule,
  occurrences: readonly Occurrence[] = [],
): Pieces {
  return rule.kind === 'register'
    ? registerPieces(series, rule, occurrences)
    : gaugePieces(series, rule, occurrences)
}

/**
 * The consumption of one meter in each of `spans`, which are in order and do not overlap.
 *
 * `series` holds the readings inside the spans and those around them that they hang on (`settledSpan`).
 * A boundary without a reading is drawn between its neighbours, so the sum over any split of a span is the
 * same; no part is negative, and none goes above the meter's limit.
 */
export function consumption(
  series: ReadingSeries,
  rule: MeterRule,
  spans: readonly Span[],
  circumstances: Circumstances = {},
): Consumption[] {
  return consumptionOf(piecesOf(series, rule, circumstances.occurrences), rule, spans, circumstances.courseOf)
}

/** The consumption in each of `spans`, of pieces. */
export function consumptionOf(
  pieces: Pieces,
  rule: MeterRule,
  spans: readonly Span[],
  courseOf?: CourseOf,
): Consumption[] {
  const rows: Consumption[] = []
  const { from, to, amount, coveredMs: known, flags: qualities, length } = pieces
  let i = 0
  for (const span of spans) {
    const start = Math.max(span.start, rule.usedFrom)
    const end = Math.min(span.end, rule.usedTo)
    // The last piece may reach into this span too, so it is looked at again.
    while (i < length && (to[i] as number) <= start) i += 1
    let value = 0
    let coveredMs = 0
    let head = 0
    let tail = 0
    let estimated = 0
    let flags = 0
    for (let k = i; k < length && (from[k] as number) < end; k += 1) {
      const a = from[k] as number
      const b = to[k] as number
      const first = Math.max(a, start)
      const last = Math.min(b, end)
      if (last <= first) continue
      const whole = first === a && last === b
      const used = whole ? (amount[k] as number) : partOf(pieces, k, first, last, rule, courseOf)
      const quality = qualities === null ? 0 : (qualities[k] as number)
      value += used
      coveredMs += known === null ? last - first : ((known[k] as number) * (last - first)) / (b - a)
      flags |= quality
      if (quality & (SUSPECT | ESTIMATED)) estimated += used
      else if (!whole && !isEven(pieces, k)) {
        if (isOpen(pieces, k)) {
          if (a < start) head += used
          if (b > end) tail += used
          // What stood still all the time did so at any time: nothing of it is uncertain.
          if (amount[k] !== 0) flags |= cutOf(a < start, b > end)
        } else if ((a <= start && b >= end) || isShortGap(pieces, k)) flags |= INTERPOLATED
      }
    }
    rows.push({ start: span.start, end: span.end, value, coveredMs, head, tail, estimated, flags })
  }
  return rows
}

function cutOf(atStart: boolean, atEnd: boolean): number {
  if (atStart && atEnd) return CUT_AT_START | CUT_AT_END | INSIDE_GAP
  return atStart ? CUT_AT_START : CUT_AT_END
}

function partOf(
  pieces: Pieces,
  k: number,
  from: number,
  to: number,
  rule: MeterRule,
  courseOf: CourseOf | undefined,
): number {
  const { rates } = pieces
  const first = rates?.first[k] ?? Number.NaN
  if (rates === null || Number.isNaN(first))
    return partOfRegister(pieces, k, from, to, rule.limitPerHour, courseOf)
  // The area under the straight line between two powers or flows (trapezoid).
  const a = pieces.from[k] as number
  const slope = ((rates.last[k] as number) - first) / ((pieces.to[k] as number) - a)
  return ((first + slope * ((from + to) / 2 - a)) * (to - from)) / HOUR_MS
}
