/**
 * What people of the demo organisation have entered: figures that no meter gives, for this year's months that
 * are over, for last year and, as totals, for the two years before the history of its meters begins.
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
    [GROUP, 'revenue', 596_000, 'RMB million'],
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

/** What comes by the month: last year's, and this year's. */
const MONTHLY: readonly {
  readonly scope: string
  readonly quantity: string
  readonly unit: string
  readonly kind?: string
  readonly last: number
  readonly now: number
  readonly source: string
}[] = [
  // Cars of the company, as their fuel cards are invoiced; those of the offices are a part of all.
  ...[
    { scope: GROUP, last: 26_000, now: 25_400 },
    { scope: OFFICES, last: 3500, now: 3400 },
  ].map((one) => ({ ...one, quantity: 'petrol', unit: 'L', source: 'demo: fuel cards' })),
  {
    ...{ scope: OFFICES, quantity: 'green-certificate', unit: 'MWh', kind: 'GEC' },
    ...{ last: 500, now: 1150, source: 'demo: certificates retired' },
  },
  {
    ...{ scope: 'site:own-dc', quantity: 'green-contract', unit: 'MWh', kind: 'PPA' },
    ...{ last: 800, now: 1500, source: 'demo: power purchase agreement' },
  },
  {
    ...{ scope: 'boundary:iso-50001', quantity: 'revenue', unit: 'RMB million' },
    ...{ last: 46_900, now: 48_200, source: 'demo: management accounts' },
  },
]

/** Gases that got out, by last year's months and this year's. */
const LOSSES: readonly (readonly [
  scope: string,
  quantity: string,
  kind: string,
  item: string,
  last: Event,
  now: Event,
])[] = [
  ['site:science-park', 'refrigerant', 'R-410A', 'chillers, north', [6, 38.5], [5, 31]],
  ['site:own-dc', 'refrigerant', 'R-134a', 'chiller 2', [7, 21], [7, 18]],
  ['site:ev-factory', 'refrigerant', 'R-407C', 'paint shop', [4, 12.4], [4, 9.8]],
  ['site:own-dc', 'extinguisher', 'HFC-227ea', 'hall 3', [3, 12], [3, 6]],
  ['site:yizhuang', 'sewage', 'CH4', '', [9, 410], [9, 395]],
]
type Event = readonly [month: number, kilograms: number]

/** t by the year, since the targets count from 2022 on; afterwards as in the last of them. */
const SINCE_2022 = {
  'e-waste': { years: [6350, 6800, 7400, 7950], perMonth: 790 },
  'recycled-material': { years: [860, 940, 1010, 1080], perMonth: 105 },
} as const

/** `monthsOver` are this year's months that are over. */
export function demoEntries(lastYear: number, monthsOver: number): DemoEntry[] {
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
  return [
    ...monthly(lastYear, monthsOver),
    ...yearly,
    ...losses(lastYear, monthsOver),
    ...collected(lastYear, monthsOver),
  ]
}

function monthly(lastYear: number, monthsOver: number): DemoEntry[] {
  return MONTHLY.flatMap(({ last, now, ...entry }) => [
    ...monthsOf(lastYear, 12).map((period) => ({ ...entry, period, value: last })),
    ...monthsOf(lastYear + 1, monthsOver).map((period) => ({ ...entry, period, value: now })),
  ])
}

function losses(lastYear: number, monthsOver: number): DemoEntry[] {
  return LOSSES.flatMap(([scope, quantity, kind, item, last, now]) => {
    const entry = { scope, quantity, kind, item, unit: 'kg', source: 'demo: service reports' }
    const of = (year: number, [month, value]: Event) => ({ ...entry, value, period: monthOf(year, month) })
    return [of(lastYear, last), ...(now[0] <= monthsOver ? [of(lastYear + 1, now)] : [])]
  })
}

function collected(lastYear: number, monthsOver: number): DemoEntry[] {
  return Object.entries(SINCE_2022).flatMap(([quantity, { years, perMonth }]) => {
    const entry = { scope: GROUP, quantity, unit: 't', source: 'demo: take-back and purchasing' }
    const before = Array.from({ length: Math.max(0, lastYear - 2021) }, (_, i) => ({
      ...entry,
      period: String(2022 + i),
      value: years[i] ?? (years.at(-1) as number),
    }))
    return [
      ...before,
      ...monthsOf(lastYear + 1, monthsOver).map((period) => ({ ...entry, period, value: perMonth })),
    ]
  })
}

/** `2026-01` and on. */
export function monthsOf(year: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => monthOf(year, i + 1))
}

function monthOf(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`
}
