import type { Amount } from './amount.ts'
import { type LookedUp, recorded } from './basis.ts'
import { type Facts, factsOf } from './facts.ts'
import { type Indicator, possibleIndicators } from './indicator.ts'
import { figure } from './intensity.ts'
import type { Scope } from './organisation-index.ts'
import type { Plan } from './plan.ts'
import type { Quality } from './quality.ts'
import type { LocalPeriod, Lookup } from './usage.ts'

/** An indicator of a boundary in a year, as it is published. */
export interface FrozenFigure {
  readonly indicator: string
  readonly unit: string
  /** Null where it is undefined, with `reason`. */
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly coverage: number
  readonly estimated: number
  readonly quality: Quality
  readonly reason: string | null
  readonly notes: readonly string[]
  /** The keys of the factors that it used. */
  readonly factors: readonly string[]
}

/** A figure with what it was found to rest on while it was reckoned. */
export interface Traced {
  readonly indicator: Indicator
  readonly frozen: FrozenFigure
  readonly rows: readonly LookedUp[]
  /** Ids. */
  readonly entries: readonly string[]
}

/** Every indicator that is possible of a scope, in the order of all indicators. */
export function tracedFigures(
  scope: Scope,
  period: LocalPeriod,
  plan: Plan,
  lookup: Lookup,
  now: number,
): Traced[] {
  const traces = new Map<string, Trace>()
  return possibleIndicators(scope, plan).map((indicator) => {
    // Those of one numerator look up the same. Others don't share amounts: one that is known is not looked up again.
    const meters = typeof indicator.denominator === 'object' ? indicator.denominator.id : ''
    const key = `${indicator.numerator.id}|${meters}|${indicator.dataCentres ?? ''}`
    const trace = traces.get(key) ?? newTrace(plan, lookup, now)
    traces.set(key, trace)
    return traced(indicator, scope, period, trace)
  })
}

/** Facts that note what is looked up. */
interface Trace {
  readonly seen: Map<string, LookedUp>
  readonly facts: Facts
}

function newTrace(plan: Plan, lookup: Lookup, now: number): Trace {
  const seen = new Map<string, LookedUp>()
  return { seen, facts: factsOf(plan, recorded(lookup, seen), now) }
}

function traced(indicator: Indicator, scope: Scope, period: LocalPeriod, { seen, facts }: Trace): Traced {
  const { above, below, reason, factors, partial, ...known } = figure(indicator, scope, period, facts)
  const { value, numerator, denominator, coverage, estimated, quality, notes } = known
  return {
    indicator,
    frozen: {
      indicator: indicator.id,
      unit: indicator.unit,
      value,
      numerator,
      denominator,
      coverage,
      estimated,
      quality,
      reason: reason ?? null,
      notes,
      factors: factors.map(({ key }) => key),
    },
    rows: [...seen.values()],
    entries: [...new Set([...entryIds(above), ...(below === null ? [] : entryIds(below))])],
  }
}

function entryIds({ of, id, parts }: Amount): string[] {
  return of === 'entry' ? [id] : parts.flatMap(entryIds)
}
