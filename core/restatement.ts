/** Why a figure is no longer what was published (DOMAIN, section 6); `method`: the program reckons differently. */
export const causes = ['late-data', 'factor', 'boundary', 'correction', 'method'] as const
export type Cause = (typeof causes)[number]

/** A change of so many percent or more is marked. */
export const MATERIAL_PERCENT = 5
/** Of a percentage that is 5 but for the last bit. */
const ROUNDING = 1e-9

/** Figures by indicator; one that isn't possible is left out, one that is undefined is null. */
export type Values = ReadonlyMap<string, number | null>

/** A figure before and after. */
export interface ChangedFigure {
  readonly indicator: string
  readonly old: number | null
  readonly new: number | null
  /** Of the old one; null where there is none to hold it against. */
  readonly percent: number | null
  /** 5 percent or more, or from or to nothing known. */
  readonly material: boolean
}

/** What one cause has changed. */
export interface Restatement {
  readonly cause: Cause
  /** What it was, a sentence each. */
  readonly detail: readonly string[]
  readonly figures: readonly ChangedFigure[]
}

export interface ReckonedStep {
  readonly cause: Cause
  readonly detail: readonly string[]
  /** With this step done, and those before it. */
  readonly values: Values
}

/** What a change comes to, in percent of what was. */
export function percentOf(old: number | null, now: number | null): number | null {
  return old === null || now === null || old === 0 ? null : ((now - old) / Math.abs(old)) * 100
}

export function isMaterial(old: number | null, now: number | null): boolean {
  if (old === now) return false
  const percent = percentOf(old, now)
  return percent === null || Math.abs(percent) >= MATERIAL_PERCENT - ROUNDING
}

/** Sums in another order differ in their last bits, which is no change of a figure. */
function isLastBits(old: number | null, now: number | null): boolean {
  return old !== null && now !== null && Math.abs(now - old) <= 1e-13 * Math.abs(old)
}

/** The figures that differ, in the order of `before`. */
export function changedFigures(before: Values, after: Values): ChangedFigure[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((indicator) => {
    const old = before.get(indicator) ?? null
    const now = after.get(indicator) ?? null
    if (old === now || isLastBits(old, now)) return []
    return [{ indicator, old, new: now, percent: percentOf(old, now), material: isMaterial(old, now) }]
  })
}

/**
 * One restatement for each step that changed a figure. Each begins where the one before it ended, so that
 * together they lead from what was to what is.
 */
export function restatementsOf(known: Values, steps: readonly ReckonedStep[]): Restatement[] {
  return steps.flatMap(({ cause, detail, values }, i) => {
    const before = steps[i - 1]?.values ?? known
    const figures = changedFigures(before, values)
    return figures.length === 0 ? [] : [{ cause, detail, figures }]
  })
}
