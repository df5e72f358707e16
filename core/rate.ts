import type { LocalDay } from './calendar.ts'
import type { FactorBook, Place, Series } from './factor.ts'
import type { FactorKind } from './factor-file.ts'
import type { FactorUse } from './factor-use.ts'
import type { Measurand } from './organisation.ts'
import { conversion, dimensionOf } from './quantity.ts'

/** What a unit of something is worth on a day, with the factors that say so; or why nobody knows. */
export type RateAt =
  | { readonly value: number; readonly uses: readonly FactorUse[] }
  | { readonly reason: string }

/** A conversion that may change from one day to the next. */
export interface Rate {
  readonly breaks: readonly LocalDay[]
  at(day: LocalDay): RateAt
}

/** From a unit of a utility used at a place to the unit of a quantity. */
export type RateOf = (unit: string, utility: Measurand, place: Place, factors: FactorBook) => Rate

export function constant(value: number): Rate {
  return { breaks: [], at: () => ({ value, uses: [] }) }
}

function unknown(reason: string): Rate {
  return { breaks: [], at: () => ({ reason }) }
}

/** To a unit of the same dimension. */
export function toUnit(target: string): RateOf {
  return (unit, utility) => {
    const value = conversion(unit, target)
    return value === undefined ? unknown(`${unit} of ${utility} is not ${target}`) : constant(value)
  }
}

/** To MWh of energy: by heat value and density where it is a fuel by volume or mass. */
export const toEnergy: RateOf = (unit, utility, place, factors) => {
  const fuel = new Fuel(utility, place, factors)
  return { breaks: fuel.breaks(unit), at: (day) => fuel.convert(unit, 'MWh', day) }
}

/** To t of CO2e. `of` names the factor where it isn't the utility's own. */
export function toGas(of?: string): RateOf {
  return byFactor('emission', of)
}

/** To t of coal equivalent. */
export const toCoal: RateOf = byFactor('coal-equivalent')

function byFactor(kind: FactorKind, of?: string): RateOf {
  return (unit, utility, place, factors) => {
    const series = factors.series(kind, of ?? utility, place)
    if ('reason' in series) return unknown(series.reason)
    const fuel = new Fuel(utility, place, factors)
    return {
      breaks: [...series.breaks, ...fuel.breaks(unit)],
      at(day) {
        const factor = series.at(day)
        if ('reason' in factor) return factor
        const amount = fuel.convert(unit, factor.unit.bottom, day)
        if ('reason' in amount) return amount
        const value = amount.value * factor.value * factor.unit.top.toBase
        return { value, uses: [factor.use, ...amount.uses] }
      },
    }
  }
}

/** A gas that got out, from kg or t to t of CO2e by its warming potential. */
export function ofGas(gas: string, unit: string, factors: FactorBook): Rate {
  const tonnes = conversion(unit, 't') as number
  const series = factors.series('warming-potential', gas, {})
  if ('reason' in series) return unknown(series.reason)
  return {
    breaks: series.breaks,
    at(day) {
      const found = series.at(day)
      return 'reason' in found ? found : { value: tonnes * inTonnes(found), uses: [found.use] }
    },
  }
}

/** t of CO2e in a t of gas. */
function inTonnes({
  value,
  unit,
}: {
  value: number
  unit: { top: { toBase: number }; bottom: string }
}): number {
  return (value * unit.top.toBase) / (conversion(unit.bottom, 't') as number)
}

/** What converts between energy, volume and mass of a utility at a place. */
class Fuel {
  readonly #utility: Measurand
  readonly #heat: Series | { readonly reason: string }
  readonly #density: Series | { readonly reason: string }

  constructor(utility: Measurand, place: Place, factors: FactorBook) {
    this.#utility = utility
    this.#heat = factors.series('heat-value', utility, place)
    this.#density = factors.series('density', utility, place)
  }

  /** Energy carriers by energy need neither. */
  breaks(unit: string): readonly LocalDay[] {
    const known = [this.#heat, this.#density].flatMap((series) => ('breaks' in series ? series.breaks : []))
    return dimensionOf(unit) === 'energy' && known.length === 0 ? [] : known
  }

  convert(from: string, to: string, day: LocalDay): RateAt {
    const direct = conversion(from, to)
    if (direct !== undefined) return { value: direct, uses: [] }
    if (dimensionOf(from) === 'energy') return inverse(this.convert(to, from, day))
    return dimensionOf(to) === 'energy' ? this.#toEnergy(from, to, day) : this.#byDensity(from, to, day)
  }

  #toEnergy(from: string, to: string, day: LocalDay): RateAt {
    if ('reason' in this.#heat)
      return { reason: `${from} of ${this.#utility} has no heat value: ${this.#heat.reason}` }
    const heat = this.#heat.at(day)
    if ('reason' in heat) return heat
    const { top, bottom } = heat.unit
    const amount = this.convert(from, bottom, day)
    if ('reason' in amount) return amount
    // A heat value is in MWh by `toBase`.
    const value = amount.value * heat.value * top.toBase * (conversion('MWh', to) as number)
    return { value, uses: [heat.use, ...amount.uses] }
  }

  #byDensity(from: string, to: string, day: LocalDay): RateAt {
    if ('reason' in this.#density) return this.#density
    const density = this.#density.at(day)
    if ('reason' in density) return density
    const { top, bottom } = density.unit
    const byVolume = conversion(from, bottom)
    if (byVolume === undefined) return inverse(this.#byDensity(to, from, day))
    const value = byVolume * density.value * top.toBase * (conversion('t', to) as number)
    return { value, uses: [density.use] }
  }
}

function inverse(rate: RateAt): RateAt {
  return 'reason' in rate ? rate : { ...rate, value: 1 / rate.value }
}
