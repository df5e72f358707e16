import { describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import { EntryBook } from '../../core/entry-book.ts'
import { entryPeriod } from '../../core/entry-period.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import type { Organisation } from '../../core/organisation-index.ts'
import { entry } from '../support/entry.ts'
import { factorBook } from '../support/factors.ts'
import { fullYears } from '../support/full-years.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const AFTER = Date.UTC(2026, 5, 1)

interface World {
  org: Organisation
  used?: Record<string, number>
  entries?: readonly Entry[]
  factors?: object
}

function ask(
  { org, used = {}, entries = [], factors }: World,
  indicator: string,
  scope: string,
  period = '2023',
) {
  const plan = planOf(org, { entries: new EntryBook(entries), factors: factorBook(factors) })
  const facts = factsOf(plan, fullYears(used), AFTER)
  const found = org.scope(scope)
  const asked = indicators.get(indicator)
  const of = entryPeriod(period)
  if (found === undefined || asked === undefined || of === undefined)
    throw new Error(`${indicator} ${scope} ${period}`)
  return figure(asked, found, of, facts)
}

type Meters = Parameters<typeof site>[0]['meters']
const meter = (id: string, utility: string, unit: string, more: object = {}) =>
  ({ id, utility, role: 'import', register: { unit }, ...more }) as NonNullable<Meters>[number]
const oneSite = (meters: Meters, more: object = {}) =>
  organisation([site({ id: 's', grid: 'CN-NORTH', meters, ...more })])

describe('energy by GB/T 2589-2020', () => {
  it('takes 10,000 m3 of oil-field gas for 108.275 MWh, 13.3 tce and 21.867219 t of CO2 (M14)', () => {
    const world = { org: oneSite([meter('g', 'natural-gas', 'm3')]), used: { g: 10_000 } }
    expect(ask(world, 'energy-direct', 'site:s').value).toBeCloseTo(108.275, 9)
    expect((ask(world, 'energy-direct', 'site:s').value as number) * 3.6).toBeCloseTo(389.79, 9)
    expect(ask(world, 'energy-tce', 'site:s').value).toBeCloseTo(13.3, 9)
    expect(ask(world, 'ghg-scope1', 'site:s').value).toBeCloseTo(21.867219, 9)
  })

  it('takes 1,000 GJ of heat for 277.778 MWh and 110 t of CO2 (M14)', () => {
    const world = { org: oneSite([meter('h', 'heat', 'GJ')]), used: { h: 1000 } }
    expect(ask(world, 'energy-indirect', 'site:s').value).toBeCloseTo(277.77777777777777, 9)
    expect(ask(world, 'ghg-scope2', 'site:s').value).toBeCloseTo(110, 9)
  })

  it('takes 100 MWh of electricity of the national grid of 2023 for 12.29 tce and 53.06 t of CO2 (M14)', () => {
    const world = { org: oneSite([incomer('e')], { grid: 'CN' }), used: { e: 100_000 } }
    expect(ask(world, 'energy-tce', 'site:s').value).toBeCloseTo(12.29, 9)
    expect(ask(world, 'ghg-scope2', 'site:s').value).toBeCloseTo(53.06, 9)
  })

  it('takes gas by its energy and liquid fuels by litre or tonne', () => {
    const gas = { org: oneSite([meter('g', 'natural-gas', 'kWh')]), used: { g: 108_275 } }
    expect(ask(gas, 'energy', 'site:s').value).toBeCloseTo(108.275, 9)
    expect(ask(gas, 'ghg-scope1', 'site:s').value).toBeCloseTo(21.867219, 9)
    expect(ask(gas, 'energy-tce', 'site:s').value).toBeCloseTo(13.3, 9)
    const litres = { org: oneSite([meter('d', 'diesel', 'L')]), used: { d: 1000 } }
    const tonnes = { org: oneSite([meter('d', 'diesel', 't')]), used: { d: 0.84 } }
    expect(ask(litres, 'energy', 'site:s').value).toBeCloseTo((840 * 42.705) / 3600, 9)
    expect(ask(litres, 'energy', 'site:s').value).toBeCloseTo(
      ask(tonnes, 'energy', 'site:s').value as number,
      12,
    )
    expect(ask(litres, 'energy', 'site:s').factors.map(({ key }) => key)).toEqual([
      'heat-value/diesel/international/1990-01-01',
      'density/diesel/international/1990-01-01',
    ])
  })

  it('takes a density of its own days for each part of the year', () => {
    const density = (from: string, to: string | undefined, value: number) => ({
      kind: 'density',
      of: 'diesel',
      from,
      ...(to && { to }),
      value,
      unit: 'kg/L',
      source: 'invoice',
      published: '2023',
    })
    const world = {
      org: oneSite([meter('d', 'diesel', 'L')]),
      used: { d: 1200 },
      factors: {
        factors: [density('2020-01-01', '2023-06-30', 0.84), density('2023-07-01', undefined, 0.82)],
      },
    }
    const expected = ((1200 * 181) / 365) * 0.84 + ((1200 * 184) / 365) * 0.82
    expect(ask(world, 'energy', 'site:s').value).toBeCloseTo((expected * 42.705) / 3600, 9)
  })

  it('counts power from own fuel once: it is in the fuel', () => {
    const chp = meter('chp', 'electricity', 'kWh', { role: 'generation' })
    const org = oneSite([incomer('e'), chp, meter('g', 'natural-gas', 'm3')])
    const used = { e: 1000, chp: 500, g: 200 }
    const fuel = (200 * 38.979) / 3600
    expect(ask({ org, used }, 'energy', 'site:s').value).toBeCloseTo(1 + fuel, 9)
    // Without a fuel's meter the power is all that is known of it.
    expect(ask({ org: oneSite([incomer('e'), chp]), used }, 'energy', 'site:s').value).toBeCloseTo(1.5, 9)
  })
})

describe('the emissions of a site with gas, heat, electricity, panels and certificates', () => {
  // Worked by hand, line by line.
  const org = organisation(
    [
      site({
        id: 's',
        grid: 'CN-NORTH',
        employees: [{ from: '2020-01-01', fullTime: 400 }],
        meters: [
          incomer('e'),
          meter('out', 'electricity', 'kWh', { role: 'export' }),
          meter('pv', 'electricity', 'kWh', { role: 'generation', renewable: true }),
          meter('g', 'natural-gas', 'm3'),
          meter('h', 'heat', 'GJ'),
        ],
      }),
    ],
    [{ id: 'all', sites: 'all' }],
  )
  const used = { e: 1_200_000, out: 20_000, pv: 180_000, g: 50_000, h: 3600 }
  const entries = [
    entry({ quantity: 'green-certificate', value: 300, unit: 'MWh', kind: 'GEC' }),
    entry({ quantity: 'green-contract', value: 100_000, unit: 'kWh', kind: 'PPA', period: '2023-07' }),
    entry({ quantity: 'diesel', value: 2000, unit: 'L' }),
    entry({ quantity: 'refrigerant', value: 12, unit: 'kg', kind: 'R-410A', period: '2023-05' }),
    entry({ quantity: 'extinguisher', value: 30, unit: 'kg', kind: 'CO2' }),
    entry({ quantity: 'sewage', value: 0.1, unit: 't', kind: 'CH4' }),
  ]
  const world = { org, used, entries }
  const diesel = 2000 * 0.84 * 42.705 // MJ
  const lines: readonly [indicator: string, byHand: number][] = [
    ['energy-direct', (50_000 * 38.979 + diesel) / 3600],
    ['energy-indirect', 1200 + 180 - 20 + 3600 / 3.6],
    ['energy', (50_000 * 38.979 + diesel) / 3600 + 2360],
    ['energy-renewable', 180 - 20 + 300 + 100],
    ['renewable-share', 560 / 1360],
    ['pv-share', 160 / 1360],
    ['energy-tce', 50 * 1.33 + 1.68 * 1.4571 + 1360 * 0.1229 + 3600 * 0.03412],
    // gas 109.336 + diesel 5.316 + R-410A 27.066 + CO2 0.03 + CH4 2.79
    ['ghg-scope1', (1948.95 * 56.1 + (diesel / 1000) * 74.1) / 1000 + 0.012 * 2255.5 + 0.03 + 0.1 * 27.9],
    // The grid of North China, on what was bought; district heat
    ['ghg-scope2', 1200 * 0.6361 + 3600 * 0.11],
    // 1,200 MWh less 400 MWh of contracts and certificates, at the residual mix of 2023
    ['ghg-scope2-market', (1200 - 400) * 0.6096 + 396],
    ['ghg', 144.538355 + 1159.32],
    ['ghg-per-employee', (144.538355 + 1159.32) / 400],
  ]

  it.each(lines)('%s comes to what the sheet says', (indicator, byHand) => {
    for (const scope of ['site:s', 'boundary:all']) {
      const seen = ask(world, indicator, scope)
      expect(seen.reason).toBeUndefined()
      expect(seen.value).toBeCloseTo(byHand, 5)
    }
  })

  it('names every factor with its source', () => {
    const { factors } = ask(world, 'ghg', 'site:s')
    expect(factors.map(({ key }) => key).sort()).toEqual([
      'density/diesel/international/1990-01-01',
      'emission/diesel/international/1990-01-01',
      'emission/electricity/region:CN-NORTH/2023-01-01',
      'emission/heat/international/1990-01-01',
      'emission/natural-gas/international/1990-01-01',
      'heat-value/diesel/international/1990-01-01',
      'heat-value/natural-gas/international/1990-01-01',
      'warming-potential/CH4/international/1990-01-01',
      'warming-potential/CO2/international/1990-01-01',
      'warming-potential/R-410A/international/1990-01-01',
    ])
    for (const { source } of factors) expect(source).not.toBe('')
  })

  it('of a month has no market-based figure where certificates are of the year as a whole', () => {
    expect(ask(world, 'ghg-scope2', 'site:s', '2023-07').value).not.toBeNull()
    expect(ask(world, 'ghg-scope2-market', 'site:s', '2023-07')).toMatchObject({
      value: null,
      reason: 'green-certificate of site:s is entered for 2023 as a whole',
    })
  })

  it('certificates cover no more than was bought', () => {
    const more = [
      ...entries,
      entry({ quantity: 'green-certificate', value: 5000, unit: 'MWh', kind: 'I-REC' }),
    ]
    const seen = ask({ ...world, entries: more }, 'ghg-scope2-market', 'site:s')
    expect(seen.value).toBeCloseTo(396, 9)
    expect(seen.notes.join()).toContain('4200.0 MWh of contracts and certificates exceed what was bought')
    expect(ask({ ...world, entries: more }, 'renewable-share', 'site:s').value).toBe(1)
  })

  it('does without gases that nobody entered, and says so', () => {
    const seen = ask({ org, used, entries: [] }, 'ghg-scope1', 'site:s')
    expect(seen.value).toBeCloseTo(109.336095, 6)
    expect(seen.notes).toEqual([
      'no refrigerant losses are entered; they count as none',
      'no extinguisher losses are entered; they count as none',
      'no sewage gases are entered; they count as none',
    ])
  })
})

describe('a factor', () => {
  const org = oneSite([incomer('e')])
  const grid = {
    of: 'electricity',
    region: 'CN-NORTH',
    unit: 'kgCO2/kWh',
    source: 'somebody',
    published: '2024',
  }

  it('that is missing for a year is an error that names it, and no other takes its place', () => {
    expect(ask({ org, used: { e: 1000 } }, 'ghg-scope2', 'site:s', '2024')).toMatchObject({
      value: null,
      reason:
        'no emission factor of electricity, region CN-NORTH holds on 2024-01-01: the last one ended on 2023-12-31; factors.yaml may state one, or carryForward',
    })
    const country = [{ ...grid, region: undefined, country: 'CN', from: '2024-01-01', value: 0.5 }]
    expect(
      ask({ org, used: { e: 1000 }, factors: { factors: country } }, 'ghg-scope2', 'site:s', '2024').value,
    ).toBeNull()
  })

  it('is carried forward where somebody says so, which every figure tells', () => {
    const factors = [{ ...grid, from: '2023-01-01', to: '2023-12-31', value: 0.6361, carryForward: true }]
    const seen = ask({ org, used: { e: 1000 }, factors: { factors } }, 'ghg-scope2', 'site:s', '2025')
    expect(seen.value).toBeCloseTo(0.6361, 12)
    expect(seen.factors).toMatchObject([
      { key: 'emission/electricity/region:CN-NORTH/2023-01-01', carriedForward: true },
    ])
    const entered = [...factors, { ...grid, from: '2025-01-01', to: '2025-12-31', value: 0.6 }]
    const now = ask({ org, used: { e: 1000 }, factors: { factors: entered } }, 'ghg-scope2', 'site:s', '2025')
    expect(now.value).toBeCloseTo(0.6, 12)
    expect(now.factors).toMatchObject([{ carriedForward: false }])
  })

  it('of the site goes before its region, its kind and its country', () => {
    const of = (place: object, value: number) => ({
      ...grid,
      region: undefined,
      ...place,
      from: '2023-01-01',
      value,
    })
    const all = [
      of({ country: 'CN' }, 0.1),
      of({ industry: 'office' }, 0.2),
      of({ region: 'CN-NORTH' }, 0.3),
      of({ site: 's' }, 0.4),
    ]
    const with_ = (n: number, grid_?: string) =>
      ask(
        {
          org: oneSite([incomer('e')], { grid: grid_ }),
          used: { e: 1000 },
          factors: { factors: all.slice(0, n) },
        },
        'ghg-scope2',
        'site:s',
      ).value
    expect(with_(4, 'CN-NORTH')).toBeCloseTo(0.4, 12)
    expect(with_(3, 'CN-NORTH')).toBeCloseTo(0.3, 12)
    expect(with_(2, 'XX-Y')).toBeCloseTo(0.2, 12)
    expect(with_(1, 'CN-NEW')).toBeCloseTo(0.1, 12)
  })

  it('of a fiscal year holds from its April: a calendar year has two of them', () => {
    const india = oneSite([incomer('e')], { grid: 'IN' })
    const seen = ask({ org: india, used: { e: 365_000 } }, 'ghg-scope2', 'site:s', '2023')
    expect(seen.value).toBeCloseTo(90 * 0.7191 + 275 * 0.729, 6)
    expect(seen.factors.map(({ from }) => from)).toEqual(['2022-04-01', '2023-04-01'])
  })

  it('that changes inside an invoice asks for the months', () => {
    const india = oneSite([], { grid: 'IN' })
    const whole = [entry({ quantity: 'electricity', value: 365, unit: 'MWh' })]
    expect(ask({ org: india, entries: whole }, 'ghg-scope2', 'site:s').reason).toContain(
      'in which a factor changes; enter its months',
    )
    const months = Array.from({ length: 12 }, (_, i) =>
      entry({
        quantity: 'electricity',
        value: 10,
        unit: 'MWh',
        period: `2023-${String(i + 1).padStart(2, '0')}`,
      }),
    )
    expect(ask({ org: india, entries: months }, 'ghg-scope2', 'site:s').value).toBeCloseTo(
      30 * 0.7191 + 90 * 0.729,
      9,
    )
  })

  it('of warming goes by the assessment report that factors.yaml names', () => {
    const leak = [entry({ quantity: 'refrigerant', value: 10, unit: 'kg', kind: 'R-410A' })]
    const world = { org, used: { e: 1000 }, entries: leak }
    expect(ask(world, 'ghg-scope1', 'site:s').value).toBeCloseTo(22.555, 9)
    expect(ask({ ...world, factors: { assessmentReport: 'AR5' } }, 'ghg-scope1', 'site:s').value).toBeCloseTo(
      19.235,
      9,
    )
    const unknown = [entry({ quantity: 'refrigerant', value: 10, unit: 'kg', kind: 'R-999' })]
    expect(ask({ ...world, entries: unknown }, 'ghg-scope1', 'site:s').reason).toContain(
      'no warming potential of R-999 is listed',
    )
  })

  it('of the residual mix that is missing for a year leaves the market-based figure open', () => {
    expect(ask({ org, used: { e: 1000 } }, 'ghg-scope2-market', 'site:s', '2021')).toMatchObject({
      value: null,
    })
    expect(ask({ org, used: { e: 1000 } }, 'ghg-scope2-market', 'site:s', '2021').reason).toContain(
      'electricity-residual',
    )
    const india = oneSite([incomer('e')], { grid: 'IN' })
    const seen = ask({ org: india, used: { e: 365_000 } }, 'ghg-scope2-market', 'site:s')
    expect(seen.value).toBeCloseTo(90 * 0.7191 + 275 * 0.729, 6)
    expect(seen.notes.join()).toContain('no residual mix is listed for a grid')
  })
})

describe('certificates of a boundary', () => {
  const two = organisation(
    [
      site({ id: 'a', grid: 'CN-NORTH', meters: [incomer('ea')] }),
      site({ id: 'b', grid: 'CN-SOUTH', meters: [incomer('eb')] }),
      site({ id: 'c', grid: 'CN-SOUTH', meters: [incomer('ec')] }),
    ],
    [
      { id: 'group', sites: 'all' },
      { id: 'offices', sites: ['a', 'b'] },
    ],
  )
  const used = { ea: 300_000, eb: 100_000, ec: 500_000 }

  it('cover its sites in proportion to what they bought, and those of a wider boundary with them', () => {
    const entries = [
      entry({ scope: 'boundary:offices', quantity: 'green-certificate', value: 200, unit: 'MWh' }),
    ]
    const world = { org: two, used, entries }
    expect(ask(world, 'ghg-scope2-market', 'boundary:offices').value).toBeCloseTo(200 * 0.6096, 9)
    expect(ask(world, 'ghg-scope2-market', 'boundary:group').value).toBeCloseTo(700 * 0.6096, 9)
    const alone = ask(world, 'ghg-scope2-market', 'site:a')
    expect(alone.value).toBeCloseTo(300 * 0.6096, 9)
    expect(alone.notes).toContain(
      'contracts and certificates of boundary:offices are not shared out to its sites',
    )
    expect(ask(world, 'renewable-share', 'boundary:group').value).toBeCloseTo(200 / 900, 12)
  })
})

describe('data centres by ISO/IEC 30134', () => {
  it('give PUE 1.30, REF 0.20, CUE 0.68978 and WUE 1.8', () => {
    const org = organisation(
      [
        site({
          id: 'dc',
          kind: 'data-center',
          grid: 'CN',
          meters: [
            incomer('e'),
            meter('it', 'electricity', 'kWh', { role: 'submeter', parent: 'e', use: 'it' }),
            meter('pv', 'electricity', 'kWh', { role: 'generation', renewable: true }),
            meter('w', 'tap-water', 'm3'),
          ],
        }),
        site({ id: 'office', grid: 'CN', meters: [incomer('e2'), meter('w2', 'tap-water', 'm3')] }),
      ],
      [{ id: 'all', sites: 'all' }],
    )
    const used = { e: 1_300_000, pv: 0, it: 1_000_000, w: 1800, e2: 9_000_000, w2: 77 }
    const entries = [entry({ scope: 'site:dc', quantity: 'green-contract', value: 260, unit: 'MWh' })]
    const world = { org, used, entries }
    for (const scope of ['site:dc', 'boundary:all']) {
      expect(ask(world, 'pue', scope).value).toBeCloseTo(1.3, 12)
      expect(ask(world, 'ref', scope).value).toBeCloseTo(0.2, 12)
      expect(ask(world, 'cue', scope).value).toBeCloseTo(0.68978, 12)
      expect(ask(world, 'wue', scope).value).toBeCloseTo(1.8, 12)
    }
    expect(ask(world, 'pue', 'site:office').reason).toContain('no meter measures it-energy at office')
  })
})
