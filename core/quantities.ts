import type { EntryBook } from './entry-book.ts'
import type { Utility } from './organisation.ts'
import { type CountedMeter, countedMeters, type Scope } from './organisation-index.ts'
import { type RateOf, toCoal, toEnergy, toGas, toUnit } from './rate.ts'
import type { Quantity, Source } from './source.ts'
import { metersOfUse } from './uses.ts'

/** Quantities that meters give, and their sums; those with rules of their own stand in files of their own. */

const FUELS = ['natural-gas', 'diesel', 'petrol'] as const satisfies readonly Utility[]
type Metered = Extract<Source, { kind: 'meters' }>

function metered(id: string, unit: string, source: Omit<Metered, 'kind'>, everySite = false): Quantity {
  return { id, unit, everySite, source: { kind: 'meters', ...source } }
}

export function sum(
  id: string,
  unit: string,
  parts: readonly Quantity[],
  more: { everySite?: boolean; zeroBeside?: Quantity; unlessEntered?: readonly string[] } = {},
): Quantity {
  const { everySite = false, zeroBeside, unlessEntered } = more
  return {
    id,
    unit,
    everySite,
    source: {
      kind: 'sum',
      parts: parts.map((quantity) => ({ quantity, weight: 1 })),
      ...(zeroBeside !== undefined && { zeroBeside: [zeroBeside] }),
      ...(unlessEntered !== undefined && { unlessEntered }),
    },
  }
}

/** What comes in over a scope's edge: of an area what its meters show, of a meter itself. */
export function bought(utility: Utility) {
  return (scope: Scope): CountedMeter[] =>
    countedMeters(scope, [utility]).filter((counted) => !isOwn(counted))
}

/** What a scope makes itself, less what it gives away. */
function own(utility: Utility, counts: Counts) {
  return (scope: Scope, entries?: EntryBook): CountedMeter[] =>
    countedMeters(scope, [utility]).filter(
      (counted) => isOwn(counted) && (counted.meter.role === 'export' || counts(counted, entries)),
    )
}

type Counts = (counted: CountedMeter, entries: EntryBook | undefined) => boolean

function isOwn({ meter }: CountedMeter): boolean {
  return meter.role === 'generation' || meter.role === 'export'
}

/** Power and heat from fuel are in the fuel already, where that is metered or entered. */
const isOfNoFuel: Counts = ({ meter, site }, entries) =>
  meter.renewable === true ||
  !FUELS.some(
    (fuel) =>
      site.meters.some(({ utility }) => utility === fuel) || entries?.speaksOf(fuel, `site:${site.id}`),
  )

const isRenewable = ({ meter }: CountedMeter) => meter.renewable === true

/** Nobody can tell what an area or a meter bought where the site makes a part itself. */
function onlyOfSites(utility: Utility) {
  return (scope: Scope): string | undefined => {
    if (scope.kind !== 'area' && scope.kind !== 'meter') return undefined
    const { site } = scope.entry
    const makes = site.meters.find((meter) => meter.utility === utility && meter.role === 'generation')
    return (
      makes &&
      `how much of its ${utility} was bought is known of site:${site.id} as a whole, which makes some itself (${makes.id})`
    )
  }
}

function fuel(utility: (typeof FUELS)[number], suffix: string, unit: string, rate: RateOf): Quantity {
  return metered(`${utility}${suffix}`, unit, {
    rate,
    meters: (scope) => countedMeters(scope, [utility]),
    entered: utility,
  })
}

const fuels = (suffix: string, unit: string, rate: RateOf) =>
  FUELS.map((utility) => fuel(utility, suffix, unit, rate))

function carrier(
  utility: 'electricity' | 'heat',
  suffix: string,
  unit: string,
  rate: RateOf,
  counts: Counts = isOfNoFuel,
): Quantity[] {
  return [
    metered(`${utility}-bought${suffix}`, unit, { rate, meters: bought(utility), entered: utility }),
    metered(`${utility}-own${suffix}`, unit, { rate, meters: own(utility, counts) }),
  ]
}

const energyDirectParts = fuels('-energy', 'MWh', toEnergy)
const energyIndirectParts = [
  ...carrier('electricity', '-energy', 'MWh', toEnergy),
  ...carrier('heat', '-energy', 'MWh', toEnergy),
]
const carriers = sum('energy-carriers', 'MWh', [...energyDirectParts, ...energyIndirectParts])

