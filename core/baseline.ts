import { localDay } from './calendar.ts'
import type { Denominator, Indicator } from './indicator.ts'
import type { Name } from './organisation.ts'
import { baselineOf, type Target } from './target-file.ts'
import { daysOf, monthStart } from './year-months.ts'

/** What the baseline was adjusted for, and what it adds in the unit of the figure; null where that is not stated. */
export interface Adjustment {
  readonly kind: 'floor-area' | 'employees' | 'static-factor'
  readonly what?: Name
  readonly from?: string
  readonly before?: number
  readonly after?: number
  readonly effect: number | null
}

/** Where the path of a target begins, as adjusted to a year. */
export interface Baseline {
  readonly value: number | null
  readonly adjustments: readonly Adjustment[]
  /** Why it is not known. */
  readonly reason?: string
}

export interface Divisor {
  readonly value: number | null
  readonly reason?: string
}

/** How many people or square metres a target's scope has in a year. */
export type DivisorIn = (kind: Denominator, year: number) => Divisor

/**
 * The baseline as it would be with the floor area or headcount of a year, and with what changed since that is
 * no matter of saving. A change in the middle of a year counts for the days since.
 */
export function adjusted(
  target: Target,
  indicator: Indicator,
  stated: number,
  year: number,
  divisorIn: DivisorIn,
): Baseline {
  const base = baselineOf(target)
  const adjustments: Adjustment[] = []
  let value = stated
  const kind = 'normalise' in target ? target.normalise : undefined
  if (kind !== undefined && base !== undefined) {
    const [then, now] = [divisorIn(kind, base.year), divisorIn(kind, year)]
    if (then.value === null || now.value === null || then.value === 0) {
      const reason = then.reason ?? now.reason ?? 'it is zero'
      return { value: null, adjustments, reason: `the baseline is not normalised by ${kind}: ${reason}` }
    }
    value = (stated * now.value) / then.value
    adjustments.push({ kind, before: then.value, after: now.value, effect: value - stated })
  }
  for (const factor of target.staticFactors) {
    const { from, what } = factor
    const stated = 'effect' in factor ? factor.effect : undefined
    const share = base === undefined ? 0 : inForceShare(from, year) - inForceShare(from, base.year)
    const effect = stated === undefined ? null : perUnit(indicator, stated * share, year, divisorIn)
    if (typeof effect === 'object' && effect !== null) return { value: null, adjustments, ...effect }
    adjustments.push({ kind: 'static-factor', what: what as Name, from, effect })
    value += effect ?? 0
  }
  return { value, adjustments }
}

/** An amount a year in the unit of a figure. */
function perUnit(
  { denominator, scale = 1 }: Indicator,
  amount: number,
  year: number,
  divisorIn: DivisorIn,
): number | { reason: string } {
  if (denominator === undefined) return amount
  if (typeof denominator === 'object')
    return { reason: 'an effect of a static factor has no place in a share of two metered amounts' }
  const { value, reason } = divisorIn(denominator, year)
  if (value === null || value === 0)
    return { reason: `a static factor cannot be weighed: ${reason ?? 'the denominator is zero'}` }
  return (amount * scale) / value
}

/** The share of a year's days from a date on. */
function inForceShare(from: string, year: number): number {
  const day = localDay(from) ?? 0
  const past = monthStart(year + 1, 1)
  return Math.min(1, Math.max(0, (past - day) / daysOf(year)))
}
