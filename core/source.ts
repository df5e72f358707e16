import type { Amount } from './amount.ts'
import type { EntryBook } from './entry-book.ts'
import type { Facts } from './facts.ts'
import type { CountedMeter, Scope } from './organisation-index.ts'
import type { RateOf } from './rate.ts'
import type { LocalPeriod } from './usage.ts'

/** Something that there is an amount of in a scope and a period: energy, a gas, water, waste. */
export interface Quantity {
  readonly id: string
  readonly unit: string
  /** A boundary's total is not known while one of its sites has nothing that gives it. False where having none means using none. */
  readonly everySite: boolean
  readonly source: Source
}

/** Where an amount comes from. */
export type Source =
  /** From meters, or from what is entered in their place as the quantity `entered`. */
  | {
      readonly kind: 'meters'
      /** `entries` say what besides meters is known of a site; without them, all meters that may count. */
      readonly meters: (scope: Scope, entries?: EntryBook) => readonly CountedMeter[]
      readonly rate: RateOf
      readonly entered?: string
      /** Why a scope can't have it, whatever its meters say. */
      readonly refuse?: (scope: Scope) => string | undefined
    }
  /** Made of others; 0 where they are absent and `zeroBeside` is not. */
  | {
      readonly kind: 'sum'
      readonly parts: readonly {
        readonly quantity: Quantity
        readonly weight: number
        readonly needed?: true
        readonly noteIfAbsent?: string
      }[]
      readonly zeroBeside?: readonly [Quantity]
      /** An entry of one of these says that it need not be 0, though nothing says what makes it up. */
      readonly unlessEntered?: readonly string[]
    }
  /** Only ever entered. A gas that got out is entered by mass; `gas` turns it into CO2e. */
  | { readonly kind: 'entered'; readonly tally: boolean; readonly gas?: true }
  /** Reckoned by a rule of its own, for boundaries as well. */
  | {
      readonly kind: 'derived'
      readonly of: readonly Quantity[]
      readonly reckon: (scope: Scope, period: LocalPeriod, facts: Facts) => Amount
    }

/** What a quantity is made of, one step down; empty of one that meters or entries give. */
export function partsIn({ source }: Quantity): readonly Quantity[] {
  if (source.kind === 'sum') return source.parts.map(({ quantity }) => quantity)
  return source.kind === 'derived' ? source.of : []
}

/** A quantity and all that it is made of, down to what meters and entries give. */
export function quantitiesIn(quantity: Quantity): readonly Quantity[] {
  return [quantity, ...partsIn(quantity).flatMap(quantitiesIn)]
}

/** What it is made of, and what must be there for it to be 0. */
function asked(quantity: Quantity): readonly Quantity[] {
  const { source } = quantity
  return [...partsIn(quantity), ...((source.kind === 'sum' && source.zeroBeside) || [])]
}

/** The quantities whose entries can give an amount of this one. */
export function enteredAs(quantity: Quantity): readonly string[] {
  const { source } = quantity
  const own = source.kind === 'meters' && source.entered !== undefined ? [source.entered] : []
  return [...new Set([quantity.id, ...own, ...asked(quantity).flatMap(enteredAs)])]
}

/** The totals whose entries are a part of it; what was only an event stands beside the parts. */
export function enteredAsParts({ source }: Quantity): readonly string[] {
  if (source.kind === 'sum')
    return source.parts.flatMap(({ quantity }) =>
      isTally(quantity) ? [] : [quantity.id, ...enteredAsParts(quantity)],
    )
  if (source.kind === 'derived') return source.of.flatMap(enteredAs)
  return source.kind === 'meters' && source.entered !== undefined ? [source.entered] : []
}

/** The events that a quantity contains, each with what is noted of it where there are none. */
export function eventsIn(quantity: Quantity): readonly { quantity: Quantity; noteIfAbsent?: string }[] {
  if (quantity.source.kind !== 'sum') return []
  return quantity.source.parts.flatMap((part) => (isTally(part.quantity) ? [part] : eventsIn(part.quantity)))
}

export function isTally({ source }: Quantity): boolean {
  return source.kind === 'entered' && source.tally
}

/** The meters of a scope that give an amount of it. */
export function metersOfQuantity(quantity: Quantity, scope: Scope): readonly CountedMeter[] {
  const { source } = quantity
  if (source.kind === 'meters') return source.meters(scope)
  return asked(quantity).flatMap((part) => metersOfQuantity(part, scope))
}
