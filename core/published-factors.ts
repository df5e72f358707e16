import type { Factor } from './factor-file.ts'

/**
 * Factors that come with the program; the same in `factors.yaml` goes before them. All are taken from
 * secondary sources and are no official word: compare them with the source before publishing a figure.
 */
const GRID_SOURCE =
  'MEE and NBS of China, announcement of average CO2 factors of electricity (secondary source)'
const RESIDUAL_SOURCE =
  'MEE and NBS of China, national average CO2 factor of electricity excluding traded non-fossil power (secondary source)'
const CEA_SOURCE =
  'CEA, CO2 Baseline Database for the Indian Power Sector, weighted average (secondary source)'
const ENERGY_SOURCE = 'GB/T 2589-2020, annex A (secondary source)'
const FUEL_SOURCE = 'IPCC 2006 Guidelines, volume 2, default emission factors (secondary source)'
const HEAT_SOURCE =
  'NDRC of China, guidelines for greenhouse gas accounting of enterprises: purchased heat (secondary source)'
const DENSITY_SOURCE = 'Common density of the fuel at 20 °C (secondary source)'

/** kg CO2/kWh by year; the regions as the announcements name them. */
const CHINA: Readonly<Record<string, readonly (readonly [year: number, value: number])[]>> = {
  CN: [
    [2021, 0.5568],
    [2022, 0.5366],
    [2023, 0.5306],
  ],
  'CN-NORTH': [
    [2021, 0.712],
    [2022, 0.6776],
    [2023, 0.6361],
  ],
  'CN-NORTHEAST': [
    [2021, 0.6012],
    [2022, 0.5564],
    [2023, 0.5122],
  ],
  'CN-EAST': [
    [2021, 0.5992],
    [2022, 0.5617],
    [2023, 0.55],
  ],
  'CN-CENTRAL': [
    [2021, 0.5354],
    [2022, 0.5395],
    [2023, 0.5271],
  ],
  'CN-NORTHWEST': [
    [2021, 0.5951],
    [2022, 0.5857],
    [2023, 0.5543],
  ],
  'CN-SOUTH': [
    [2021, 0.4326],
    [2022, 0.3869],
    [2023, 0.4042],
  ],
  'CN-SOUTHWEST': [
    [2021, 0.2113],
    [2022, 0.2268],
    [2023, 0.2472],
  ],
}
const CHINA_RESIDUAL = [
  [2022, 0.5856],
  [2023, 0.6096],
] as const
/** When the factors of a year were announced. */
const ANNOUNCED: Readonly<Record<number, string>> = { 2021: '2024', 2022: '2024', 2023: '2025' }
/** kg CO2/kWh by the fiscal year that begins on 1 April. */
const INDIA = [
  [2020, 0.7026],
  [2021, 0.7152],
  [2022, 0.7191],
  [2023, 0.729],
  [2024, 0.7117],
] as const

const common = { carryForward: false, gases: ['CO2'] }

function grid(region: string, year: number, value: number): Factor {
  const at = region === 'CN' ? { country: region } : { region }
  return {
    ...common,
    ...at,
    kind: 'emission',
    of: 'electricity',
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    value,
    unit: 'kgCO2/kWh',
    source: GRID_SOURCE,
    published: ANNOUNCED[year] as string,
  }
}

function lasting(
  kind: Factor['kind'],
  of: string,
  value: number,
  unit: string,
  source: string,
  published: string,
  edition?: string,
): Factor {
  return {
    kind,
    of,
    from: '1990-01-01',
    value,
    unit,
    source,
    published,
    carryForward: false,
    ...(edition !== undefined && { edition }),
  }
}

const ENERGY_EDITION = 'GB/T 2589-2020'
function ofStandard(
  kind: Factor['kind'],
  of: string,
  value: number,
  unit: string,
  edition = ENERGY_EDITION,
): Factor {
  return lasting(kind, of, value, unit, ENERGY_SOURCE, '2020', edition)
}

