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

/** `monthsLeft` is of the year that is judged. */
export function allowanceOf(
  target: Target,
  { denominator, scale = 1 }: Indicator,
  seen: Outlook,
  goal: number | null,
  year: number,
  monthsLeft: number,
): Allowance {
  const { actual } = seen
  // Too little data to know what was used is too little to say what is left.
  if (!actual.partial || goal === null || actual.numerator === null) return NOTHING
  if (target.kind === 'cumulative') {
    const rest = seen.value === null ? null : Math.max(0, target.amount - seen.value)
    return needed(rest, monthsLeft + 12 * Math.max(0, target.by - year))
  }
  if (actual.coverage < COVERAGE_NEEDED) return NOTHING
  const used = actual.numerator
  if (typeof denominator === 'object') {
    if (seen.below === null || actual.denominator === null) return NOTHING
    const rest = seen.below - actual.denominator
    return rest <= 0
      ? NOTHING
      : { ...NOTHING, neededRest: neededShare(goal / scale, used, actual.denominator, rest) * scale }
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
  return months <= 0 ? null : rest / months
}
