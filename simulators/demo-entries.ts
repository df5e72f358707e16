/**
 * What people of the demo organisation have entered: figures that no meter gives, for last year and, as totals,
 * for the two years before the history of its meters begins.
 */

export interface DemoEntry {
  readonly scope: string
  readonly quantity: string
  readonly kind?: string
  readonly item?: string
  readonly period: string
  readonly value: number
  readonly unit: string
  readonly source: string
}

export interface DemoSaving {
  readonly measure: string
  readonly scope: string
  readonly period: string
  readonly method: 'metered' | 'estimated'
  /** In the unit of what was saved. */
  readonly baseline: Readonly<Record<string, number>>
  readonly energySaved?: { readonly value: number; readonly unit: string }
  readonly waterSaved?: { readonly value: number; readonly unit: string }
  readonly factor?: string
  readonly source: string
}

type Row = readonly [
  scope: string,
  quantity: string,
  value: number,
  unit: string,
  kind?: string,
  item?: string,
]

const GROUP = 'boundary:group'
const OFFICES = 'boundary:own-offices'

/** By how many years before last year's end. */
const totals: Readonly<Record<number, readonly Row[]>> = {
  2: [
    ...whole(GROUP, {
      direct: 74_610.3,
      indirect: 208_940.8,
      scope1: 15_212.6,
      scope2: 124_806.9,
      tap: 880_150,
      reclaimed: 352_700,
    }),
    ...whole(OFFICES, {
      direct: 38.6,
      indirect: 90_262.4,
      scope1: 10.3,
      scope2: 50_480.2,
      tap: 206_900,
      reclaimed: 93_410,
    }),
    ...waste(GROUP, 7174.8, 95.8),
    ...cumulative(6800, 940),
  ],
  1: [
    ...whole(GROUP, {
      direct: 78_102.7,
      indirect: 221_415.2,
      scope1: 15_930.4,
      scope2: 130_912.5,
      tap: 921_300,
      reclaimed: 381_040,
    }),
    ...whole(OFFICES, {
      direct: 39.9,
      indirect: 92_106.1,
      scope1: 10.6,
      scope2: 51_511.7,
      tap: 211_820,
      reclaimed: 99_870,
    }),
    ...waste(GROUP, 7320.4, 91.2),
    ...cumulative(7400, 1010),
  ],
  0: [
    [GROUP, 'waste-nonhazardous', 4210.6, 't', 'recycled'],
    [GROUP, 'waste-nonhazardous', 3055.9, 't', 'landfilled'],
    [GROUP, 'waste-hazardous', 88.4, 't'],
    [OFFICES, 'waste-nonhazardous', 3120.5, 't'],
    [OFFICES, 'waste-hazardous', 0.9, 't'],
    [GROUP, 'water-discharge', 791_200, 't'],
    [OFFICES, 'water-discharge', 178_400, 't'],
    [GROUP, 'packaging', 21_480, 't', 'paper'],
    [GROUP, 'packaging', 2960, 't', 'plastic'],
    [GROUP, 'air-pollutants', 3.82, 't', 'VOC'],
    [GROUP, 'air-pollutants', 5.14, 't', 'NOx'],
    [GROUP, 'revenue', 412_000, 'RMB million'],
    ...cumulative(7950, 1080),
    ['site:science-park', 'refrigerant', 38.5, 'kg', 'R-410A', 'chillers, north'],
    ['site:own-dc', 'refrigerant', 21, 'kg', 'R-134a', 'chiller 2'],
    ['site:ev-factory', 'refrigerant', 12.4, 'kg', 'R-407C', 'paint shop'],
    ['site:own-dc', 'extinguisher', 12, 'kg', 'HFC-227ea', 'hall 3'],
    ['site:yizhuang', 'sewage', 410, 'kg', 'CH4'],
    [OFFICES, 'green-certificate', 6000, 'MWh', 'GEC'],
    ['site:own-dc', 'green-contract', 9600, 'MWh', 'PPA'],
  ],
}

