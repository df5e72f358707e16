import { type Amount, together } from './amount.ts'
import { amountOf } from './amount-of.ts'
import type { Facts } from './facts.ts'
import { instrumentQuantities, instrumentsFor, purchasesIn, shareOut } from './instruments.ts'
import type { Scope } from './organisation-index.ts'
import { EDITED } from './quality.ts'
import { electricity, electricityBought, energy, pvUsed, renewableHeat, sum } from './quantities.ts'
import type { Quantity } from './source.ts'
import type { LocalPeriod } from './usage.ts'

/** Contracts and certificates as quantities that are entered, so that whoever looks for entries finds them. */
const instruments: readonly Quantity[] = instrumentQuantities.map((id) => ({
  id,
  unit: 'MWh',
  everySite: false,
  source: { kind: 'entered', tally: true },
}))

/** Bought electricity that contracts and certificates cover. */
const greenBought: Quantity = {
  id: 'electricity-green',
  unit: 'MWh',
  everySite: false,
  source: { kind: 'derived', of: [...instruments, electricityBought], reckon: covered },
}

/** Electricity from own renewable generation that was used, and bought under contracts and certificates. */
export const renewableElectricity = sum('renewable-electricity', 'MWh', [pvUsed, greenBought], {
  zeroBeside: electricity,
})

/** Of the indirect energy what is renewable: electricity and heat. */
const energyIndirectRenewable = sum(
  'energy-indirect-renewable',
  'MWh',
  [renewableElectricity, renewableHeat],
  { everySite: true, zeroBeside: energy },
)

/** No fuel that is burnt counts as renewable. */
export const energyRenewable = sum('energy-renewable', 'MWh', [energyIndirectRenewable], {
  everySite: true,
  zeroBeside: energy,
})

function covered(scope: Scope, period: LocalPeriod, facts: Facts): Amount {
  const named = { of: 'quantity', id: greenBought.id, period: period.label, unit: 'MWh' } as const
  const found = instrumentsFor(scope, period, facts)
  const amounts = found.list.map(({ amount }) => amount)
  const bought = amountOf(electricityBought, scope, period, facts)
  if (found.blocked !== undefined)
    return { ...bought, ...named, value: null, state: 'unknown', coverage: 1, reason: found.blocked }
  if (amounts.length === 0)
    return { ...together(named, []), reason: `no contracts or certificates are entered for ${scope.id}` }
  if (bought.state !== 'known') return { ...bought, ...named, state: 'unknown', value: null }
  const { coveredMwh, used } = shareOut(found.list, purchasesIn(scope, period, facts))
  const parts = amounts.map((amount, i) => ({ ...amount, weight: used[i] ?? 0 }))
  return {
    ...bought,
    ...named,
    value: coveredMwh,
    estimated: 0,
    flags: bought.flags | EDITED,
    notes: found.notes,
    parts,
  }
}
