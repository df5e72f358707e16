import type { MeterRule } from './meter-rule.ts'
import { HOUR_MS } from './window.ts'

/** Sums of decimals do not meet their limit to the last bit. */
const SLACK = 1 + 1e-9
/** Where no limit is stated, a fall is a rollover if it ends so close behind the turn. */
const ROLLOVER_SHARE = 0.01

/** What of a rule decides whether one face can follow another. */
export type StepRule = Pick<MeterRule, 'multiplier' | 'modulus' | 'limitPerHour'>

/**
 * By how much a register has counted from one face to a later one, in units of the face; NaN where the
 * one cannot follow the other: it falls without being a rollover, or rises by more than the limit allows.
 * `declared` says that a fall here is a rollover.
 */
export function faceStep(
  rule: StepRule,
  at: number,
  face: number,
  laterAt: number,
  laterFace: number,
  declared = false,
): number {
  const rise = laterFace - face
  const { modulus, multiplier } = rule
  if (rise >= 0) return allows(rule, rise * multiplier, laterAt - at, face, laterFace) ? rise : Number.NaN
  if (modulus === null || Number.isNaN(rise)) return Number.NaN
  const turned = rise + modulus
  if (turned < 0) return Number.NaN
  if (declared) return turned
  if (rule.limitPerHour === Number.POSITIVE_INFINITY)
    return turned <= modulus * ROLLOVER_SHARE ? turned : Number.NaN
  return turned * multiplier <= (rule.limitPerHour * (laterAt - at) * SLACK) / HOUR_MS ? turned : Number.NaN
}

/** How long it takes until a register may have gone round once unseen, milliseconds. */
export function turnMs({ modulus, multiplier, limitPerHour }: StepRule): number {
  if (modulus === null || limitPerHour === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
  return ((modulus * multiplier) / limitPerHour) * HOUR_MS
}

function allows(rule: StepRule, used: number, ms: number, face: number, laterFace: number): boolean {
  const { limitPerHour, multiplier } = rule
  const most = (limitPerHour * ms) / HOUR_MS
  if (used <= most * SLACK) return used < Number.POSITIVE_INFINITY
  // A face that shows whole units moves by a whole one within a minute, whatever the limit makes of that minute.
  if (ms >= HOUR_MS) return false
  return used <= Math.min(limitPerHour, Math.max(most, multiplier * resolution(face, laterFace)))
}

/** The smallest step that two faces suggest: 1 where both are whole. */
function resolution(face: number, laterFace: number): number {
  for (const step of [1, 0.1, 0.01]) {
    if (isMultiple(face, step) && isMultiple(laterFace, step)) return step
  }
  return 0
}

function isMultiple(value: number, step: number): boolean {
  const times = value / step
  return Math.abs(times - Math.round(times)) < 1e-6
}
