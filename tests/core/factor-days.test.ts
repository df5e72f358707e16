import { describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import { EntryBook } from '../../core/entry-book.ts'
import { entryPeriod } from '../../core/entry-period.ts'
import { factorsSchema } from '../../core/factor-file.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import type { Organisation } from '../../core/organisation-index.ts'
import type { LocalPeriod } from '../../core/usage.ts'
import { entry } from '../support/entry.ts'
import { factorBook } from '../support/factors.ts'
import { fullYears } from '../support/full-years.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const AFTER = Date.UTC(2026, 5, 1)
type Meters = NonNullable<Parameters<typeof site>[0]['meters']>
const meter = (id: string, utility: string, unit: string, more: object = {}) =>
  ({ id, utility, role: 'import', register: { unit }, ...more }) as Meters[number]
const at = (meters: Meters, more: object = {}) =>
  organisation([site({ id: 's', grid: 'CN-NORTH', meters, ...more })])

function asker(
  org: Organisation,
  used: Record<string, number>,
  { factors, entries = [] }: { factors?: object; entries?: readonly Entry[] } = {},
) {
  const plan = planOf(org, { entries: new EntryBook(entries), factors: factorBook(factors) })
  const facts = factsOf(plan, fullYears(used), AFTER)
  return (indicator: string, period = '2023', scope = 'site:s') => {
    const asked = indicators.get(indicator)
    const found = org.scope(scope)
    if (asked === undefined || found === undefined) throw new Error(`${indicator} ${scope}`)
    return figure(asked, found, entryPeriod(period) as LocalPeriod, facts)
  }
}

const own = (more: object) => ({
  of: 'electricity',
  region: 'CN-NORTH',
  unit: 'kgCO2/kWh',
  source: 'letter',
  published: '2026',
  ...more,
})

describe('dated factors', () => {
  it('hold without an end until the next of the same file begins, and do not come back after it', () => {
    const factors = {
      factors: [
        own({ from: '2019-01-01', value: 0.9 }),
        own({ from: '2024-01-01', to: '2024-12-31', value: 0.6 }),
      ],
    }
    const ask = asker(at([incomer('e')]), { e: 1000 }, { factors })
    expect(ask('ghg-scope2', '2023').value).toBeCloseTo(0.9, 9)
    expect(ask('ghg-scope2', '2024').value).toBeCloseTo(0.6, 9)
    const after = ask('ghg-scope2', '2025')
    expect(after.value).toBeNull()
    expect(after.reason).toContain('the last one ended on 2024-12-31')
  })

  it('are missed with the day that was asked for, whatever was asked before', () => {
    const ask = asker(at([incomer('e')]), { e: 1000 })
    expect(ask('ghg-scope2', '2025').reason).toContain('holds on 2025-01-01')
    expect(ask('ghg-scope2', '2024').reason).toContain('holds on 2024-01-01')
  })

  it('are all told where two of the same first day were used', () => {
    const factors = { factors: [own({ from: '2023-01-01', to: '2023-06-30', value: 1 })] }
    const { factors: uses } = asker(at([incomer('e')]), { e: 1000 }, { factors })('ghg-scope2')
    expect(uses.map(({ value }) => value)).toEqual([1, 0.6361])
  })

  it('of heat and density are above zero', () => {
    for (const [kind, unit] of [
      ['heat-value', 'MJ/m3'],
      ['density', 'kg/L'],
    ])
      expect(
        factorsSchema.safeParse({ factors: [{ ...own({}), kind, unit, from: '2020-01-01', value: 0 }] })
          .success,
      ).toBe(false)
  })

  it('do not part an invoice that none of them concerns', () => {
    const heat = { kind: 'heat-value', of: 'natural-gas', unit: 'MJ/m3', source: 'letter', published: '2026' }
    const factors = { factors: [{ ...heat, from: '2023-07-01', value: 36 }] }
    const invoice = (value: number, unit: string) => [entry({ quantity: 'natural-gas', value, unit })]
    const energy = asker(at([]), {}, { factors, entries: invoice(500, 'MWh') })('energy')
    expect(energy.value).toBe(500)
    expect(asker(at([]), {}, { factors, entries: invoice(500, 'm3') })('energy').value).toBeNull()
  })
})

describe('a site with its own power station', () => {
  const chp = meter('chp', 'electricity', 'kWh', { role: 'generation' })
  const pv = meter('pv', 'electricity', 'kWh', { role: 'generation', renewable: true })
  const used = { e: 100_000, chp: 100_000, pv: 50_000, g: 30_000 }

  it('used the power that it made from gas, in the shares of electricity', () => {
    const ask = asker(at([incomer('e'), chp, pv, meter('g', 'natural-gas', 'm3')]), used)
    expect(ask('pv-share').value).toBeCloseTo(50 / 250, 12)
    expect(ask('renewable-share').value).toBeCloseTo(50 / 250, 12)
  })

  it('burns gas that is invoiced once', () => {
    const entries = [entry({ quantity: 'natural-gas', value: 30_000, unit: 'm3' })]
    const ask = asker(at([incomer('e'), chp, pv]), used, { entries })
    expect(ask('energy').value).toBeCloseTo(150 + (30_000 * 38.979) / 3600, 9)
  })

  it('has no share below nothing where more is fed out than the panels made', () => {
    const out = meter('out', 'electricity', 'kWh', { role: 'export' })
    const ask = asker(at([incomer('e'), pv, out]), { ...used, out: 60_000 })
    for (const indicator of ['pv-share', 'renewable-share']) {
      expect(ask(indicator).value, indicator).toBeNull()
      expect(ask(indicator).reason, indicator).toContain('below zero')
    }
  })
})

describe('a gas meter that was taken out', () => {
  it('leaves a direct energy of nothing after it', () => {
    const org = at([incomer('e'), meter('g', 'natural-gas', 'm3', { to: '2022-01-01' })])
    const ask = asker(org, { e: 1000 })
    expect(ask('energy').value).toBe(1)
    expect(ask('energy-direct').value).toBe(0)
    expect(ask('ghg-scope1').value).toBe(0)
  })
})

describe('IT energy', () => {
  const it_ = (id: string, more: object) =>
    meter(id, 'electricity', 'kWh', { role: 'submeter', parent: 'e', use: 'it', ...more })
  const used = { e: 1000, a: 300, b: 200, a1: 100 }

  it('has no meter that hangs on a part of a virtual one', () => {
    const meters = [
      incomer('e'),
      it_('a', { use: 'other' }),
      it_('b', { use: 'other' }),
      it_('a1', { parent: 'a' }),
      { id: 'all', utility: 'electricity', role: 'virtual', formula: 'a + b', use: 'it' } as Meters[number],
    ]
    expect(asker(at(meters, { kind: 'data-center' }), used)('pue').denominator).toBeCloseTo(0.5, 12)
  })

  it('has no virtual one of what hangs on a meter that it has', () => {
    const meters = [
      incomer('e'),
      it_('a', {}),
      it_('a1', { parent: 'a', use: 'other' }),
      { id: 'some', utility: 'electricity', role: 'virtual', formula: 'a1', use: 'it' } as Meters[number],
    ]
    expect(asker(at(meters, { kind: 'data-center' }), used)('pue').denominator).toBeCloseTo(0.3, 12)
  })
})