/** Warming potentials over 100 years: AR5, AR6. Of mixtures by the mass of their parts. */
const WARMING: Readonly<Record<string, readonly [ar5: number, ar6: number]>> = {
  CO2: [1, 1],
  CH4: [28, 27.9],
  N2O: [265, 273],
  SF6: [23_500, 25_200],
  'HFC-32': [677, 771],
  'HFC-125': [3170, 3740],
  'HFC-134a': [1300, 1530],
  'HFC-143a': [4800, 5810],
  'HFC-227ea': [3350, 3600],
  'HCFC-22': [1760, 1960],
  'R-32': [677, 771],
  'R-22': [1760, 1960],
  'R-134a': [1300, 1530],
  'R-404A': [3942.8, 4728],
  'R-407C': [1624.21, 1907.93],
  'R-410A': [1923.5, 2255.5],
}

export const publishedFactors: readonly Factor[] = [
  ...Object.entries(CHINA).flatMap(([region, years]) =>
    years.map(([year, value]) => grid(region, year, value)),
  ),
  ...CHINA_RESIDUAL.map(([year, value]) => ({
    ...grid('CN', year, value),
    of: 'electricity-residual',
    source: RESIDUAL_SOURCE,
  })),
  ...INDIA.map(([year, value]) => ({
    ...grid('CN', 2023, value),
    country: 'IN',
    from: `${year}-04-01`,
    to: `${year + 1}-03-31`,
    source: CEA_SOURCE,
    published: String(year + 1),
  })),
  { ...lasting('emission', 'heat', 0.11, 'tCO2/GJ', HEAT_SOURCE, '2015'), gases: ['CO2'] },
  { ...lasting('emission', 'natural-gas', 56.1, 'kgCO2/GJ', FUEL_SOURCE, '2006'), gases: ['CO2'] },
  { ...lasting('emission', 'diesel', 74.1, 'kgCO2/GJ', FUEL_SOURCE, '2006'), gases: ['CO2'] },
  { ...lasting('emission', 'petrol', 69.3, 'kgCO2/GJ', FUEL_SOURCE, '2006'), gases: ['CO2'] },
  // Gas-field gas has 35.588 MJ/m3 and 1.2143 kgce/m3: who burns it says so in factors.yaml.
  ofStandard('heat-value', 'natural-gas', 38.979, 'MJ/m3', `${ENERGY_EDITION}, oil-field gas`),
  ofStandard('heat-value', 'diesel', 42.705, 'MJ/kg'),
  ofStandard('heat-value', 'petrol', 43.124, 'MJ/kg'),
  ofStandard('coal-equivalent', 'electricity', 0.1229, 'kgce/kWh'),
  ofStandard('coal-equivalent', 'heat', 0.03412, 'kgce/MJ'),
  ofStandard('coal-equivalent', 'natural-gas', 1.33, 'kgce/m3', `${ENERGY_EDITION}, oil-field gas`),
  ofStandard('coal-equivalent', 'diesel', 1.4571, 'kgce/kg'),
  ofStandard('coal-equivalent', 'petrol', 1.4714, 'kgce/kg'),
  lasting('density', 'diesel', 0.84, 'kg/L', DENSITY_SOURCE, '2020'),
  lasting('density', 'petrol', 0.745, 'kg/L', DENSITY_SOURCE, '2020'),
  ...Object.entries(WARMING).flatMap(([gas, [ar5, ar6]]) => [
    lasting(
      'warming-potential',
      gas,
      ar5,
      'kgCO2e/kg',
      'IPCC AR5, WG I, chapter 8, 100 years (secondary source)',
      '2013',
      'AR5',
    ),
    lasting(
      'warming-potential',
      gas,
      ar6,
      'kgCO2e/kg',
      'IPCC AR6, WG I, chapter 7, 100 years (secondary source)',
      '2021',
      'AR6',
    ),
  ]),
]
