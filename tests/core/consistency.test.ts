import { describe, expect, it } from 'vitest'
import { consistencyOf } from '../../core/consistency.ts'
import type { ConsistencyWarning } from '../../core/consistency-figures.ts'
import type { Entry } from '../../core/entry.ts'

type Row = readonly [quantity: string, period: string, value: number, unit?: string, more?: Partial<Entry>]

const entriesOf = (rows: readonly Row[]): Entry[] =>
  rows.map(([quantity, period, value, unit = 't', more = {}], i) => ({
    id: `e${i}`,
    scope: 'boundary:group',
    quantity,
    kind: '',
    item: '',
    period,
    value,
    unit,
    source: 'ESG report',
    note: '',
    by: '',
    enteredAt: i,
    ...more,
  }))
const warningsOf = (...rows: Row[]) =>
  consistencyOf(entriesOf(rows), (scope) => (scope === 'boundary:group' ? ['site:a', 'site:b'] : []))
const codes = (warnings: readonly ConsistencyWarning[]) =>
  warnings.map(({ code, quantity, period }) => `${code} ${quantity} ${period}`)
const people = (period: string, total: number, kinds: Record<string, number>): Row[] => [
  ['employees-total', period, total, 'person'],
  ...Object.entries(kinds).map(
    ([kind, value]): Row => ['employees-total', period, value, 'person', { kind }],
  ),
]

describe('the three inconsistencies of the published reports', () => {
  it('2023: tap and reclaimed water come to 687,453.75 t, and 683,906.94 t are stated', () => {
    const [warning, ...more] = warningsOf(
      ['water-withdrawal', '2023', 683_906.94],
      ['tap-water', '2023', 523_100.75],
      ['reclaimed-water', '2023', 164_353.0],
    )
    expect(more).toEqual([])
    expect(warning).toEqual({
      code: 'parts-differ',
      scope: 'boundary:group',
      quantity: 'water-withdrawal',
      kind: '',
      period: '2023',
      unit: 't',
      expected: 687_453.75,
      found: 683_906.94,
      message:
        'boundary:group, 2023: water-withdrawal is 683,906.94 t, and tap-water and reclaimed-water come to 687,453.75 t.',
      entries: ['e0', 'e1', 'e2'],
    })
  })

  it('2021: parts of the staff come to 35,415, and 33,415 are stated', () => {
    const warnings = warningsOf(...people('2021', 33_415, { 'gender:male': 21_893, 'gender:female': 13_522 }))
    expect(warnings).toMatchObject([
      { code: 'kinds-differ', quantity: 'employees-total', period: '2021', expected: 35_415, found: 33_415 },
    ])
    expect(warnings[0]?.message).toContain('its kinds by gender come to 35,415 person')
  })

  it('2022: parts of the staff come to 35,977, and 35,997 are stated', () => {
    const [warning, ...more] = warningsOf(
      ...people('2022', 35_997, { 'region:mainland': 33_977, 'region:elsewhere': 2000 }),
    )
    expect(more).toEqual([])
    expect(warning).toMatchObject({ code: 'kinds-differ', expected: 35_977, found: 35_997 })
  })
})

