import type { Amount } from './amount.ts'
import { amountOf } from './amount-of.ts'
import { openBecause } from './entered.ts'
import { entryQuantities } from './entry-quantities.ts'
import type { Facts } from './facts.ts'
import { type Scope, sitesOf } from './organisation-index.ts'
import { EDITED } from './quality.ts'
import { electricityBought } from './quantities.ts'
import { idsWithin, scopesWithin } from './scope-parts.ts'
import type { LocalPeriod } from './usage.ts'

/** A contract or certificate for renewable electricity that holds for some sites. */
export interface Instrument {
  readonly mwh: number
  /** The sites whose purchases it may cover. */
  readonly sites: ReadonlySet<string>
  readonly amount: Amount
}

export const instrumentQuantities = ['green-contract', 'green-certificate'] as const

/**
 * The contracts and certificates that count in a scope and a period, those of few sites first. What is
 * entered for a wider scope is not shared out to its parts, which a note says.
 */
export function instrumentsFor(
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
): { readonly list: readonly Instrument[]; readonly notes: readonly string[]; readonly blocked?: string } {
  const inside = idsWithin(scope, facts.plan.organisation)
    .reverse()
    .flatMap((id) => (id === scope.id ? scope : (facts.plan.scope(id) ?? [])))
  for (const quantity of instrumentQuantities) {
    const ids = inside.map(({ id }) => id)
    const blocked = openBecause(quantity, ids, period, facts)
    if (blocked !== undefined) return { list: [], notes: [], blocked }
  }
  const list = inside.flatMap((one) =>
    instrumentQuantities.flatMap((quantity) => ofScope(one, quantity, period, facts)),
  )
  return { list, notes: widerNotes(scope, period, facts) }
}

function ofScope(
  scope: Scope,
  quantity: (typeof instrumentQuantities)[number],
  period: LocalPeriod,
  { plan: { entries } }: Facts,
): Instrument[] {
  const sites = siteIds(scope)
  return entries.within(quantity, scope.id, period.label).map((entry) => {
    const mwh = (entry.value as number) * (entryQuantities[quantity]?.units[entry.unit] ?? 1)
    const amount: Amount = {
      of: 'entry',
      id: entry.id,
      period: entry.period,
      unit: 'MWh',
      value: mwh,
      state: 'known',
      coverage: 1,
      estimated: 0,
      flags: EDITED,
      partial: false,
      elapsedMs: 0,
      notes: entry.note === '' ? [] : [entry.note],
      factors: [],
      parts: [],
    }
    return { mwh, sites, amount }
  })
}

function widerNotes(scope: Scope, period: LocalPeriod, { plan: { organisation, entries } }: Facts): string[] {
  if (scope.kind === 'boundary') return []
  return organisation.file.boundaries
    .map(({ id }) => `boundary:${id}`)
    .filter((id) =>
      sitesOf(organisation.scope(id) as Scope).some(({ site }) => site.id === scope.entry.site.id),
    )
    .filter((id) =>
      instrumentQuantities.some((quantity) => entries.within(quantity, id, period.label).length > 0),
    )
    .map((id) => `contracts and certificates of ${id} are not shared out to its sites`)
}

/** Who buys in a scope: itself, or the sites and boundaries in it, each with what it bought. */
export function purchasesIn(scope: Scope, period: LocalPeriod, facts: Facts): Purchase[] {
  const stated = facts.plan.entries.within('electricity', scope.id, period.label).length > 0
  const scopes =
    scope.kind === 'boundary' && !stated ? scopesWithin(electricityBought, scope, period, facts) : [scope]
  return scopes.map((one) => ({
    scope: one,
    mwh: Math.max(0, amountOf(electricityBought, one, period, facts).value ?? 0),
  }))
}

export interface Purchase {
  readonly scope: Scope
  readonly mwh: number
}

/**
 * Which share of what each scope bought is covered, 0..1. An instrument covers no more than was bought; what
 * several scopes have left is covered in proportion.
 */
export function shareOut(
  instruments: readonly Instrument[],
  purchases: readonly Purchase[],
): {
  readonly covered: ReadonlyMap<string, number>
  readonly coveredMwh: number
  readonly unused: number
  /** Which share of each instrument covers something, 0..1, in their order. */
  readonly used: readonly number[]
} {
  const left = new Map(purchases.map(({ scope, mwh }) => [scope, mwh]))
  let unused = 0
  const used: number[] = []
  for (const { mwh, sites } of instruments) {
    const open = [...left].filter(([scope, rest]) => rest > 0 && meet(siteIds(scope), sites))
    const room = open.reduce((sum, [, rest]) => sum + rest, 0)
    const taken = Math.min(mwh, room)
    unused += mwh - taken
    used.push(mwh === 0 ? 0 : taken / mwh)
    for (const [scope, rest] of open) left.set(scope, rest - (taken * rest) / room)
  }
  const covered = new Map<string, number>()
  let coveredMwh = 0
  for (const { scope, mwh } of purchases) {
    const taken = mwh - (left.get(scope) as number)
    coveredMwh += taken
    if (taken > 0) covered.set(scope.id, taken / mwh)
  }
  return { covered, coveredMwh, unused, used }
}

function siteIds(scope: Scope): ReadonlySet<string> {
  return new Set(sitesOf(scope).map(({ site }) => site.id))
}

/** Whether one of two sets of sites is inside the other. */
function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].every((id) => b.has(id)) || [...b].every((id) => a.has(id))
}
