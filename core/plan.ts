import type { EntryBook } from './entry-book.ts'
import type { FactorBook, Place } from './factor.ts'
import type { Measurand } from './organisation.ts'
import type { CountedMeter, Organisation, Scope } from './organisation-index.ts'
import { sitesOf } from './organisation-index.ts'
import type { Rate, RateAt, RateOf } from './rate.ts'
import { couldHave } from './scope-parts.ts'
import { enteredAs, enteredAsParts, type Quantity } from './source.ts'

/**
 * What hangs on the organisation, its factors and its entries and on no period, found once: which meters a
 * quantity has in a scope, at what rate, and whether anything could give it.
 */
export class Plan {
  readonly organisation: Organisation
  readonly factors: FactorBook
  readonly entries: EntryBook
  readonly #scopes = new Map<string, Scope | undefined>()
  readonly #meters = new Map<string, readonly CountedMeter[]>()
  readonly #rates = new Map<RateOf, Map<string, Rate>>()
  readonly #places = new Map<string, Place>()
  readonly #possible = new Map<string, boolean>()
  readonly #entered = new Map<Quantity, readonly string[]>()
  readonly #enteredParts = new Map<Quantity, readonly string[]>()

  constructor(organisation: Organisation, factors: FactorBook, entries: EntryBook) {
    this.organisation = organisation
    this.factors = factors
    this.entries = entries
  }

  scope(id: string): Scope | undefined {
    return found(this.#scopes, id, () => this.organisation.scope(id))
  }

  /** The meters of a quantity that has some of its own. */
  meters(quantity: Quantity, scope: Scope): readonly CountedMeter[] {
    const { source } = quantity
    if (source.kind !== 'meters') return []
    return found(this.#meters, `${quantity.id}|${scope.id}`, () => source.meters(scope, this.entries))
  }

  rate(rateOf: RateOf, unit: string, utility: Measurand, scope: Scope): Rate {
    const rates = found(this.#rates, rateOf, () => new Map<string, Rate>())
    return found(rates, `${unit}|${utility}|${scope.id}`, () =>
      kept(rateOf(unit, utility, this.place(scope), this.factors)),
    )
  }

  /** Where a scope lies, for its factors: of a boundary the country that all its sites share, if they do. */
  place(scope: Scope): Place {
    return found(this.#places, scope.id, () => {
      if (scope.kind !== 'boundary') return placeOf(scope)
      const countries = new Set(sitesOf(scope).map((entry) => placeOf({ entry }).country))
      return countries.size === 1 ? { country: [...countries][0] } : {}
    })
  }

  /** Whether a scope has a meter for a quantity, or anything was ever entered that gives it. */
  could(quantity: Quantity, scope: Scope): boolean {
    return found(this.#possible, `${quantity.id}|${scope.id}`, () => couldHave(quantity, scope, this))
  }

  /** The quantities whose entries can give an amount of this one. */
  enteredAs(quantity: Quantity): readonly string[] {
    return found(this.#entered, quantity, () => enteredAs(quantity))
  }

  /** The totals whose entries are a part of it. */
  enteredAsParts(quantity: Quantity): readonly string[] {
    return found(this.#enteredParts, quantity, () => [...new Set(enteredAsParts(quantity))])
  }
}

/** Where a site lies, for its factors. */
export function placeOf({ entry: { site } }: Pick<Extract<Scope, { kind: 'site' }>, 'entry'>): Place {
  return { site: site.id, region: site.grid, industry: site.kind, country: site.grid?.split('-')[0] }
}

function found<K, V>(map: Map<K, V>, key: K, find: () => V): V {
  if (map.has(key)) return map.get(key) as V
  const value = find()
  map.set(key, value)
  return value
}

/** The same rate, found once between two breaks: there it does not change. */
function kept({ breaks, at }: Rate): Rate {
  const sorted = breaks.toSorted((a, b) => a - b)
  const known = new Map<number, RateAt>()
  return {
    breaks,
    at: (day) => {
      const stretch = sorted.findLastIndex((first) => first <= day)
      const before = known.get(stretch)
      if (before !== undefined) return before
      const rate = at(day)
      // A reason names its day.
      if (!('reason' in rate)) known.set(stretch, rate)
      return rate
    },
  }
}
