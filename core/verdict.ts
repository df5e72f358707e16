export type Verdict = 'on-track' | 'at-risk' | 'off-track' | 'insufficient-data'

/** Sums of decimals do not meet their limit to the last bit. */
const SLACK = 1e-9

/** Share of the way from the baseline to the goal that a value has gone (DOMAIN, section 5). */
export function progressOf(baseline: number, goal: number, value: number): number {
  return (baseline - value) / (baseline - goal)
}

/** The linear path of a reduction in a year: the baseline at its start, the limit from `by` on. */
export function pathValue(
  baseline: { year: number; value: number },
  reduction: number,
  by: number,
  year: number,
): number {
  const share = Math.min(1, Math.max(0, (year - baseline.year) / (by - baseline.year)))
  return baseline.value * (1 - reduction * share)
}

export function reductionVerdict(progress: number): Verdict {
  if (progress >= 1 - SLACK) return 'on-track'
  return progress >= 0.75 - SLACK ? 'at-risk' : 'off-track'
}

/** `ratio` is the value against the limit. */
export function ceilingVerdict(ratio: number): Verdict {
  if (ratio <= 1 + SLACK) return 'on-track'
  return ratio <= 1.02 + SLACK ? 'at-risk' : 'off-track'
}

export function floorVerdict(ratio: number): Verdict {
  if (ratio >= 1 - SLACK) return 'on-track'
  return ratio >= 0.98 - SLACK ? 'at-risk' : 'off-track'
}
