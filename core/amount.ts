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

const NOTHING: Omit<Amount, keyof Named | 'value' | 'state'> = {
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
  more?: Partial<Amount>,
): Amount {
  const { of, id, period, unit } = named
  // Most of all amounts are none, and a literal is made much quicker than a copy with changes.
  if (more !== undefined) return { ...NOTHING, ...more, of, id, period, unit, value: null, state, reason }
  return {
    of,
    id,
    period,
    unit,
    value: null,
    state,
    coverage: 0,
    estimated: 0,
    flags: 0,
    partial: false,
    elapsedMs: 0,
    reason,
    notes: NOTHING.notes,
    factors: NOTHING.factors,
    parts: NOTHING.parts,
  }
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
  let worst = counted[0]
  if (worst === undefined) return nothingOf(named, parts)
  let failed: Amount | undefined
  let elapsedMs = 0
  let value = 0
  for (const part of counted) {
    if (part.coverage < worst.coverage) worst = part
    if (failed === undefined && isFailed(part)) failed = part
    if (part.elapsedMs > elapsedMs) elapsedMs = part.elapsedMs
    value += (part.weight ?? 1) * (part.value ?? 0)
  }
  const { coverage } = worst
  const unknown = failed ?? (worst.value === null ? worst : undefined)
  if (unknown !== undefined)
    return summed(named, counted, parts, { coverage, elapsedMs, value: null, reason: unknown.reason })
  return summed(named, counted, parts, {
    coverage,
    elapsedMs,
    value,
    reason: coverage < NEARLY_WHOLE ? worst.reason : undefined,
  })
}

/** The sum of amounts one after the other. It is covered for as long as its parts are. */
export function inTurn(named: Named, parts: readonly Amount[]): Amount {
  const counted = parts.filter(({ state }) => state === 'known' || state === 'unknown' || state === 'absent')
  let worst = counted[0]
  if (worst === undefined || counted.every(({ state }) => state === 'absent')) return together(named, parts)
  let elapsedMs = 0
  let coveredMs = 0
  let value = 0
  for (const part of counted) {
    if (part.coverage < worst.coverage) worst = part
    elapsedMs += part.elapsedMs
    coveredMs += part.coverage * part.elapsedMs
    value += part.value ?? 0
  }
  const coverage = elapsedMs === 0 ? 0 : coveredMs / elapsedMs
  const unknown = counted.find(isFailed) ?? (coverage === 0 ? worst : undefined)
  if (unknown !== undefined)
    return summed(named, counted, parts, { coverage, elapsedMs, value: null, reason: unknown.reason })
  const reason =
    coverage < NEARLY_WHOLE && worst.reason !== undefined ? `${worst.period}: ${worst.reason}` : undefined
  return summed(named, counted, parts, { coverage, elapsedMs, value, reason })
}

/** Unknown for another reason than too few readings, such as a factor that is missing. */
function isFailed({ value, coverage }: Amount): boolean {
  return value === null && coverage > 0
}

function nothingOf(named: Named, parts: readonly Amount[]): Amount {
  const first =
    parts.find(({ state }) => state === 'not-begun') ??
    parts.find(({ state }) => state === 'unused') ??
    parts[0]
  if (first === undefined) return none(named, 'absent', 'nothing measures it')
  const partial = first.state !== 'absent' && parts.some((part) => part.partial)
  return none(named, first.state as 'absent', first.reason ?? '', { parts, partial })
}

/** One object, made at once: there is one for every meter of every figure. */
function summed(
  { of, id, period, unit }: Named,
  counted: readonly Amount[],
  parts: readonly Amount[],
  {
    coverage,
    elapsedMs,
    value,
    reason,
  }: { coverage: number; elapsedMs: number; value: number | null; reason: string | undefined },
): Amount {
  let estimated = 0
  let flags = 0
  let partial = false
  let notes = NOTHING.notes
  let factors = NOTHING.factors
  for (const part of counted) {
    estimated += Math.abs(part.weight ?? 1) * part.estimated
    flags |= part.flags
    // Mostly all parts have the same few: nothing is made anew for them.
    if (!part.notes.every((note) => notes.includes(note))) notes = [...new Set([...notes, ...part.notes])]
    if (!part.factors.every((use) => factors.includes(use))) factors = distinct([...factors, ...part.factors])
  }
  for (const part of parts) partial ||= part.partial
  const state = value === null ? 'unknown' : 'known'
  const sum = {
    of,
    id,
    period,
    unit,
    value,
    state,
    coverage,
    estimated,
    flags,
    partial,
    elapsedMs,
    notes,
    factors,
    parts,
  } as const
  return reason === undefined ? sum : { ...sum, reason }
}

/** The keys of those that were used after their last day, as factors.yaml allows. */
export function carriedKeys(factors: readonly FactorUse[]): string[] {
  return factors.filter(({ carriedForward }) => carriedForward).map(({ key }) => key)
}

export function distinct(factors: readonly FactorUse[]): readonly FactorUse[] {
  const seen = new Set<string>()
  return factors.filter(({ key, to, value, carriedForward }) => {
    // One's own factor may begin on the same day as the one that it goes before.
    const id = `${key}|${to}|${value}|${carriedForward}`
    return seen.size < seen.add(id).size
  })
}
