import { describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import { EntryBook } from '../../core/entry-book.ts'
import { entryPeriod } from '../../core/entry-period.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import { entry } from '../support/entry.ts'
import { fullYears } from '../support/full-years.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const org = organisation(
  [
    site({
      id: 's',
      grid: 'CN',
      areas: [{ id: 'hall', floorArea: [{ from: '2019-01-01', m2: 10 }] }],
      revenue: [
        { from: '2023-01-01', to: '2023-06-30', millions: 40 },
        { from: '2023-07-01', to: '2023-12-31', millions: 60 },
      ],
      meters: [incomer('e')],
    }),
    site({ id: 'r', grid: 'CN', meters: [incomer('f')] }),
    site({ id: 'q', grid: 'CN', meters: [] }),
  ],
  [
    { id: 'all', sites: 'all' },
    { id: 'pair', sites: ['s', 'r'] },
  ],
)

function ask(
  entries: readonly Entry[],
  indicator: string,
  scope = 'site:s',
  period = '2023',
  now = Date.UTC(2026, 0, 1),
) {
  const facts = factsOf(
    planOf(org, { entries: new EntryBook(entries) }),
    fullYears({ e: 365_000, f: 73_000 }),
    now,
  )
  const [of, where, when] = [indicators.get(indicator), org.scope(scope), entryPeriod(period)]
  if (!of || !where || !when) throw new Error(`${indicator} ${scope} ${period}`)
  return figure(of, where, when, facts)
}

const months = (quantity: string, value: number, count = 12) =>
  Array.from({ length: count }, (_, i) =>
    entry({ quantity, value, unit: 't', period: `2023-${String(i + 1).padStart(2, '0')}` }),
  )