describe('parts and their total', () => {
  // As published, group.
  it.each([
    [2018, [18_856.92, 1389.45, 17_467.47], [13_093.57, 271.69, 12_821.88], undefined],
    [
      2020,
      [118_397.58, 5586.69, 112_810.89],
      [66_481.29, 8402.12, 58_079.17],
      [303_132.92, 187_339.02, 115_793.9],
    ],
    [2021, [144_626.56, 8691.42, 135_935.14], [82_820.16, 9096.95, 73_723.21], [463_663, 329_572, 134_091]],
    [
      2022,
      [144_741.38, 5190.84, 139_550.54],
      [85_742.61, 7122.6, 78_620.01],
      [510_156.05, 391_953.85, 118_202.2],
    ],
    [2023, [211_171.84, 19_418.57, 191_753.27], [116_722.56, 12_252.52, 104_470.04], undefined],
  ] as const)('of %i agree as they were published', (year, energy, ghg, water) => {
    const rows = (names: readonly string[], values: readonly number[], unit: string): Row[] =>
      names.map((name, i) => [name, String(year), values[i] as number, unit])
    expect(
      warningsOf(
        ...rows(['energy', 'energy-direct', 'energy-indirect'], energy, 'MWh'),
        ...rows(['ghg', 'ghg-scope1', 'ghg-scope2'], ghg, 'tCO2e'),
        ...rows(['water-withdrawal', 'tap-water', 'reclaimed-water'], water ?? [], 't').slice(
          0,
          water ? 3 : 0,
        ),
      ),
    ).toEqual([])
  })

  it('may differ by what rounding explains: half a unit in the last decimal of each', () => {
    const total = (value: number) =>
      warningsOf(
        ['energy', '2023', value, 'MWh'],
        ['energy-direct', '2023', 1.4, 'MWh'],
        ['energy-indirect', '2023', 2.4, 'MWh'],
      )
    expect(total(3.9)).toEqual([])
    expect(codes(total(4))).toEqual([])
    expect(codes(total(4.1))).toEqual(['parts-differ energy 2023'])
  })

  it('are compared in one unit', () => {
    const direct: Row = ['energy-direct', '2023', 3600, 'GJ']
    expect(
      warningsOf(['energy', '2023', 1500, 'MWh'], direct, ['energy-indirect', '2023', 500_000, 'kWh']),
    ).toEqual([])
    expect(
      warningsOf(['energy', '2023', 1501, 'MWh'], direct, ['energy-indirect', '2023', 500_000, 'kWh']),
    ).toMatchObject([{ code: 'parts-differ', expected: 1500, found: 1501, unit: 'MWh' }])
  })

  it('are not the whole where one is not entered, and still not more than it', () => {
    expect(warningsOf(['ghg', '2023', 10, 'tCO2e'], ['ghg-scope1', '2023', 4, 'tCO2e'])).toEqual([])
    expect(codes(warningsOf(['ghg', '2023', 10, 'tCO2e'], ['ghg-scope1', '2023', 40, 'tCO2e']))).toEqual([
      'parts-differ ghg 2023',
    ])
  })

  it('of one scope and period are not held against those of another', () => {
    expect(
      warningsOf(
        ['ghg', '2023', 10, 'tCO2e'],
        ['ghg-scope1', '2023-01', 40, 'tCO2e'],
        ['ghg-scope2', '2023', 90, 'tCO2e', { scope: 'site:elsewhere' }],
      ),
    ).toEqual([])
  })

  it('several items of one kind and period add up', () => {
    const invoice = (item: string, value: number): Row => ['tap-water', '2023', value, 'm3', { item }]
    const rest: Row[] = [
      ['reclaimed-water', '2023', 5],
      ['water-withdrawal', '2023', 15],
    ]
    expect(warningsOf(invoice('1', 4), invoice('2', 6), ...rest)).toEqual([])
    expect(warningsOf(invoice('1', 4), invoice('2', 9), ...rest)).toMatchObject([{ expected: 18, found: 15 }])
  })

  it('what is taken back is part of nothing', () => {
    const [total, ...parts] = entriesOf([
      ['ghg', '2023', 10, 'tCO2e'],
      ['ghg-scope1', '2023', 40, 'tCO2e'],
    ]) as [Entry, Entry]
    expect(consistencyOf([total, ...parts.map((part) => ({ ...part, value: null }))], () => [])).toEqual([])
  })
})

describe('kinds and their whole', () => {
  it('each breakdown is one of its own', () => {
    const kinds = { 'gender:male': 60, 'gender:female': 40, 'age:young': 70, 'age:old': 31, office: 100 }
    const warnings = warningsOf(...people('2023', 100, kinds))
    expect(warnings).toMatchObject([{ code: 'kinds-differ', expected: 101 }])
    expect(warnings[0]?.message).toContain('by age')
  })

  it('kinds without a breakdown are one together', () => {
    const waste = (kind: string, value: number): Row => ['waste-hazardous', '2023', value, 't', { kind }]
    expect(warningsOf(waste('', 10), waste('batteries', 4), waste('oil', 6))).toEqual([])
    expect(warningsOf(waste('', 10), waste('batteries', 4), waste('oil', 4.4))).toMatchObject([
      { code: 'kinds-differ', expected: 8.4, found: 10 },
    ])
    expect(warningsOf(waste('', 10), waste('batteries', 4))).toEqual([])
  })

  it('events such as contracts are no parts of anything', () => {
    const contract = (kind: string, value: number): Row => ['green-contract', '2023', value, 'MWh', { kind }]
    expect(warningsOf(contract('', 10), contract('PPA', 400), contract('GEC', 6))).toEqual([])
  })
})

describe('months and years', () => {
  const months = (value: number, count = 12, quantity = 'diesel', unit = 'L'): Row[] =>
    Array.from({ length: count }, (_, i) => [quantity, `2023-${String(i + 1).padStart(2, '0')}`, value, unit])

  it('twelve months come to the year', () => {
    expect(warningsOf(['diesel', '2023', 120, 'L'], ...months(10))).toEqual([])
    expect(warningsOf(['diesel', '2023', 150, 'L'], ...months(10))).toMatchObject([
      { code: 'months-differ', period: '2023', expected: 120, found: 150 },
    ])
  })

  it('some months do not come to more than the year', () => {
    expect(warningsOf(['diesel', '2023', 120, 'L'], ...months(10, 7))).toEqual([])
    expect(codes(warningsOf(['diesel', '2023', 60, 'L'], ...months(10, 7)))).toEqual([
      'months-differ diesel 2023',
    ])
  })

  it('people of twelve months are the same people', () => {
    expect(
      warningsOf(['employees-total', '2023', 10, 'person'], ...months(10, 12, 'employees-total', 'person')),
    ).toEqual([])
  })

  it('litres are not held against kilograms', () => {
    expect(warningsOf(['diesel', '2023', 60, 'kg'], ...months(10))).toEqual([])
  })
})

