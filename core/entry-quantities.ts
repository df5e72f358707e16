const ENERGY = ['MWh', 'kWh', 'GJ', 'tce'] as const
const GHG = ['tCO2e', 'kgCO2e'] as const
const WATER = ['t', 'm3'] as const
const MASS = ['t', 'kg'] as const

/** What can be entered by hand, and in which units. */
export const entryQuantities: Readonly<Record<string, readonly string[]>> = {
  energy: ENERGY,
  'energy-direct': ENERGY,
  'energy-indirect': ENERGY,
  'energy-renewable': ENERGY,
  ghg: GHG,
  'ghg-scope1': GHG,
  'ghg-scope2': GHG,
  'ghg-scope2-market': GHG,
  'water-withdrawal': WATER,
  'tap-water': WATER,
  'reclaimed-water': WATER,
  'water-discharge': WATER,
  'waste-nonhazardous': MASS,
  'waste-hazardous': MASS,
  'employees-fulltime-yearend': ['person'],
  'floor-area': ['m2'],
  revenue: ['RMB million'],
}
