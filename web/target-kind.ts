import type { TargetRow } from './answers.ts'

/** Whether more of it is wanted: its limit is a least amount or share. */
export function wantsMore({ kind }: Pick<TargetRow, 'kind'>): boolean {
  return kind === 'floor' || kind === 'cumulative' || kind === 'share'
}

/** Whether it goes from a baseline to its limit year by year. */
export function hasPath({ kind, baselineOf }: Pick<TargetRow, 'kind' | 'baselineOf'>): boolean {
  return kind === 'reduction' || kind === 'absolute' || (kind === 'share' && baselineOf !== null)
}
