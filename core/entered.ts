import { type Amount, distinct, none, together } from './amount.ts'
import type { Entry } from './entry.ts'
import { breakdownOf, wholeOf } from './entry-book.ts'
import { entryPeriod } from './entry-period.ts'
import { entryQuantities } from './entry-quantities.ts'
import type { Facts } from './facts.ts'
import { spansBetween } from './metered.ts'
import type { Utility } from './organisation.ts'
import { calendarOf, type Scope } from './organisation-index.ts'
import { EDITED } from './quality.ts'
import { constant, ofGas, type Rate, type RateAt } from './rate.ts'
import { idsWithin } from './scope-parts.ts'
import type { Quantity, Source } from './source.ts'
import type { LocalPeriod } from './usage.ts'

/** The total that is entered for exactly this scope and period, or undefined. */
export function statedAmount(
  quantity: Quantity,
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
): Amount | undefined {
  const entries = wholeOf(facts.plan.entries.stated(quantity.id, scope.id, period.label))
  if (entries.length === 0) return undefined
  const finer = kindsOfParts(entries, quantity, scope, period, facts)
  if (finer.length > 0) {
    const named = { of: 'quantity', id: quantity.id, period: period.label, unit: quantity.unit } as const
    const reason = `${finer.join(', ')} of ${quantity.id} is entered for parts of ${period.label} alone, and other kinds for all of it`
    return none(named, 'unknown', reason, { coverage: 1 })
  }
  return sumOf(entries, quantity, scope, period, facts, (entry) => plainRate(entry))
}

/** The kinds that are entered for parts of a period, and not, as others of the same breakdown, for it. */
function kindsOfParts(
  entries: readonly Entry[],
  quantity: Quantity,
  scope: Scope,
  period: LocalPeriod,
  { plan }: Facts,
): string[] {
  const kinds = new Set(entries.map(({ kind }) => kind))
  if (kinds.has('')) return []
  const dimension = breakdownOf(entries[0]?.kind ?? '')
  const others = plan.entries
    .within(quantity.id, scope.id, period.label)
    .map(({ kind }) => kind)
    .filter((kind) => kind !== '' && !kinds.has(kind) && breakdownOf(kind) === dimension)
  return [...new Set(others)]
}

/** What is entered in a meter's place: an invoice's kWh, litres or m3, by the factors of its period. */
export function invoicedAmount(
  quantity: Quantity,
  source: Extract<Source, { kind: 'meters' }>,
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
): Amount | undefined {
  const { entered } = source
  if (entered === undefined) return undefined
  const entries = wholeOf(facts.plan.entries.stated(entered, scope.id, period.label))
  if (entries.length === 0) return undefined
  const utility = entered as Utility
  return sumOf(entries, quantity, scope, period, facts, ({ unit }) =>
    facts.plan.rate(source.rate, unit, utility, scope),
  )
}

/** Why an amount of a period is open: it is entered for one of the scopes and a longer period. */
export function openBecause(
  quantity: string,
  scopes: readonly string[],
  period: LocalPeriod,
  { plan: { entries } }: Facts,
): string | undefined {
  for (const scope of scopes) {
    const around = entries.around(quantity, scope, period.label)
    if (around !== undefined) return `${quantity} of ${scope} is entered for ${around} as a whole`
  }
  return undefined
}

/**
 * The sum of all events that are entered for a period and its parts, such as refills: those of the scope and,
 * unless told of which ones, of all that lies in it.
 */
export function talliedAmount(
  quantity: Quantity,
  source: Extract<Source, { kind: 'entered' }>,
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
  scopes: readonly string[] = idsWithin(scope, facts.plan.organisation),
): Amount {
  const named = { of: 'quantity', id: quantity.id, period: period.label, unit: quantity.unit } as const
  const open = openBecause(quantity.id, scopes, period, facts)
  if (open !== undefined) return none(named, 'unknown', open)
  const entries = scopes.flatMap((id) => facts.plan.entries.within(quantity.id, id, period.label))
  if (entries.length === 0)
    return none(named, 'absent', `nothing is entered of ${quantity.id} for ${scope.id}`)
  const gasRate = ({ kind, unit }: Entry) =>
    unit.endsWith('CO2e') ? constant(unit === 'tCO2e' ? 1 : 0.001) : ofGas(kind, unit, facts.plan.factors)
  return sumOf(entries, quantity, scope, period, facts, source.gas ? gasRate : plainRate)
}

function plainRate({ quantity, unit }: Entry): Rate {
  return constant(entryQuantities[quantity]?.units[unit] ?? 1)
}

function sumOf(
  entries: readonly Entry[],
  quantity: Quantity,
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
  rateOf: (entry: Entry) => Rate,
): Amount {
  const named = { of: 'quantity', id: quantity.id, period: period.label, unit: quantity.unit } as const
  return together(
    named,
    entries.map((entry) => ofEntry(entry, quantity.unit, scope, facts, rateOf(entry))),
  )
}

function ofEntry(entry: Entry, unit: string, scope: Scope, { plan, now }: Facts, rate: Rate): Amount {
  const period = entryPeriod(entry.period) as LocalPeriod
  const named = { of: 'entry', id: entry.id, period: entry.period, unit } as const
  const { start, end } = period.spanAt(calendarOf(scope, plan.organisation))
  const seen = { coverage: 1, elapsedMs: Math.max(0, Math.min(end, now) - start), partial: end > now }
  const value = entry.value as number
  const [worth, ...others] = spansBetween(rate.breaks, period).map(({ firstDay }) => rate.at(firstDay))
  const lacking = [worth as RateAt, ...others].find((one) => 'reason' in one)
  if (worth === undefined || 'reason' in worth || lacking !== undefined)
    return none(named, 'unknown', lacking?.reason ?? '', seen)
  if (others.some((other) => !('value' in other) || other.value !== worth.value)) {
    const reason = `${entry.quantity} is entered for ${entry.period} as a whole, in which a factor changes; enter its months`
    return none(named, 'unknown', reason, seen)
  }
  const note = entry.note === '' ? [] : [entry.note]
  return {
    ...named,
    ...seen,
    value: value * worth.value,
    state: 'known',
    estimated: 0,
    flags: EDITED,
    notes: note,
    factors: distinct([worth, ...others].flatMap((one) => ('uses' in one ? one.uses : []))),
    raw: { value, unit: entry.unit },
    parts: [],
  }
}