interface Whole {
  readonly direct: number
  readonly indirect: number
  readonly scope1: number
  readonly scope2: number
  readonly tap: number
  readonly reclaimed: number
}

function whole(scope: string, { direct, indirect, scope1, scope2, tap, reclaimed }: Whole): Row[] {
  return [
    [scope, 'energy-direct', direct, 'MWh'],
    [scope, 'energy-indirect', indirect, 'MWh'],
    [scope, 'ghg-scope1', scope1, 'tCO2e'],
    [scope, 'ghg-scope2', scope2, 'tCO2e'],
    [scope, 'tap-water', tap, 't'],
    [scope, 'reclaimed-water', reclaimed, 't'],
  ]
}

function waste(scope: string, nonhazardous: number, hazardous: number): Row[] {
  return [
    [scope, 'waste-nonhazardous', nonhazardous, 't'],
    [scope, 'waste-hazardous', hazardous, 't'],
  ]
}

/** Cars of the company by the month, as their fuel cards are invoiced; those of the offices are a part of all. */
const MONTHLY: readonly Row[] = [
  [GROUP, 'petrol', 26_000, 'L'],
  [OFFICES, 'petrol', 3500, 'L'],
]

function cumulative(eWaste: number, recycled: number): Row[] {
  return [
    [GROUP, 'e-waste', eWaste, 't'],
    [GROUP, 'recycled-material', recycled, 't'],
  ]
}

export function demoEntries(lastYear: number): DemoEntry[] {
  const months = Array.from({ length: 12 }, (_, month) => `${lastYear}-${String(month + 1).padStart(2, '0')}`)
  const monthly = MONTHLY.flatMap(([scope, quantity, value, unit]) =>
    months.map((period) => ({ scope, quantity, period, value, unit, source: 'demo: fuel cards' })),
  )
  const yearly = Object.entries(totals).flatMap(([before, rows]) =>
    rows.map(([scope, quantity, value, unit, kind = '', item = '']) => ({
      scope,
      quantity,
      kind,
      item,
      period: String(lastYear - Number(before)),
      value,
      unit,
      source: Number(before) === 0 ? 'demo: inventory of the year' : 'demo: earlier annual report',
    })),
  )
  return [...monthly, ...yearly]
}

const mwh = (value: number) => ({ value, unit: 'MWh' })
const m3 = (value: number) => ({ value, unit: 'm3' })

/** The measures that the simulators can leave out (`measures.ts`), and those that save water. */
export function demoSavings(lastYear: number): DemoSaving[] {
  const common = { period: String(lastYear), source: 'demo: energy office' }
  const metered = (measure: string, site: string, baseline: number, saved: number): DemoSaving => ({
    ...common,
    ...{
      measure,
      scope: `site:${site}`,
      method: 'metered',
      baseline: { energy: baseline },
      energySaved: mwh(saved),
    },
  })
  const water = (
    measure: string,
    site: string,
    baseline: number,
    saved: number,
    factor: string,
  ): DemoSaving => ({
    ...common,
    ...{
      measure,
      scope: `site:${site}`,
      method: 'estimated',
      factor,
      baseline: { water: baseline },
      waterSaved: m3(saved),
    },
  })
  return [
    metered('free cooling', 'own-dc', 6100, 400),
    metered('free cooling towers', 'science-park', 14_900, 270),
    metered('infrared sensors in washrooms', 'science-park', 2900, 380),
    metered('production without light', 'yizhuang', 21_400, 310),
    metered('heat recovered from the oxidiser', 'ev-factory', 96_000, 10_648),
    water(
      'reclaimed water for cooling towers',
      'science-park',
      118_000,
      31_500,
      'towers’ make-up less tap water',
    ),
    water('rain for gardens', 'wuhan-hq', 22_000, 9400, 'tanks emptied'),
    water('sensor taps', 'yizhuang', 61_000, 12_800, '2.1 L a wash, 6.1 million washes'),
  ]
}
