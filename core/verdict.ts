export type Verdict = 'on-track' | 'at-risk' | 'off-track' | 'insufficient-data'

/** Sums of decimals do not meet their limit to the last bit. */
const SLACK = 1e-9

/**
 * Share of the way from the baseline to the goal that a value has gone (DOMAIN, section 5); `rises` where more is
 * wanted.
 */
export function progressOf(baseline: number, goal: number, value: number, rises: boolean): number {
  // Where the goal is met from the start, all of the way is gone, or none.
  if (rises ? goal <= baseline : goal >= baseline) return (rises ? value >= goal : value <= goal) ? 1 : 0
  return (baseline - value) / (baseline - goal)
}

/** A straight line from a baseline to a limit: the baseline up to its year, the limit from `by` on. */
export function towards(
  baseline: { readonly year: number; readonly value: number },
  limit: number,
  by: number,
  year: number,
): number {
  const share = Math.min(1, Math.max(0, (year - baseline.year) / (by - baseline.year)))
  return share === 1 ? limit : baseline.value - (baseline.value - limit) * share
}

/** Of a value on its way from the baseline to the year's goal; `rises` where more is wanted. */
export function pathVerdict(baseline: number, goal: number, value: number, rises: boolean): Verdict {
  // A baseline that is past the goal already leaves no way to go: the goal itself is the measure.
  if (rises ? goal <= baseline : goal >= baseline)
    return rises ? floorVerdict(quotient(value, goal)) : ceilingVerdict(quotient(value, goal))
  return reductionVerdict(progressOf(baseline, goal, value, rises))
}

function quotient(value: number, goal: number): number {
  return goal === 0 ? (value === 0 ? 1 : Number.POSITIVE_INFINITY) : value / goal
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
