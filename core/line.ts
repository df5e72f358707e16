import { acceptedFaces } from './accept.ts'
import { faceStep, type StepRule } from './face-step.ts'
import type { Occurrence } from './meter-event.ts'
import type { Segment } from './segments.ts'

/** The instants of declared rollovers. */
export function turnsOf(occurrences: readonly Occurrence[]): number[] {
  return occurrences.flatMap((one) => (one.kind === 'rollover' ? [one.at] : []))
}

/** Whether a rollover was declared of the fall between two readings. */
export function isDeclared(turns: readonly number[], at: number, laterAt: number): boolean {
  return turns.some((turn) => turn > at && turn <= laterAt)
}

/** By how much a register counted from one reading of a segment to a later one; NaN where it cannot have. */
export function stepIn(
  { at, face }: Segment,
  rule: StepRule,
  turns: readonly number[],
  i: number,
  j: number,
): number {
  const [before, later] = [at[i] as number, at[j] as number]
  return faceStep(rule, before, face[i] as number, later, face[j] as number, isDeclared(turns, before, later))
}

/** The readings of a segment that count, as their indices. */
export function acceptedIn(segment: Segment, rule: StepRule, turns: readonly number[]): number[] {
  const { at, face } = segment
  const follows = (i: number, j: number) => !Number.isNaN(stepIn(segment, rule, turns, i, j))
  return acceptedFaces({ at, face, follows })
}
