/** What can be entered by hand. */
export interface EntryQuantity {
  /**
   * The units it may be entered in, each with its factor to the first one. Null where only the quantity
   * that is reckoned from it can convert, by a heat value, a density or a warming potential.
   */
  readonly units: Readonly<Record<string, number | null>>
  /** Each entry is an event that adds, such as a refill; else one entry is the total of its period. */
  readonly tally?: true
  /** `free`: any word, or none for the whole. `needed`: one must be given. Left out: it has none. */
  readonly kinds?: 'free' | 'needed'
}

/** 1 tce is 29,307.6 MJ: GB/T 2589-2020, 3.1. */
const MWH_PER_TCE = 29_307.6 / 3600
const ENERGY = { MWh: 1, kWh: 0.001, GJ: 1 / 3.6, tce: MWH_PER_TCE }
const ELECTRICITY = { MWh: 1, kWh: 0.001 }
const GHG = { tCO2e: 1, kgCO2e: 0.001 }
const WATER = { t: 1, m3: 1 }
const MASS = { t: 1, kg: 0.001 }
const PERSON = { person: 1 }
const LIQUID = { kg: null, t: null, L: null, m3: null, kWh: null, MWh: null, GJ: null }
/** Mass of a gas, by its warming potential; or what it comes to already. */
const GAS = { kg: null, t: null, tCO2e: null, kgCO2e: null }

export const entryQuantities: Readonly<Record<string, EntryQuantity>> = {
  energy: { units: ENERGY },
  'energy-direct': { units: ENERGY },
  'energy-indirect': { units: ENERGY },
  'energy-indirect-renewable': { units: ENERGY },
  'energy-renewable': { units: ENERGY },
  // Bought and burnt, where no meter tells.
  electricity: { units: { MWh: null, kWh: null } },
  heat: { units: { GJ: null, MJ: null, kWh: null, MWh: null } },
  'natural-gas': { units: { m3: null, kWh: null, MWh: null, GJ: null } },
  diesel: { units: LIQUID },
  petrol: { units: LIQUID },
  // Contracts and certificates for renewable electricity; `kind` is the scheme (GEC, I-REC, PPA).
  'green-contract': { units: ELECTRICITY, tally: true, kinds: 'free' },
  'green-certificate': { units: ELECTRICITY, tally: true, kinds: 'free' },
  ghg: { units: GHG },
  'ghg-scope1': { units: GHG },
  'ghg-scope2': { units: GHG },
  'ghg-scope2-market': { units: GHG },
  // What got out; `kind` is the gas (R-410A, HFC-227ea, CO2, CH4).
  refrigerant: { units: GAS, tally: true, kinds: 'needed' },
  extinguisher: { units: GAS, tally: true, kinds: 'needed' },
  sewage: { units: GAS, tally: true, kinds: 'needed' },
  'water-withdrawal': { units: WATER },
  'tap-water': { units: WATER },
  'reclaimed-water': { units: WATER },
  'water-discharge': { units: WATER },
  'waste-nonhazardous': { units: MASS, kinds: 'free' },
  'waste-hazardous': { units: MASS, kinds: 'free' },
  packaging: { units: MASS, kinds: 'free' },
  'air-pollutants': { units: MASS, kinds: 'needed' },
  'e-waste': { units: MASS, kinds: 'free' },
  'recycled-material': { units: MASS, kinds: 'free' },
  'employees-total': { units: PERSON, kinds: 'free' },
  'employees-fulltime-yearend': { units: PERSON, kinds: 'free' },
  'employees-fulltime-average': { units: PERSON },
  'floor-area': { units: { m2: 1 } },
  revenue: { units: { 'RMB million': 1 } },
  // The savings ledger; `item` is the measure. What was only moved to another hour saves nothing.
  'energy-saved': { units: ENERGY, tally: true },
  'water-saved': { units: WATER, tally: true },
  'load-shifted': { units: ELECTRICITY, tally: true },
}
