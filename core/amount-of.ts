import { type Amount, inTurn, none, together } from './amount.ts'
import { withEvents } from './boundary-events.ts'
import { invoicedAmount, openBecause, statedAmount, talliedAmount } from './entered.ts'
import { entryQuantities } from './entry-quantities.ts'
import type { Facts } from './facts.ts'
import { meteredAmount } from './metered.ts'
import type { Scope } from './organisation-index.ts'
import { calendarOf, sitesOf } from './organisation-index.ts'
import { boundariesWithin, isEvent, scopesWithin } from './scope-parts.ts'
import { isTally, type Quantity } from './source.ts'
import { type LocalPeriod, partsOf } from './usage.ts'

/**
 * How much of a quantity there was in a scope and a period. What is entered for the scope and just this
 * period goes before all else, then what is entered for its parts, then meters; a boundary is the sum of what
 * is in it.
 */
export function amountOf(quantity: Quantity, scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  return facts.memo.of(`${quantity.id}|${scope.id}|${period.label}`, () =>
    reckoned(quantity, scope, period, facts),
  )
}

function reckoned(quantity: Quantity, scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  const { source } = quantity
  if (isLeaf(quantity) && !facts.plan.could(quantity, scope)) return absent(quantity, namesIn(scope), period)
  const stated = isTotal(quantity) ? statedAmount(quantity, scope, period, facts) : undefined
  if (stated !== undefined) return stated
  const invoiced =
    source.kind === 'meters' ? invoicedAmount(quantity, source, scope, period, facts) : undefined
  if (invoiced !== undefined) return invoiced
  if (enteredInParts(quantity, scope, period, facts)) return byParts(quantity, scope, period, facts)
  if (scope.kind === 'boundary' && source.kind !== 'derived' && !isTally(quantity)) {
    const inside = scopesWithin(quantity, scope, period, facts)
    const below = statedBelow(quantity, scope, period, facts)
    const lacks =
      below === 'event' && quantity.everySite
        ? inside.filter((part) => !facts.plan.could(quantity, part))
        : []
    if (lacks.length > 0) return { ...absent(quantity, lacks.flatMap(namesIn), period), state: 'unknown' }
    if (below === undefined && inside.length > 0) {
      const amount = overScopes(quantity, inside, period, facts)
      return orOpen(
        withEvents(amount, quantity, scope, inside, period, facts),
        quantity,
        scope,
        period,
        facts,
      )
    }
  }
  switch (source.kind) {
    case 'derived':
      return source.reckon(scope, period, facts)
    case 'sum':
      return sumOfParts(quantity, source, scope, period, facts)
    case 'entered':
      return source.tally
        ? talliedAmount(quantity, source, scope, period, facts)
        : notEntered(quantity, scope, period, facts)
    case 'meters': {
      const refused = source.refuse?.(scope)
      return refused === undefined
        ? orOpen(meteredAmount(quantity, source, scope, period, facts), quantity, scope, period, facts)
        : none(nameOf(quantity, period), 'unknown', refused, { coverage: 1 })
    }
  }
}

/** What nothing gives is open, and not none, where it is entered for a longer period, or until lately. */
function orOpen(amount: Amount, quantity: Quantity, scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  if (amount.state !== 'absent' && amount.state !== 'unused') return amount
  const { source } = quantity
  const id = source.kind === 'meters' ? (source.entered ?? quantity.id) : quantity.id
  if (!isEntered(id) || isEvent(id)) return amount
  const { entries } = facts.plan
  const last = entries.lastUntil(id, scope.id, period.label)
  if (last === undefined) return amount
  const open =
    openBecause(id, [scope.id], period, facts) ??
    `${id} of ${scope.id} is entered for ${last}, and not for ${period.label}; enter it, also where it is 0`
  return none(nameOf(quantity, period), 'unknown', open)
}