describe('what is entered', () => {
  it('for a scope and a period goes before what its meters say, and is known for edited', () => {
    const stated = [entry({ quantity: 'energy', value: 400, unit: 'MWh' })]
    expect(ask(stated, 'energy')).toMatchObject({ value: 400, quality: 'edited' })
    expect(ask(stated, 'energy', 'site:s', '2022')).toMatchObject({ value: 365, quality: 'measured' })
    expect(ask(stated, 'energy', 'site:s', '2023-01').value).toBeCloseTo(31, 9)
  })

  it('is converted to the unit of its quantity', () => {
    expect(ask([entry({ quantity: 'energy', value: 3600, unit: 'GJ' })], 'energy').value).toBeCloseTo(1000, 9)
    expect(
      ask([entry({ quantity: 'waste-hazardous', value: 95, unit: 'kg' })], 'waste-hazardous').value,
    ).toBeCloseTo(0.095, 12)
  })

  it('last counts, and what is taken back counts no more', () => {
    const first = entry({ quantity: 'energy', value: 400, unit: 'MWh' })
    const second = { ...first, id: '2', value: 410 }
    const gone = { ...first, id: '3', value: null }
    expect(ask([first, second], 'energy').value).toBe(410)
    expect(ask([first, second, gone], 'energy').value).toBe(365)
  })

  it('as an invoice of power takes the place of the meter, with the factors of its days', () => {
    const bill = [entry({ quantity: 'electricity', value: 500_000, unit: 'kWh' })]
    expect(ask(bill, 'energy').value).toBeCloseTo(500, 9)
    expect(ask(bill, 'ghg-scope2').value).toBeCloseTo(500 * 0.5306, 9)
  })

  it('for one month takes the place of the meter in that month', () => {
    const bill = [entry({ quantity: 'electricity', value: 100, unit: 'MWh', period: '2023-02' })]
    expect(ask(bill, 'energy').value).toBeCloseTo(365 - 28 + 100, 9)
    expect(ask(bill, 'energy', 'boundary:pair').value).toBeCloseTo(365 - 28 + 100 + 73, 9)
  })

  it('for twelve months makes a year, and for seven of them none', () => {
    expect(ask(months('waste-nonhazardous', 2), 'waste-nonhazardous').value).toBe(24)
    const seven = ask(months('waste-nonhazardous', 2, 7), 'waste-nonhazardous')
    expect(seven).toMatchObject({ value: null, numerator: 14 })
    expect(seven.coverage).toBeCloseTo(212 / 365, 12)
    expect(seven.reason).toContain('2023-08: nothing is entered of waste-nonhazardous for s')
  })

  it('for a year says nothing of its months', () => {
    const year = [entry({ quantity: 'waste-nonhazardous', value: 12, unit: 't' })]
    expect(ask(year, 'waste-nonhazardous', 'site:s', '2023-05').reason).toBe(
      'waste-nonhazardous of site:s is entered for 2023 as a whole',
    )
  })

  it('by kinds is their sum, and a whole beside them goes before it', () => {
    const kinds = [
      entry({ quantity: 'waste-nonhazardous', value: 3, unit: 't', kind: 'paper' }),
      entry({ quantity: 'waste-nonhazardous', value: 4, unit: 't', kind: 'metal' }),
    ]
    expect(ask(kinds, 'waste-nonhazardous').value).toBe(7)
    expect(
      ask([...kinds, entry({ quantity: 'waste-nonhazardous', value: 8, unit: 't' })], 'waste-nonhazardous')
        .value,
    ).toBe(8)
  })

  it('for some sites of a boundary leaves its total open, naming the others', () => {
    const one = [entry({ quantity: 'waste-hazardous', value: 1, unit: 't' })]
    expect(ask(one, 'waste-hazardous', 'boundary:pair').reason).toContain(
      'nothing is entered of waste-hazardous for r',
    )
    const both = [...one, entry({ quantity: 'waste-hazardous', value: 2, unit: 't', scope: 'site:r' })]
    expect(ask(both, 'waste-hazardous', 'boundary:pair').value).toBe(3)
    expect(ask(both, 'waste-hazardous', 'boundary:all').reason).toContain(
      'nothing is entered of waste-hazardous for q',
    )
  })

  it('for a boundary inside another is its sites’ total there, and counts once', () => {
    const entries = [
      entry({ quantity: 'waste-hazardous', value: 5, unit: 't', scope: 'boundary:pair' }),
      entry({ quantity: 'waste-hazardous', value: 1, unit: 't', scope: 'site:s' }),
      entry({ quantity: 'waste-hazardous', value: 2, unit: 't', scope: 'site:q' }),
    ]
    expect(ask(entries, 'waste-hazardous', 'boundary:all').value).toBe(7)
  })

  it('as parts of a total makes the total: direct and indirect energy', () => {
    const parts = [
      entry({ quantity: 'energy-direct', value: 10, unit: 'MWh', scope: 'boundary:all' }),
      entry({ quantity: 'energy-indirect', value: 90, unit: 'MWh', scope: 'boundary:all' }),
    ]
    expect(ask(parts, 'energy', 'boundary:all').value).toBe(100)
  })

  it('of refills adds up, whenever in the year they were', () => {
    const fills = [
      entry({ quantity: 'water-saved', value: 100, unit: 'm3', item: 'taps', period: '2023-03' }),
      entry({ quantity: 'water-saved', value: 50, unit: 'm3', item: 'rain' }),
    ]
    expect(ask(fills, 'water-saved').value).toBe(150)
    expect(ask(fills, 'water-saved', 'boundary:all').value).toBe(150)
    expect(ask([], 'water-saved').reason).toContain('nothing is entered of water-saved for s')
  })

  it('as headcount, floor area or revenue is what a figure is divided by', () => {
    const people = [entry({ quantity: 'employees-fulltime-yearend', value: 73, unit: 'person' })]
    expect(ask(people, 'energy-per-employee').value).toBe(5)
    expect(ask([], 'energy-per-employee').value).toBeNull()
    expect(ask([entry({ quantity: 'floor-area', value: 1000, unit: 'm2' })], 'energy-per-area').value).toBe(
      0.365,
    )
    expect(
      ask([entry({ quantity: 'revenue', value: 50, unit: 'RMB million' })], 'energy-per-revenue').value,
    ).toBe(7.3)
  })
})

describe('revenue', () => {
  it('is the sum of statements that make up the period', () => {
    expect(ask([], 'energy-per-revenue')).toMatchObject({ value: 3.65, denominator: 100 })
    expect(ask([], 'energy-per-revenue', 'site:s', '2023-03').reason).toContain('does not make up 2023-03')
    expect(ask([], 'energy-per-revenue', 'site:s', '2022').reason).toContain(
      'no revenue is stated for site s in 2022',
    )
  })

  it('of a whole year is not held against a part of it', () => {
    const running = ask([], 'energy-per-revenue', 'site:s', '2023', Date.UTC(2023, 6, 1))
    expect(running).toMatchObject({ value: null, denominator: 100 })
    expect(running.reason).toContain('revenue is of the whole of 2023, which still runs')
  })
})
