import { type Amount, distinct } from './amount.ts'
import { amountOf } from './amount-of.ts'
import { denominatorOf } from './denominator.ts'
import type { FactorUse } from './factor-use.ts'
import type { Facts } from './facts.ts'
import { type Indicator, scopeFor } from './indicator.ts'
import { type Scope, sitesOf } from './organisation-index.ts'
import { type Quality, worstQuality } from './quality.ts'
import { estimatedShare, type LocalPeriod, qualityOf } from './usage.ts'

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
  /** What one has to know to read it right. */
  readonly notes: readonly string[]
  readonly factors: readonly FactorUse[]
  /** What it is made of. */
  readonly above: Amount
  readonly below: Amount | null
}

/**
 * Numerator and denominator are summed first and divided once: a ratio is never averaged (DOMAIN,
 * section 4).
 */
export function figure(indicator: Indicator, scope: Scope, period: LocalPeriod, facts: Facts): Figure {
  const of = scopeFor(indicator, scope)
  const above = amountOf(indicator.numerator, of, period, facts)
  const below = divisor(indicator, of, period, facts)
  const coverage =
    below === null || typeof indicator.denominator === 'string'
      ? above.coverage
      : Math.min(above.coverage, below.coverage)
  const partial = sitesOf(scope).some(({ calendar }) => period.spanAt(calendar).end > facts.now)
  const known = {
    numerator: above.value,
    denominator: below?.value ?? null,
    coverage,
    estimated: Math.max(shareOf(above), below === null ? 0 : shareOf(below)),
    quality: worstQuality([
      qualityOfAmount(above),
      ...(typeof indicator.denominator === 'object' && below !== null ? [qualityOfAmount(below)] : []),
    ]),
    partial,
    notes:
      below === null || below.notes.length === 0
        ? above.notes
        : [...new Set([...above.notes, ...below.notes])],
    factors:
      below === null || below.factors.length === 0
        ? above.factors
        : distinct([...above.factors, ...below.factors]),
    above,
    below,
  }
  const undefinedBecause = (reason: string): Figure => ({ ...known, value: null, reason })
  if (of.kind === 'boundary' && of.sites.length === 0)
    return undefinedBecause(`${scope.id} has no data centre`)
  if (above.value === null) return undefinedBecause(above.reason ?? 'unknown')
  if (coverage < COVERAGE_NEEDED) {
    const lacking = (below === null || above.coverage <= below.coverage ? above : below).reason ?? ''
    return undefinedBecause(`coverage is below ${COVERAGE_NEEDED * 100} %: ${lacking}`)
  }
  if (indicator.denominator === undefined || below === null) return { ...known, value: above.value }
  if (below.value === null) return undefinedBecause(below.reason ?? 'unknown')
  if (below.value === 0) return undefinedBecause(`the denominator is zero`)
  if (typeof indicator.denominator === 'object') {
    const negative = [above, below].find(({ value }) => (value as number) < 0)
    if (negative !== undefined) return undefinedBecause(`${negative.id} is below zero: more went out than in`)
  }
  // Revenue is stated of whole spans: held against a part of one, it would promise too much.
  if (indicator.denominator === 'revenue' && partial)
    return undefinedBecause(`revenue is of the whole of ${period.label}, which still runs`)
  return { ...known, value: (above.value / below.value) * (indicator.scale ?? 1) }
}

function divisor({ denominator }: Indicator, scope: Scope, period: LocalPeriod, facts: Facts): Amount | null {
  if (denominator === undefined) return null
  return typeof denominator === 'string'
    ? denominatorOf(denominator, scope, period, facts)
    : amountOf(denominator, scope, period, facts)
}

function shareOf({ value, estimated }: Amount): number {
  return estimatedShare(value, estimated)
}

function qualityOfAmount({ flags, coverage, partial }: Amount): Quality {
  return qualityOf(flags, coverage, partial)
}
