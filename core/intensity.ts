import { denominatorOf } from './denominator.ts'
import { type Indicator, type Quantity, sitesWithout } from './indicator.ts'
import { type Scope, sitesOf } from './organisation-index.ts'
import { type Quality, worstQuality } from './quality.ts'
import { estimatedShare, type Lookup, type Period, type Usage, usage } from './usage.ts'

/** A figure rests on data for at least this share of its span, or it is not given (DOMAIN, section 5). */
export const COVERAGE_NEEDED = 0.95

/** An indicator of a scope in a period. */
export interface Figure {
  /** Unrounded; null with `reason` where it is undefined or too little of the span has data. */
  readonly value: number | null
  /** What is known of the numerator, whatever its coverage. */
  readonly numerator: number | null
  readonly denominator: number | null
  readonly coverage: number
  /** The estimated share of the numerator, or of a metered denominator where that is more: 0..1. */
  readonly estimated: number
  /** The worst of numerator and metered denominator. */
  readonly quality: Quality
  readonly partial: boolean
  readonly reason?: string
}

/** What figures are reckoned from. */
export interface Facts {
  readonly lookup: Lookup
  readonly now: number
}

/**
 * Numerator and denominator are summed first and divided once: a ratio is never averaged (DOMAIN,
 * section 4).
 */
export function figure(indicator: Indicator, scope: Scope, period: Period, facts: Facts): Figure {
  const above = amount(indicator.numerator, scope, period, facts)
  const below = divisor(indicator, scope, period, facts)
  const coverage = Math.min(above.coverage, below.coverage)
  const known = {
    numerator: above.value,
    denominator: below.value,
    coverage,
    estimated: Math.max(estimatedShare(above.value, above.estimated), below.estimated),
    quality: worstQuality([above.quality, below.quality]),
    partial: sitesOf(scope).some(({ calendar }) => period.spanAt(calendar).end > facts.now),
  }
  const undefinedBecause = (reason: string): Figure => ({ ...known, value: null, reason })
  if (above.value === null) return undefinedBecause(above.reason ?? 'unknown')
  if (coverage < COVERAGE_NEEDED) {
    const lacking = (above.coverage <= below.coverage ? above : below).reason ?? ''
    return undefinedBecause(`coverage is below ${COVERAGE_NEEDED * 100} %: ${lacking}`)
  }
  if (indicator.denominator === undefined) return { ...known, value: above.value }
  if (below.value === null) return undefinedBecause(below.reason ?? 'unknown')
  if (below.value === 0) return undefinedBecause(`the denominator is zero`)
  return { ...known, value: above.value / below.value }
}

function amount(quantity: Quantity, scope: Scope, period: Period, { lookup, now }: Facts): Usage {
  const without = sitesWithout(quantity, scope)
  const sum = usage(quantity.meters(scope), period, lookup, now, quantity.factor)
  if (without.length === 0) return sum
  return {
    ...sum,
    value: null,
    coverage: 0,
    quality: 'missing',
    reason: `no meter measures ${quantity.id} at ${without.join(', ')}`,
  }
}

function divisor(
  { denominator }: Indicator,
  scope: Scope,
  period: Period,
  facts: Facts,
): { value: number | null; coverage: number; estimated: number; quality: Quality; reason?: string } {
  const whole = { coverage: 1, estimated: 0, quality: 'measured' as const }
  if (denominator === undefined) return { value: null, ...whole }
  if (typeof denominator !== 'string') {
    const used = amount(denominator, scope, period, facts)
    return { ...used, estimated: estimatedShare(used.value, used.estimated) }
  }
  const known = denominatorOf(denominator, scope, period, facts.now)
  return 'value' in known ? { ...known, ...whole } : { value: null, ...whole, reason: known.reason }
}
