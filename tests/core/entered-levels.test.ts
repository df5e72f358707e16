import { describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import { EntryBook } from '../../core/entry-book.ts'
import { checkEntry } from '../../core/entry-check.ts'
import { entryPeriod } from '../../core/entry-period.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import type { LocalPeriod } from '../../core/usage.ts'
import { entry } from '../support/entry.ts'
import { factorBook } from '../support/factors.ts'
import { fullYears } from '../support/full-years.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const AFTER = Date.UTC(2026, 5, 1)
const areas = [{ id: 'tower', floorArea: [{ from: '2020-01-01', m2: 100 }] }]
const org = organisation(
  [
    site({ id: 's', grid: 'CN-NORTH', meters: [incomer('e')], areas }),
    site({ id: 't', grid: 'CN-NORTH', meters: [incomer('f')] }),
    site({ id: 'bare', grid: 'CN-NORTH', meters: [] }),
  ],
  [
    { id: 'two', sites: ['s', 't'] },
    { id: 'left', sites: ['s', 't'] },
    { id: 'right', sites: ['t', 'bare'] },
    { id: 'group', sites: 'all' },
  ],
)

function ask(entries: readonly Entry[], indicator: string, scope: string, period = '2023') {
  const plan = planOf(org, { entries: new EntryBook(entries), factors: factorBook() })
  const asked = indicators.get(indicator)
  const found = org.scope(scope)
  if (asked === undefined || found === undefined) throw new Error(`${indicator} ${scope}`)
  const facts = factsOf(plan, fullYears({ e: 365_000, f: 365_000 }), AFTER)
  return figure(asked, found, entryPeriod(period) as LocalPeriod, facts)
}

const kg = (value: number, more: object) =>
  entry({ quantity: 'refrigerant', kind: 'CO2', value, unit: 't', ...more })

describe('the month of a year that is entered as a whole', () => {
  const whole = (quantity: string, unit: string) => [entry({ quantity, value: 1000, unit })]

  it('has no gas of 0, where only the year of it is known', () => {
    const gas = whole('natural-gas', 'm3')
    for (const indicator of ['energy-direct', 'energy', 'ghg-scope1', 'ghg', 'energy-tce']) {
      const month = ask(gas, indicator, 'site:s', '2023-03')
      expect(month.value, indicator).toBeNull()
      expect(month.reason, indicator).toContain('entered for 2023 as a whole')
      expect(ask(gas, indicator, 'boundary:two', '2023-03').value, indicator).toBeNull()
    }
    expect(ask(gas, 'energy-direct', 'site:s').value).toBeCloseTo((1000 * 38.979) / 3600, 9)
  })

  it('has no direct energy of 0 beside a year of it', () => {
    expect(ask(whole('energy-direct', 'MWh'), 'energy-direct', 'site:s', '2023-03').value).toBeNull()
    expect(ask(whole('energy-direct', 'MWh'), 'energy', 'site:s', '2023-03').value).toBeNull()
    expect(ask(whole('ghg-scope1', 'tCO2e'), 'ghg', 'site:s', '2023-03').value).toBeNull()
  })

  it('leaves the month of a boundary open, where the year is entered for the boundary', () => {
    const gas = [entry({ quantity: 'natural-gas', value: 1000, unit: 'm3', scope: 'boundary:two' })]
    expect(ask(gas, 'energy-direct', 'boundary:two').value).toBeCloseTo((1000 * 38.979) / 3600, 9)
    expect(ask(gas, 'energy-direct', 'boundary:two', '2023-03').value).toBeNull()
    expect(ask(gas, 'energy', 'boundary:two', '2023-03').value).toBeNull()
    const refill = [kg(5, { scope: 'boundary:two' })]
    expect(ask(refill, 'ghg-scope1', 'boundary:two', '2023-03').value).toBeNull()
  })

  it('is open too where one of several refills is dated by the year alone', () => {
    const refills = [kg(5, {}), kg(7, { period: '2023-03' })]
    expect(ask(refills, 'ghg-scope1', 'site:s', '2023').value).toBe(12)
    expect(ask(refills, 'ghg-scope1', 'site:s', '2023-03').value).toBeNull()
  })
})

describe('events at several levels', () => {
  it('add up, those of a boundary beside those of its sites and areas', () => {
    const refills = [
      kg(1, { scope: 'site:s', period: '2023-04' }),
      kg(2, { scope: 'area:s/tower', period: '2023-04' }),
      kg(4, { scope: 'boundary:two', period: '2023-05' }),
      kg(8, { scope: 'boundary:left', period: '2023-05' }),
    ]
    expect(ask(refills, 'ghg-scope1', 'site:s').value).toBe(3)
    expect(ask(refills, 'ghg-scope1', 'boundary:two').value).toBe(15)
    expect(ask(refills, 'ghg-scope1', 'boundary:two', '2023-04').value).toBe(3)
    expect(ask(refills, 'ghg-scope1', 'boundary:two', '2023-05').value).toBe(12)
    expect(ask(refills, 'ghg', 'boundary:two').value).toBeCloseTo(15 + 730 * 0.6361, 9)
  })

  it('count savings of an area in its site, as the ledger does', () => {
    const saved = [
      entry({ quantity: 'energy-saved', item: 'a', value: 5, unit: 'MWh', scope: 'area:s/tower' }),
      entry({ quantity: 'energy-saved', item: 'b', value: 7, unit: 'MWh', scope: 'boundary:two' }),
    ]
    expect(ask(saved, 'energy-saved', 'site:s').value).toBe(5)
    expect(ask(saved, 'energy-saved', 'boundary:two').value).toBe(12)
  })

  it('cover with the certificates of an area what its site bought', () => {
    const green = [entry({ quantity: 'green-certificate', value: 73, unit: 'MWh', scope: 'area:s/tower' })]
    expect(ask(green, 'renewable-share', 'site:s').value).toBeCloseTo(0.2, 9)
    expect(ask(green, 'renewable-share', 'boundary:two').value).toBeCloseTo(0.1, 9)
  })
})

describe('a boundary with a part entered for itself', () => {
  it('still needs something that gives the energy of every site', () => {
    for (const part of [
      entry({ quantity: 'natural-gas', value: 1000, unit: 'm3', scope: 'boundary:group' }),
      kg(5, { scope: 'boundary:group' }),
    ]) {
      expect(ask([part], 'energy-indirect', 'boundary:group').value).toBeNull()
      expect(ask([part], 'energy', 'boundary:group').value).toBeNull()
      expect(ask([part], 'ghg', 'boundary:group').value).toBeNull()
      expect(ask([part], 'ghg-scope2-market', 'boundary:group').value).toBeNull()
    }
    expect(ask([kg(5, { scope: 'boundary:group' })], 'ghg-scope1', 'boundary:group').value).toBeNull()
  })

  it('does not lose what is entered of the whole for one of its sites', () => {
    const total = entry({ quantity: 'ghg-scope1', value: 100, unit: 'tCO2e', scope: 'site:s' })
    expect(ask([total, kg(5, { scope: 'boundary:two' })], 'ghg-scope1', 'boundary:two').value).toBe(105)
    const energy = entry({ quantity: 'energy', value: 900, unit: 'MWh', scope: 'site:bare' })
    const gas = entry({ quantity: 'natural-gas', value: 1000, unit: 'm3', scope: 'boundary:group' })
    const figure = ask([energy, gas], 'energy', 'boundary:group')
    expect(figure.value).toBeNull()
    expect(figure.reason).toContain('site:bare')
  })
})

describe('kinds of a quantity', () => {
  it('come to no year where some are entered for it and others by the month', () => {
    const waste = (kind: string, value: number, period: string) =>
      entry({ quantity: 'waste-nonhazardous', kind, value, unit: 't', period })
    const mixed = [waste('metal', 10, '2023'), waste('paper', 1, '2023-01'), waste('paper', 2, '2023-02')]
    const year = ask(mixed, 'waste-nonhazardous', 'site:s')
    expect(year.value).toBeNull()
    expect(year.reason).toContain('paper')
    expect(ask([...mixed, waste('paper', 30, '2023')], 'waste-nonhazardous', 'site:s').value).toBe(40)
    expect(ask([...mixed, waste('', 50, '2023')], 'waste-nonhazardous', 'site:s').value).toBe(50)
  })
})

describe('an entry', () => {
  it('is refused where no organisation could have that much', () => {
    const huge = { ...entry({ quantity: 'ghg', value: 0, unit: 'tCO2e' }), value: 1e300 }
    expect(checkEntry(huge, org, AFTER)).toMatchObject([{ field: 'value' }])
    expect(checkEntry({ ...huge, value: 1e15 }, org, AFTER)).toEqual([])
  })
})

describe('market-based emissions that are entered', () => {
  it('of a site count in its boundary', () => {
    const stated = [
      entry({ quantity: 'ghg-scope2', value: 60, unit: 'tCO2e', scope: 'site:bare' }),
      entry({ quantity: 'ghg-scope2-market', value: 50, unit: 'tCO2e', scope: 'site:bare' }),
    ]
    expect(ask(stated, 'ghg-scope2', 'boundary:right').value).toBeCloseTo(60 + 365 * 0.6361, 9)
    expect(ask(stated, 'ghg-scope2-market', 'boundary:right').value).toBeCloseTo(50 + 365 * 0.6096, 9)
  })

  it('are not taken from what somebody entered by location', () => {
    const stated = [entry({ quantity: 'ghg-scope2', value: 60, unit: 'tCO2e', scope: 'site:bare' })]
    expect(ask(stated, 'ghg-scope2-market', 'site:bare').value).toBeNull()
    expect(ask(stated, 'ghg-scope2-market', 'boundary:right').value).toBeNull()
  })
})