describe('sites and their boundary', () => {
  const site = (id: string, value: number): Row => ['packaging', '2023', value, 't', { scope: `site:${id}` }]
  it('sites do not come to more than their boundary, and may come to less', () => {
    expect(warningsOf(['packaging', '2023', 10], site('a', 4), site('b', 5))).toEqual([])
    expect(warningsOf(['packaging', '2023', 10], site('a', 4), site('elsewhere', 50))).toEqual([])
    expect(warningsOf(['packaging', '2023', 10], site('a', 4), site('b', 8))).toMatchObject([
      { code: 'sites-differ', scope: 'boundary:group', expected: 12, found: 10 },
    ])
  })
})

describe('one year and the next', () => {
  it('a leap of more than 25 % says what to check', () => {
    expect(warningsOf(['energy', '2022', 100, 'MWh'], ['energy', '2023', 125, 'MWh'])).toEqual([])
    const [up] = warningsOf(['energy', '2022', 100, 'MWh'], ['energy', '2023', 126, 'MWh'])
    expect(up).toMatchObject({ code: 'year-jump', period: '2023', expected: 100, found: 126 })
    expect(up?.message).toBe(
      'boundary:group, 2023: energy is 126 MWh, 26.0 % above the 100 MWh of 2022; check the boundary and the denominator.',
    )
    const [down] = warningsOf(['energy', '2022', 100, 'MWh'], ['energy', '2023', 74, 'MWh'])
    expect(down?.message).toContain('26.0 % below')
  })

  it('years that are not neighbours, other kinds and parts of years are not compared', () => {
    expect(
      warningsOf(
        ['packaging', '2021', 10],
        ['packaging', '2023', 30],
        ['packaging', '2024', 90, 't', { kind: 'paper' }],
        ['packaging', '2022-12', 90],
        ['packaging', '2022-11', 1],
      ),
    ).toEqual([])
  })

  it('the published total of 2023 leaps', () => {
    expect(
      codes(warningsOf(['energy', '2022', 144_741.38, 'MWh'], ['energy', '2023', 211_171.84, 'MWh'])),
    ).toEqual(['year-jump energy 2023'])
  })

  it.each([
    [1100, 'energy', 'MWh', 10],
    [98_000, 'energy', 'MWh', 1000],
    [360, 'energy', 'MWh', 3.6],
    [350_000, 'energy', 'MWh', 3600],
    [0.11, 'tap-water', 't', 1000],
  ])('%d after 100 looks like another unit, not like a leap', (value, quantity, unit, magnitude) => {
    const warnings = warningsOf([quantity, '2022', 100, unit], [quantity, '2023', value, unit])
    expect(warnings).toMatchObject([{ code: 'magnitude', period: '2023', found: value, expected: 100 }])
    expect(warnings[0]?.message).toContain(
      value > 100 ? `about ${magnitude} times` : `about 1/${magnitude} of`,
    )
    expect(warnings[0]?.message).toContain('is the unit right?')
  })

  it('people do not come in gigajoules: 3.6 times as many are a leap', () => {
    const rows: Row[] = [
      ['employees-total', '2022', 100, 'person'],
      ['employees-total', '2023', 360, 'person'],
    ]
    expect(codes(warningsOf(...rows))).toEqual(['year-jump employees-total 2023'])
  })

  it('the year that is off is named, once', () => {
    const years = (...values: number[]) =>
      codes(warningsOf(...values.map((value, i): Row => ['tap-water', String(2020 + i), value])))
    expect(years(100, 105, 110_000, 108)).toEqual(['magnitude tap-water 2022'])
    expect(years(100, 105_000, 110)).toEqual(['magnitude tap-water 2021'])
    expect(years(100_000, 105, 110)).toEqual(['magnitude tap-water 2020'])
    expect(years(100, 105, 110_000)).toEqual(['magnitude tap-water 2022'])
    expect(years(100, 105, 105_000, 110_000)).toEqual(['magnitude tap-water 2022'])
  })

  it('nothing after something is a leap, and something after nothing is none', () => {
    expect(codes(warningsOf(['e-waste', '2022', 5], ['e-waste', '2023', 0]))).toEqual([
      'year-jump e-waste 2023',
    ])
    expect(warningsOf(['e-waste', '2022', 0], ['e-waste', '2023', 5])).toEqual([])
  })
})