function isLeaf({ source }: Quantity): boolean {
  return source.kind === 'meters' || source.kind === 'entered'
}

/** Whether one entry can be its total; an event can't. */
function isTotal({ id }: Quantity): boolean {
  return isEntered(id) && entryQuantities[id]?.tally !== true
}

function isEntered(id: string): boolean {
  return Object.hasOwn(entryQuantities, id)
}

/** Whether months of a year, or days of a month, are entered: then each part is taken as it is known. */
function enteredInParts(quantity: Quantity, scope: Scope, period: LocalPeriod, facts: Facts): boolean {
  if (period.grain === 'day') return false
  const { source } = quantity
  const ids = [
    ...(isTotal(quantity) ? [quantity.id] : []),
    ...(source.kind === 'meters' && source.entered !== undefined ? [source.entered] : []),
  ]
  return ids.some((id) => facts.plan.entries.within(id, scope.id, period.label).length > 0)
}

function byParts(quantity: Quantity, scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  const calendar = calendarOf(scope, facts.plan.organisation)
  const begun = partsOf(period).filter((part) => part.spanAt(calendar).start < facts.now)
  const parts = begun.flatMap((part): Amount[] => {
    const { start, end } = part.spanAt(calendar)
    const amount = amountOf(quantity, scope, part, facts)
    // People enter a month when it is over: of the running one nothing is lacking that no meter gives.
    if (end > facts.now && begun.length > 1 && amount.value === null && amount.elapsedMs === 0) return []
    // What is missing is missing for as long as it lasts.
    return [{ ...amount, of: 'period' as const, id: part.label, elapsedMs: Math.min(end, facts.now) - start }]
  })
  const sum = inTurn(nameOf(quantity, period), parts)
  return begun.length > parts.length ? { ...sum, partial: true } : sum
}

/**
 * Whether a part that a sum is made of is entered for this very boundary, or certificates are that cover
 * several of its sites together.
 */
function statedBelow(
  quantity: Quantity,
  scope: Extract<Scope, { kind: 'boundary' }>,
  period: LocalPeriod,
  { plan }: Facts,
): 'total' | 'event' | undefined {
  if (quantity.source.kind === 'meters') return undefined
  const ids = plan.enteredAsParts(quantity)
  const touches = (at: string) => (id: string) => plan.entries.touches(id, at, period.label)
  if (ids.filter((id) => !isEvent(id)).some(touches(scope.id))) return 'total'
  const boundaries = [scope, ...boundariesWithin(scope, plan.organisation)]
  return boundaries.some(({ id }) => ids.filter(isEvent).some(touches(id))) ? 'event' : undefined
}

/** The total that is entered for something in a boundary, of which nobody knows what of the part it holds. */
function statedInside(
  quantity: Quantity,
  scope: Extract<Scope, { kind: 'boundary' }>,
  period: LocalPeriod,
  { plan }: Facts,
): string | undefined {
  if (!isTotal(quantity)) return undefined
  const inside = [
    ...boundariesWithin(scope, plan.organisation).map(({ id }) => id),
    ...scope.sites.map(({ site }) => `site:${site.id}`),
  ]
  return inside.find((id) => plan.entries.within(quantity.id, id, period.label).length > 0)
}

function overScopes(quantity: Quantity, inside: readonly Scope[], period: LocalPeriod, facts: Facts): Amount {
  const asked = quantity.everySite ? inside : inside.filter((part) => facts.plan.could(quantity, part))
  const parts = asked.map(
    (part): Amount => ({ ...amountOf(quantity, part, period, facts), of: 'scope', id: part.id }),
  )
  const named = nameOf(quantity, period)
  const lacking = parts.filter(({ state }) => state === 'absent').map(({ id }) => id.replace(/^site:/, ''))
  // What nothing inside could give is asked of none of them.
  if (parts.length === lacking.length)
    return { ...absent(quantity, asked.length === 0 ? inside.flatMap(namesIn) : lacking, period), parts }
  if (!quantity.everySite || lacking.length === 0) return together(named, parts)
  const { reason } = absent(quantity, lacking, period)
  return none(named, 'unknown', reason ?? '', { ...together(named, parts), parts, coverage: 0 })
}

