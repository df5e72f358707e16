import { energyGas, ghg, ghgScope1, ghgScope2, ghgScope2Market } from './emissions.ts'
import type { Scope } from './organisation-index.ts'
import type { Plan } from './plan.ts'
import {
  electricity,
  energy,
  energyCoal,
  energyDirect,
  energyIndirect,
  itEnergy,
  pvUsed,
  reclaimedWater,
  tapWater,
  waterConsumption,
  waterDischarge,
  waterWithdrawal,
} from './quantities.ts'
import { energyRenewable, renewableElectricity } from './renewable.ts'
import { type Quantity, quantitiesIn } from './source.ts'

export type Denominator = 'employees' | 'employees-average' | 'floor-area' | 'revenue'

/** A figure that can be asked for: a quantity, or one divided by something. */
export interface Indicator {
  readonly id: string
  readonly unit: string
  readonly numerator: Quantity
  readonly denominator?: Denominator | Quantity
  /** From numerator / denominator to `unit`; 1 where left out. */
  readonly scale?: number
  /** How many times as much it is: read as a number, where other figures of unit `1` are shares in per cent. */
  readonly ratio?: true
  /** Of the data centres among a boundary's sites. */
  readonly dataCentres?: true
  /** The standard that says how it is made, with its edition. */
  readonly standard?: string
}

function entered(id: string, unit: string, { tally = false, everySite = true } = {}): Quantity {
  return { id, unit, everySite, source: { kind: 'entered', tally } }
}

const wasteNonhazardous = entered('waste-nonhazardous', 't')
const wasteHazardous = entered('waste-hazardous', 't')

function plain(quantity: Quantity, standard?: string): Indicator {
  return {
    id: quantity.id,
    unit: quantity.unit,
    numerator: quantity,
    ...(standard !== undefined && { standard }),
  }
}

/** Per full-time employee at the year's end, per average one, per m2 and per RMB million. */
function intensities(
  quantity: Quantity,
  perPerson: { unit: string; scale: number } = { unit: quantity.unit, scale: 1 },
): Indicator[] {
  const { id, unit } = quantity
  const person = {
    unit: `${perPerson.unit}/person`,
    ...(perPerson.scale !== 1 && { scale: perPerson.scale }),
  }
  return [
    { ...person, id: `${id}-per-employee`, numerator: quantity, denominator: 'employees' },
    { ...person, id: `${id}-per-employee-average`, numerator: quantity, denominator: 'employees-average' },
    { id: `${id}-per-area`, unit: `${unit}/m2`, numerator: quantity, denominator: 'floor-area' },
    { id: `${id}-per-revenue`, unit: `${unit}/RMB million`, numerator: quantity, denominator: 'revenue' },
  ]
}

const COMPREHENSIVE = 'GB/T 2589-2020'
const LOCATION = 'GHG Protocol Scope 2 Guidance, location-based'
const MARKET = 'GHG Protocol Scope 2 Guidance, market-based'

const all: readonly Indicator[] = [
  plain(energy, COMPREHENSIVE),
  plain(energyDirect, COMPREHENSIVE),
  plain(energyIndirect, COMPREHENSIVE),
  plain(energyRenewable),
  plain(energyCoal, COMPREHENSIVE),
  ...intensities(energy),
  plain(ghg, 'GHG Protocol Corporate Standard, scope 2 location-based'),
  plain(ghgScope1, 'GHG Protocol Corporate Standard'),
  plain(ghgScope2, LOCATION),
  plain(ghgScope2Market, MARKET),
  ...intensities(ghg),
  plain(waterWithdrawal),
  plain(tapWater),
  plain(reclaimedWater),
  plain(waterDischarge),
  plain(waterConsumption),
  ...intensities(tapWater),
  ...intensities(waterWithdrawal),
  plain(wasteNonhazardous),
  ...intensities(wasteNonhazardous),
  plain(wasteHazardous),
  // By person in kg, as it is published: tonnes would be all zeros.
  ...intensities(wasteHazardous, { unit: 'kg', scale: 1000 }),
  { id: 'reclaimed-water-share', unit: '1', numerator: reclaimedWater, denominator: waterWithdrawal },
  { id: 'renewable-share', unit: '1', numerator: renewableElectricity, denominator: electricity },
  { id: 'pv-share', unit: '1', numerator: pvUsed, denominator: electricity },
  {
    id: 'pue',
    unit: '1',
    ratio: true,
    numerator: energy,
    denominator: itEnergy,
    dataCentres: true,
    standard: 'ISO/IEC 30134-2:2016',
  },
  {
    id: 'wue',
    unit: 'L/kWh',
    numerator: waterWithdrawal,
    denominator: itEnergy,
    dataCentres: true,
    standard: 'ISO/IEC 30134-9:2022',
  },
  {
    id: 'cue',
    unit: 'kgCO2e/kWh',
    numerator: energyGas,
    denominator: itEnergy,
    dataCentres: true,
    standard: 'ISO/IEC 30134-8:2022',
  },
  {
    id: 'ref',
    unit: '1',
    numerator: energyRenewable,
    denominator: energy,
    dataCentres: true,
    standard: 'ISO/IEC 30134-3:2016',
  },
  plain(entered('packaging', 't')),
  plain(entered('air-pollutants', 't')),
  plain(entered('e-waste', 't', { everySite: false })),
  plain(entered('recycled-material', 't', { everySite: false })),
  plain(entered('energy-saved', 'MWh', { tally: true, everySite: false })),
  plain(entered('water-saved', 't', { tally: true, everySite: false })),
]

/** Every indicator by its id. */
export const indicators: ReadonlyMap<string, Indicator> = new Map(
  all.map((indicator) => [indicator.id, indicator]),
)

/** All quantities that indicators are made of, each once, by its id. */
export const quantities: ReadonlyMap<string, Quantity> = new Map(
  all
    .flatMap(({ numerator, denominator }) => [
      numerator,
      ...(typeof denominator === 'object' ? [denominator] : []),
    ])
    .flatMap(quantitiesIn)
    .map((quantity) => [quantity.id, quantity]),
)

/** What an indicator of a scope is of: of a boundary's data centres alone, where it speaks of those. */
export function scopeFor({ dataCentres }: Indicator, scope: Scope): Scope {
  if (!dataCentres || scope.kind !== 'boundary') return scope
  const sites = scope.sites.filter(({ site }) => site.kind === 'data-center')
  return { ...scope, id: `${scope.id} (data centres)`, sites }
}

/** The indicators that are measured or entered in a scope; the others are undefined there whatever happens. */
export function possibleIndicators(scope: Scope, plan: Plan): Indicator[] {
  return [...indicators.values()].filter((indicator) =>
    plan.could(indicator.numerator, scopeFor(indicator, scope)),
  )
}