const NONE_OF_FUEL = { zeroBeside: carriers, unlessEntered: ['energy-direct', 'ghg-scope1'] }
/** For gases of what is bought, and its coal. */
export const NONE_BOUGHT = { everySite: true, zeroBeside: carriers, unlessEntered: ['energy-indirect'] }

/** Burnt on site: gas, diesel, petrol. */
export const energyDirect = sum('energy-direct', 'MWh', energyDirectParts, {
  everySite: true,
  zeroBeside: carriers,
})
/** Electricity and heat, bought or made from no fuel. */
export const energyIndirect = sum('energy-indirect', 'MWh', energyIndirectParts, {
  everySite: true,
  zeroBeside: carriers,
})
export const energy = sum('energy', 'MWh', [energyDirect, energyIndirect], { everySite: true })

export const energyCoal = sum(
  'energy-tce',
  'tce',
  [
    sum('energy-direct-tce', 'tce', fuels('-coal', 'tce', toCoal), NONE_OF_FUEL),
    sum(
      'energy-indirect-tce',
      'tce',
      [...carrier('electricity', '-coal', 'tce', toCoal), ...carrier('heat', '-coal', 'tce', toCoal)],
      NONE_BOUGHT,
    ),
  ],
  { everySite: true },
)

/** All electricity that was used, own generation with it, from whatever it was made. */
export const electricity = sum(
  'electricity-used',
  'MWh',
  carrier('electricity', '', 'MWh', toUnit('MWh'), () => true),
  { everySite: true },
)
export const electricityBought = metered('electricity-bought', 'MWh', {
  rate: toUnit('MWh'),
  meters: bought('electricity'),
  entered: 'electricity',
})
/** Own solar power that is used on site: generation less what is fed out. */
export const pvUsed = metered('pv-self-consumed', 'MWh', {
  rate: toUnit('MWh'),
  meters: own('electricity', isRenewable),
})
export const renewableHeat = metered('heat-renewable', 'MWh', {
  rate: toUnit('MWh'),
  meters: (scope) => countedMeters(scope, ['heat']).filter(isRenewable),
})

/** t of CO2e by the fuel burnt. */
export const fuelGas = sum('fuel-co2', 'tCO2e', fuels('-co2', 'tCO2e', toGas()), NONE_OF_FUEL)
/** Of bought electricity by the grid it comes from. */
export const electricityGas = metered('electricity-co2', 'tCO2e', {
  rate: toGas(),
  meters: bought('electricity'),
  entered: 'electricity',
  refuse: onlyOfSites('electricity'),
})
export const heatGas = metered('heat-co2', 'tCO2e', {
  rate: toGas(),
  meters: bought('heat'),
  entered: 'heat',
  refuse: onlyOfSites('heat'),
})

/** Of all that is bought; nothing can be entered as such. */
export const boughtGas = sum('bought-co2', 'tCO2e', [electricityGas, heatGas], NONE_BOUGHT)

const toTonnes = toUnit('m3')
const water = (id: string, utility: Utility, everySite: boolean) =>
  metered(
    id,
    't',
    {
      rate: toTonnes,
      meters: (scope) => countedMeters(scope, [utility]),
      ...(id === utility && { entered: utility }),
    },
    everySite,
  )

export const tapWater = water('tap-water', 'tap-water', true)
export const reclaimedWater = water('reclaimed-water', 'reclaimed-water', false)
export const waterWithdrawal = sum('water-withdrawal', 't', [tapWater, reclaimedWater], { everySite: true })
/** Meters of waste water stand where it leaves: what any of them shows has left. */
export const waterDischarge = metered(
  'water-discharge',
  't',
  {
    rate: toTonnes,
    meters: (scope) =>
      countedMeters(scope, ['wastewater']).map((counted) => ({
        ...counted,
        weight: Math.abs(counted.weight),
      })),
  },
  true,
)
export const waterConsumption: Quantity = {
  id: 'water-consumption',
  unit: 't',
  everySite: true,
  source: {
    kind: 'sum',
    parts: [
      { quantity: waterWithdrawal, weight: 1, needed: true },
      { quantity: waterDischarge, weight: -1, needed: true },
    ],
  },
}

/** What computers use: the meters of that use, none of which stands behind another. */
export const itEnergy = metered('it-energy', 'MWh', {
  rate: toUnit('MWh'),
  meters: (scope) => metersOfUse(scope, 'electricity', 'it'),
})