/** Nothing measures it, and nothing is entered. */
function absent(quantity: Quantity, where: readonly string[], period: LocalPeriod): Amount {
  const { kind } = quantity.source
  const what =
    kind === 'entered' ? `nothing is entered of ${quantity.id} for` : `no meter measures ${quantity.id} at`
  return none(nameOf(quantity, period), 'absent', `${what} ${where.join(', ')}`)
}

function namesIn(scope: Scope): string[] {
  return scope.kind === 'boundary' || scope.kind === 'site'
    ? sitesOf(scope).map(({ site }) => site.id)
    : [scope.id]
}

function sumOfParts(
  quantity: Quantity,
  source: Extract<Quantity['source'], { kind: 'sum' }>,
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
): Amount {
  const named = nameOf(quantity, period)
  const inner = scope.kind === 'boundary' ? statedInside(quantity, scope, period, facts) : undefined
  if (inner !== undefined) {
    const reason = `${quantity.id} is entered for ${inner} as a whole, and a part of it for ${scope.id}: nobody knows what both hold`
    return none(named, 'unknown', reason, { coverage: 1 })
  }
  const notes: string[] = []
  // What nothing can give is not asked, unless it matters that it is missing.
  const asked = source.parts.filter(
    ({ quantity: part, needed, noteIfAbsent }) =>
      needed || noteIfAbsent !== undefined || !isLeaf(part) || facts.plan.could(part, scope),
  )
  const parts = asked.map(({ quantity: part, weight, needed, noteIfAbsent }): Amount => {
    const amount = amountOf(part, scope, period, facts)
    if (amount.state === 'absent' && noteIfAbsent !== undefined) notes.push(noteIfAbsent)
    const state = needed && amount.state === 'absent' ? 'unknown' : amount.state
    return { ...amount, of: 'quantity', id: part.id, state, ...(weight !== 1 && { weight }) }
  })
  const sum = together(named, parts)
  const isNone = sum.state === 'absent' || sum.state === 'unused'
  const open = isNone ? orOpen(sum, quantity, scope, period, facts) : sum
  if (open !== sum) return open
  const total =
    isNone && source.unlessEntered?.find((id) => facts.plan.entries.touches(id, scope.id, period.label))
  if (total)
    return none(named, 'unknown', `${total} is entered for ${scope.id}, and not what it is made of`, {
      coverage: 1,
    })
  const beside =
    isNone && source.zeroBeside !== undefined
      ? amountOf(source.zeroBeside[0], scope, period, facts)
      : undefined
  if (beside === undefined || beside.state === 'absent') {
    if (sum.state === 'absent') return { ...absent(quantity, namesIn(scope), period), parts }
    return { ...sum, notes: [...sum.notes, ...notes] }
  }
  const { coverage, partial, elapsedMs, reason } = beside
  const seen = { coverage, partial, elapsedMs, notes }
  // Where nobody knows what was used at all, nobody knows that this was not.
  if (beside.state !== 'known') return none(named, beside.state, reason ?? '', seen)
  return { ...sum, ...seen, value: 0, state: 'known', ...(reason !== undefined && { reason }) }
}

function notEntered(quantity: Quantity, scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  const around = facts.plan.entries.around(quantity.id, scope.id, period.label)
  const named = nameOf(quantity, period)
  if (around !== undefined)
    return none(named, 'unknown', `${quantity.id} of ${scope.id} is entered for ${around} as a whole`)
  return absent(quantity, namesIn(scope), period)
}

function nameOf(quantity: Quantity, period: LocalPeriod) {
  return { of: 'quantity', id: quantity.id, period: period.label, unit: quantity.unit } as const
}
