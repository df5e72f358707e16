import { type Amount, together } from './amount.ts'
import { amountOf } from './amount-of.ts'
import type { Facts } from './facts.ts'
import { instrumentsFor, purchasesIn, shareOut } from './instruments.ts'
import { type Scope, sitesOf } from './organisation-index.ts'
import { bought, boughtGas, electricityGas, fuelGas, heatGas, NONE_BOUGHT, sum } from './quantities.ts'
import { type RateOf, toGas } from './rate.ts'
import { enteredFor } from './scope-parts.ts'
import type { Quantity } from './source.ts'
import type { LocalPeriod } from './usage.ts'

/** Greenhouse gases by scope (DOMAIN, section 3), t of CO2e. */

const gasThatGotOut = (id: string): Quantity => ({
  id,
  unit: 'tCO2e',
  everySite: false,
  source: { kind: 'entered', tally: true, gas: true },
})

const notEntered = (what: string) => `no ${what} are entered; they count as none`

/** Fuels burnt, and gases that got out. */
export const ghgScope1: Quantity = {
  id: 'ghg-scope1',
  unit: 'tCO2e',
  everySite: true,
  source: {
    kind: 'sum',
    parts: [
      { quantity: fuelGas, weight: 1 },
      { quantity: gasThatGotOut('refrigerant'), weight: 1, noteIfAbsent: notEntered('refrigerant losses') },
      { quantity: gasThatGotOut('extinguisher'), weight: 1, noteIfAbsent: notEntered('extinguisher losses') },
      { quantity: gasThatGotOut('sewage'), weight: 1, noteIfAbsent: notEntered('sewage gases') },
    ],
  },
}

/** By the average of the grids. What a site makes itself is no purchase. */
export const ghgScope2 = sum('ghg-scope2', 'tCO2e', [electricityGas, heatGas], NONE_BOUGHT)

export const ghg = sum('ghg', 'tCO2e', [ghgScope1, ghgScope2], { everySite: true })

/** What the energy of a data centre comes to; refrigerants are not its energy. */
export const energyGas = sum('energy-co2', 'tCO2e', [fuelGas, boughtGas], { everySite: true })

const GRID_FOR_RESIDUAL = 'no residual mix is listed for a grid; its average stands for it'

/** Bought power that no contract or certificate covers has the residual mix, where one is published. */
const toResidual: RateOf = (unit, utility, place, factors) => {
  const residual = factors.series('emission', 'electricity-residual', place)
  return 'reason' in residual
    ? toGas()(unit, utility, place, factors)
    : toGas('electricity-residual')(unit, utility, place, factors)
}

/** The same power by the residual mix. */
export const residualGas: Quantity = {
  ...electricityGas,
  id: 'electricity-residual-co2',
  source: { kind: 'meters', rate: toResidual, meters: bought('electricity'), entered: 'electricity' },
}

/** By contract: bought power less what contracts and certificates cover, at the residual mix. */
export const ghgScope2Market: Quantity = {
  id: 'ghg-scope2-market',
  unit: 'tCO2e',
  everySite: true,
  source: { kind: 'derived', of: [electricityGas, heatGas], reckon: marketBased },
}

/** What is entered for sites of a boundary stands for itself; the others are reckoned together. */
function marketBased(scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  const instruments = instrumentsFor(scope, period, facts)
  const apart = scope.kind === 'boundary' ? enteredFor(ghgScope2Market.id, scope, period, facts) : []
  if (scope.kind !== 'boundary' || apart.length === 0) return reckoned(scope, instruments, period, facts)
  const taken = new Set(apart.flatMap((one) => sitesOf(one).map(({ site }) => site.id)))
  const sites = scope.sites.filter(({ site }) => !taken.has(site.id))
  const stated = apart.map(
    (one): Amount => ({ ...amountOf(ghgScope2Market, one, period, facts), of: 'scope', id: one.id }),
  )
  const named = { of: 'quantity', id: ghgScope2Market.id, period: period.label, unit: 'tCO2e' } as const
  if (sites.length === 0) return together(named, stated)
  const list = instruments.list.filter((one) => [...one.sites].some((id) => !taken.has(id)))
  const rest = { ...scope, id: `${scope.id} without ${[...taken].join(', ')}`, sites }
  const { state, ...others } = reckoned(rest, { ...instruments, list }, period, facts)
  return together(named, [...stated, { ...others, state: state === 'absent' ? 'unknown' : state }])
}

function reckoned(
  scope: Scope,
  instruments: ReturnType<typeof instrumentsFor>,
  period: LocalPeriod,
  facts: Facts,
): Amount {
  const named = { of: 'quantity', id: ghgScope2Market.id, period: period.label, unit: 'tCO2e' } as const
  const location = amountOf(boughtGas, scope, period, facts)
  // Where what was bought by location is not known, this is not for the same reason.
  if (location.state !== 'known') return { ...location, id: ghgScope2Market.id }
  if (instruments.blocked !== undefined)
    return { ...location, ...named, value: null, state: 'unknown', reason: instruments.blocked }
  const purchases = purchasesIn(scope, period, facts)
  const { covered, unused } = shareOut(instruments.list, purchases)
  const residual = purchases.map(({ scope: one }): Amount => {
    const whole = amountOf(residualGas, one, period, facts)
    const share = covered.get(one.id)
    const left = share === undefined ? 1 : 1 - share
    return {
      ...whole,
      of: 'scope',
      id: one.id,
      weight: left,
      notes: [...whole.notes, ...gridNote(one, facts)],
    }
  })
  const heat = amountOf(heatGas, scope, period, facts)
  const all = together(named, [...residual, { ...heat, of: 'quantity', id: heatGas.id }])
  const whole = all.state === 'absent' ? location : all
  const notes = [
    ...whole.notes,
    ...(unused > 0
      ? [`${unused.toFixed(1)} MWh of contracts and certificates exceed what was bought and count as nothing`]
      : []),
    ...instruments.notes,
  ]
  // Of a site that bought nothing only the amount by location tells how well that is known.
  const { coverage, reason } = location.coverage < whole.coverage ? location : whole
  return {
    ...whole,
    ...named,
    coverage,
    ...(reason !== undefined && { reason }),
    notes: [...new Set(notes)],
    // They say what is covered, and add nothing themselves.
    parts: [...whole.parts, ...instruments.list.map(({ amount }) => ({ ...amount, weight: 0 }))],
  }
}

function gridNote(scope: Scope, { plan }: Facts): string[] {
  return 'reason' in plan.factors.series('emission', 'electricity-residual', plan.place(scope))
    ? [GRID_FOR_RESIDUAL]
    : []
}
