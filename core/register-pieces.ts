import { withCorrections } from './corrections.ts'
import { faceStep, type StepRule, turnMs } from './face-step.ts'
import { facesIn } from './faces.ts'
import { acceptedIn, isDeclared, turnsOf } from './line.ts'
import type { Occurrence } from './meter-event.ts'
import type { MeterRule } from './meter-rule.ts'
import { columnsOf, type Piece, type Pieces } from './pieces.ts'
import { EDITED, SUSPECT } from './quality.ts'
import type { ReadingSeries } from './reading.ts'
import { type DeclaredFace, type Segment, segmentsOf } from './segments.ts'
import { withCatchUps } from './stuck.ts'
import { HOUR_MS } from './window.ts'

/**
 * What a register used from reading to reading, by the rules in their order (DOMAIN, section 1): declared
 * events, rollover or reset, limits, spikes, stuck and catch-up.
 */
export function registerPieces(
  series: ReadingSeries,
  rule: MeterRule,
  occurrences: readonly Occurrence[],
): Pieces {
  const face = facesIn(rule, series)
  const plain = occurrences.length === 0 ? plainPieces(series.at, face, rule) : null
  return plain ?? columnsOf(ruledPieces(series.at, face, rule, occurrences), false)
}

/** The same where no rule has anything to say, which is nearly always; null where one has. */
function plainPieces(at: Float64Array, face: Float64Array, rule: MeterRule): Pieces | null {
  const length = Math.max(0, at.length - 1)
  const amount = new Float64Array(length)
  const { multiplier, limitPerHour, minimumPerHour } = rule
  const limitPerMs = limitPerHour / HOUR_MS
  const longest = turnMs(rule)
  for (let k = 0; k < length; k += 1) {
    const ms = (at[k + 1] as number) - (at[k] as number)
    const used = ((face[k + 1] as number) - (face[k] as number)) * multiplier
    // A NaN is none of it.
    const fine = used >= 0 && used <= limitPerMs * ms && used < Number.POSITIVE_INFINITY && ms < longest
    if (!fine || (used === 0 && minimumPerHour > 0)) return null
    amount[k] = used
  }
  return {
    length,
    from: at.subarray(0, length),
    to: at.subarray(1),
    amount,
    coveredMs: null,
    flags: null,
    course: null,
    rates: null,
  }
}

function ruledPieces(
  at: Float64Array,
  face: Float64Array,
  rule: MeterRule,
  occurrences: readonly Occurrence[],
): Piece[] {
  const turns = turnsOf(occurrences)
  const list: Piece[] = []
  let last: Point | undefined
  // Where only the multiplier changed, with no reading in between, since the last face.
  let changes: Segment[] = []
  for (const segment of segmentsOf(at, face, rule.multiplier, occurrences)) {
    const stepRule = { ...rule, multiplier: segment.multiplier }
    const line = lineOf(segment, stepRule, turns)
    if (last !== undefined && changes.length > 0 && line[0] !== undefined)
      list.push(...across(last, line[0], changes, stepRule))
    for (let i = 0; i + 1 < line.length; i += 1) {
      const piece = pieceOf(line[i] as Point, line[i + 1] as Point, stepRule, turns)
      if (piece !== null) list.push(piece)
    }
    if (line.length > 0) changes = []
    last = line.at(-1) ?? last
    if (segment.goesOn) changes.push(segment)
    else last = undefined
  }
  return withCorrections(withCatchUps(list, rule), occurrences)
}

interface Point extends DeclaredFace {
  readonly declared?: true
}

/** The faces that count, with those that were declared at the ends. */
function lineOf(segment: Segment, rule: StepRule, turns: readonly number[]): Point[] {
  const { at, face, opening, closing } = segment
  const points: Point[] = acceptedIn(segment, rule, turns).map((i) => ({
    at: at[i] as number,
    face: face[i] as number,
  }))
  if (opening !== null) points.unshift({ ...opening, declared: true })
  if (closing !== null) points.push({ ...closing, declared: true })
  return points
}

function pieceOf(a: Point, b: Point, rule: StepRule, turns: readonly number[]): Piece | null {
  if (b.at <= a.at) return null
  const step = faceStep(rule, a.at, a.face, b.at, b.face, isDeclared(turns, a.at, b.at))
  if (Number.isNaN(step)) return afterBreak(a, b, rule)
  const amount = step * rule.multiplier
  // It may have gone round unseen: what it shows is the least.
  const turned = b.at - a.at >= turnMs(rule)
  const flags = turned ? SUSPECT : a.declared || b.declared ? EDITED : 0
  return { from: a.at, to: b.at, amount, flags }
}

/**
 * A register that begins anew has used at least what its face shows. How long ago that was nobody knows:
 * at least as long as the limit needs for it, and only that much counts as known. Without a limit, or with
 * a face that the time does not allow, nothing is known.
 */
function afterBreak(a: Point, b: Point, { multiplier, limitPerHour }: StepRule): Piece | null {
  const least = b.face * multiplier
  const coveredMs = (least / limitPerHour) * HOUR_MS
  if (b.face >= a.face || b.face < 0 || limitPerHour === Number.POSITIVE_INFINITY) return null
  if (coveredMs > b.at - a.at) return null
  return { from: a.at, to: b.at, amount: least, coveredMs, flags: SUSPECT }
}

/** From the last face under one multiplier to the first under another: each in between has its share by time. */
function across(a: Point, b: Point, changes: readonly Segment[], rule: StepRule): Piece[] {
  const multipliers = [...changes.map(({ multiplier }) => multiplier), rule.multiplier]
  const step = faceStep({ ...rule, multiplier: Math.max(...multipliers) }, a.at, a.face, b.at, b.face)
  if (Number.isNaN(step)) return []
  const parts: Piece[] = []
  let from = a.at
  for (const [i, multiplier] of multipliers.entries()) {
    // A change before the first face of a new meter changes nothing of this.
    const to = Math.max(from, changes[i]?.end ?? b.at)
    if (to > from)
      parts.push({ from, to, amount: ((step * (to - from)) / (b.at - a.at)) * multiplier, flags: EDITED })
    from = to
  }
  return parts
}
