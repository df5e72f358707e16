import type { FactorUse } from './factor-use.ts'
import type { Qualities } from './quality.ts'
import { NEARLY_WHOLE } from './usage.ts'

/**
 * How much of something there was in a scope and a period, with what it is made of: a tree from a quantity
 * over sites and periods down to meters and entries. What is not known is null with a reason.
 */
export interface Amount {
  readonly of: 'quantity' | 'scope' | 'period' | 'meter' | 'entry' | 'stated'
  /** The id of the quantity, scope, meter or entry; the period's label. */
  readonly id: string
  readonly period: string
  readonly unit: string
  readonly value: number | null
  /**
   * `unknown`: there should be a value and there is none. `absent`: nothing measures it and nothing is
   * entered. `unused`: its meters were not in use. `not-begun`: the span is to come. Only of the first two it
   * matters to a sum that they are there.
   */
  readonly state: 'known' | 'unknown' | 'absent' | 'unused' | 'not-begun'
  /** Share of the elapsed part of the period for which there is data. */
  readonly coverage: number
  /** The estimated part, in the amount's unit. */
  readonly estimated: number
  readonly flags: Qualities
  readonly partial: boolean
  /** The elapsed part of the period, milliseconds. */
  readonly elapsedMs: number
  readonly reason?: string
  /** What one has to know to read the value right. */
  readonly notes: readonly string[]
  readonly factors: readonly FactorUse[]
  /** Before the factor: what the meter showed, or what was entered. */
  readonly raw?: { readonly value: number; readonly unit: string }
  /** By what it enters the sum above it, where that is not 1. */
  readonly weight?: number
  readonly parts: readonly Amount[]
}

type Named = Pick<Amount, 'of' | 'id' | 'period' | 'unit'>

const NOTHING = {
  coverage: 0,
  estimated: 0,
  flags: 0,
  partial: false,
  elapsedMs: 0,
  notes: [],
  factors: [],
  parts: [],
}

/** An amount that is not there, and why. */
export function none(
  named: Named,
  state: Exclude<Amount['state'], 'known'>,
  reason: string,
  more: Partial<Amount> = {},
): Amount {
  const { of, id, period, unit } = named
  return { ...NOTHING, ...more, of, id, period, unit, value: null, state, reason }
}

/** An amount that somebody states. */
export function stated({ of, id, period, unit }: Named, value: number): Amount {
  return { ...NOTHING, of, id, period, unit, value, state: 'known', coverage: 1 }
}

/**
 * The sum of amounts side by side. It is as well covered as its worst part; where one is unknown it is
 * unknown, not smaller. Parts that are absent count as nothing.
 */
export function together(named: Named, parts: readonly Amount[]): Amount {
  const counted = parts.filter(({ state }) => state === 'known' || state === 'unknown')
  const first =
    parts.find(({ state }) => state === 'not-begun') ?? parts.find(({ state }) => state === 'unused')
  if (counted.length === 0) {
    if (first === undefined)
      return none(named, 'absent', parts[0]?.reason ?? 'nothing measures it', { parts })
    return none(named, first.state as 'unused', first.reason ?? '', {
      parts,
      partial: parts.some(({ partial }) => partial),
    })
  }
  const worst = counted.reduce((a, b) => (b.coverage < a.coverage ? b : a))
  // Unknown for another reason than too few readings, such as a factor that is missing.
  const failed = counted.find(({ value, coverage }) => value === null && coverage > 0)
  const unknown = failed ?? (worst.value === null ? worst : undefined)
  const shared = {
    ...named,
    ...merged(counted, parts),
    coverage: worst.coverage,
    elapsedMs: Math.max(...counted.map(({ elapsedMs }) => elapsedMs)),
  }
  if (unknown !== undefined)
    return { ...shared, value: null, state: 'unknown', reason: unknown.reason ?? 'unknown' }
  return {
    ...shared,
    value: counted.reduce((sum, { value, weight }) => sum + (weight ?? 1) * (value as number), 0),
    state: 'known',
    ...(worst.coverage < NEARLY_WHOLE && worst.reason !== undefined && { reason: worst.reason }),
  }
}

/** The sum of amounts one after the other. It is covered for as long as its parts are. */
export function inTurn(named: Named, parts: readonly Amount[]): Amount {
  const counted = parts.filter(({ state }) => state === 'known' || state === 'unknown' || state === 'absent')
  if (counted.every(({ state }) => state === 'absent')) return together(named, parts)
  const elapsedMs = counted.reduce((sum, part) => sum + part.elapsedMs, 0)
  const coveredMs = counted.reduce((sum, part) => sum + part.coverage * part.elapsedMs, 0)
  const failed = counted.find(({ value, coverage }) => value === null && coverage > 0)
  const coverage = elapsedMs === 0 ? 0 : coveredMs / elapsedMs
  const worst = counted.reduce((a, b) => (b.coverage < a.coverage ? b : a))
  const shared = { ...named, ...merged(counted, parts), coverage, elapsedMs }
  if (failed !== undefined)
    return { ...shared, value: null, state: 'unknown', reason: failed.reason ?? 'unknown' }
  if (coverage === 0) return { ...shared, value: null, state: 'unknown', reason: worst.reason ?? 'unknown' }
  return {
    ...shared,
    value: counted.reduce((sum, { value }) => sum + (value ?? 0), 0),
    state: 'known',
    ...(coverage < NEARLY_WHOLE &&
      worst.reason !== undefined && { reason: `${worst.period}: ${worst.reason}` }),
  }
}

function merged(counted: readonly Amount[], parts: readonly Amount[]) {
  return {
    estimated: counted.reduce((sum, { estimated, weight }) => sum + Math.abs(weight ?? 1) * estimated, 0),
    flags: counted.reduce((flags, part) => flags | part.flags, 0),
    partial: parts.some(({ partial }) => partial),
    notes: [...new Set(counted.flatMap(({ notes }) => notes))],
    factors: distinct(counted.flatMap(({ factors }) => factors)),
    parts,
  }
}

export function distinct(factors: readonly FactorUse[]): FactorUse[] {
  return [...new Map(factors.map((use) => [`${use.key}${use.carriedForward}`, use])).values()]
}
