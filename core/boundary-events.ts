import { type Amount, together } from './amount.ts'
import { talliedAmount } from './entered.ts'
import type { Facts } from './facts.ts'
import type { Scope } from './organisation-index.ts'
import { boundariesWithin } from './scope-parts.ts'
import { eventsIn, type Quantity } from './source.ts'
import type { LocalPeriod } from './usage.ts'

/** With the events that are entered for the boundary itself, and not for a scope that it is summed over. */
export function withEvents(
  amount: Amount,
  quantity: Quantity,
  scope: Extract<Scope, { kind: 'boundary' }>,
  inside: readonly Scope[],
  period: LocalPeriod,
  facts: Facts,
): Amount {
  if (amount.state === 'absent') return amount
  const events = eventsIn(quantity)
  if (events.length === 0) return amount
  const { plan } = facts
  const counted = new Set(
    inside.flatMap((one) =>
      one.kind === 'boundary'
        ? [one.id, ...boundariesWithin(one, plan.organisation).map(({ id }) => id)]
        : [],
    ),
  )
  const beside = [scope, ...boundariesWithin(scope, plan.organisation)]
    .map(({ id }) => id)
    .filter((id) => !counted.has(id))
  const found = events.flatMap(({ quantity: event, noteIfAbsent }) => {
    const { source } = event
    if (source.kind !== 'entered') return []
    const tally = talliedAmount(event, source, scope, period, facts, beside)
    return tally.state === 'absent' ? [] : [{ tally, noteIfAbsent }]
  })
  if (found.length === 0) return amount
  const named = { of: 'quantity', id: quantity.id, period: period.label, unit: quantity.unit } as const
  const sum = together(named, [{ ...amount, of: 'scope', id: scope.id }, ...found.map(({ tally }) => tally)])
  const entered = new Set(found.map(({ noteIfAbsent }) => noteIfAbsent))
  return { ...sum, notes: sum.notes.filter((note) => !entered.has(note)) }
}
