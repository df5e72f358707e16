import type { Indicator } from './indicator.ts'
import { COVERAGE_NEEDED } from './intensity.ts'
import type { Target } from './target-file.ts'
import type { Outlook } from './year-outlook.ts'

/** What is left of a running year, or still lacking; amounts in the numerator's unit. */
export interface Allowance {
  /** What may still be used; negative when exceeded. */
  readonly allowanceRest: number | null
  readonly allowancePerMonth: number | null
  /** Of a share what the rest of the year must come to; else what is still lacking. */
  readonly neededRest: number | null
  readonly neededPerMonth: number | null
}

const NOTHING: Allowance = {
  allowanceRest: null,
  allowancePerMonth: null,
  neededRest: null,
  neededPerMonth: null,
}

/** `left` is how many months there are to the end of the year that is judged. */
export function allowanceOf(
  target: Target,
  { denominator, scale = 1 }: Indicator,
  seen: Outlook,
  goal: number | null,
  year: number,
  left: number,
): Allowance {
  const { actual, isToNow, monthsComplete } = seen
  if (!actual.partial || goal === null) return NOTHING
  if (target.kind === 'cumulative') {
    const rest = seen.value === null ? null : Math.max(0, target.amount - seen.value)
    return needed(rest, (isToNow ? left : 12 - monthsComplete) + 12 * Math.max(0, target.by - year))
  }
  // Too little data to know what was used is too little to say what is left.
  if (seen.value === null || seen.coverage < COVERAGE_NEEDED) return NOTHING
  // The running month may not be entered yet: then all of it is still to come.
  const toNow = isToNow && actual.coverage >= COVERAGE_NEEDED
  const used = toNow ? actual.numerator : seen.known
  const monthsLeft = toNow ? left : 12 - monthsComplete
  if (used === null) return NOTHING
  if (typeof denominator === 'object') {
    const soFar = toNow ? actual.denominator : seen.knownBelow
    if (seen.below === null || soFar === null) return NOTHING
    const rest = seen.below - soFar
    return rest <= 0
      ? NOTHING
      : { ...NOTHING, neededRest: neededShare(goal / scale, used, soFar, rest) * scale }
  }
  const under = denominator === undefined ? 1 : seen.below
  if (under === null) return NOTHING
  const whole = (goal * under) / scale
  if (target.kind === 'floor' || target.kind === 'share') return needed(Math.max(0, whole - used), monthsLeft)
  const rest = whole - used
  return { ...NOTHING, allowanceRest: rest, allowancePerMonth: perMonth(rest, monthsLeft) }
}

/** T7 of the targets' cases: what of the rest must be the numerator for the whole to come to the goal. */
export function neededShare(goal: number, numerator: number, denominator: number, rest: number): number {
  return Math.max(0, (goal * (denominator + rest) - numerator) / rest)
}

function needed(rest: number | null, months: number): Allowance {
  return { ...NOTHING, neededRest: rest, neededPerMonth: rest === null ? null : perMonth(rest, months) }
}

function perMonth(rest: number, months: number): number | null {
  // In the last month it is all that is left.
  return months <= 0 ? null : rest / Math.max(1, months)
}
