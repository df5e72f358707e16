import { describe, expect, it } from 'vitest'
import { localDay } from '../../core/calendar.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { type Indicator, indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import type { Organisation, Scope } from '../../core/organisation-index.ts'
import { type Lookup, periodOf } from '../../core/usage.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const YEAR_2025 = periodOf('year', localDay('2025-01-01') as number)
const AFTER = Date.UTC(2026, 5, 1)

/** Full coverage of 2025 with the given totals by meter; a meter that is not named has no rollup. */
function totals(byMeter: Record<string, number>, coverage = 1): Lookup {
  return (meter, _, start) => {
    const value = byMeter[meter]
    if (value === undefined || start !== Date.UTC(2025, 0, 1)) return undefined
    const end = Date.UTC(2026, 0, 1)
    return {
      start,
      end,
      value,
      coveredMs: (end - start) * coverage,
      head: 0,
      tail: 0,
      estimated: 0,
      flags: 0,
    }
  }
}

function ask(org: Organisation, indicator: string, scope: string, lookup: Lookup, now = AFTER) {
  return figure(
    indicators.get(indicator) as Indicator,
    org.scope(scope) as Scope,
    YEAR_2025,
    factsOf(planOf(org), lookup, now),
  )
}

const office = (extra: object = {}) =>
  organisation([
    site({
      id: 'hq',
      areas: [
        {
          id: 'tower',
          floorArea: [
            { from: '2019-01-01', m2: 10_000 },
            { from: '2025-07-01', m2: 14_000 },
          ],
        },
      ],
      employees: [
        { from: '2020-01-01', fullTime: 100 },
        { from: '2025-04-01', fullTime: 160 },
      ],
      meters: [incomer('e')],
      ...extra,
    }),
  ])

describe('an intensity', () => {
  it('per employee is by the year-end full-time headcount', () => {
    expect(ask(office(), 'energy-per-employee', 'site:hq', totals({ e: 480_000 }))).toMatchObject({
      value: 3,
      numerator: 480,
      denominator: 160,
      coverage: 1,
    })
  })

  it('per employee on average weighs each headcount by its days', () => {
    const seen = ask(office(), 'energy-per-employee-average', 'site:hq', totals({ e: 480_000 }))
    expect(seen.denominator).toBeCloseTo((100 * 90 + 160 * 275) / 365, 9)
    expect(seen.denominator).toBeCloseTo(145.2055, 4)
  })

  it('per area weighs each floor area by its days', () => {
    const seen = ask(office(), 'energy-per-area', 'site:hq', totals({ e: 480_000 }))
    expect(seen.denominator).toBeCloseTo(12_016.44, 2)
    expect(seen.value).toBeCloseTo(480 / 12_016.438356, 9)
  })

  it('is undefined with the reason where no denominator is stated', () => {
    const org = office({ employees: [], areas: [] })
    const lookup = totals({ e: 1000 })
    expect(ask(org, 'energy-per-employee', 'site:hq', lookup)).toMatchObject({
      value: null,
      numerator: 1,
      denominator: null,
    })
    expect(ask(org, 'energy-per-employee', 'site:hq', lookup).reason).toContain(
      'no employees are stated for site hq',
    )
    expect(ask(org, 'energy-per-area', 'site:hq', lookup).reason).toContain('no area is stated for site hq')
  })

  it('is undefined, not infinite, where the denominator is zero', () => {
    const org = office({ employees: [{ from: '2020-01-01', fullTime: 0 }] })
    expect(ask(org, 'energy-per-employee', 'site:hq', totals({ e: 1000 }))).toMatchObject({
      value: null,
      reason: 'the denominator is zero',
    })
  })

  it('is undefined where the value begins inside the span', () => {
    const org = office({ areas: [{ id: 'tower', floorArea: [{ from: '2025-07-01', m2: 14_000 }] }] })
    expect(ask(org, 'energy-per-area', 'site:hq', totals({ e: 1000 })).reason).toContain(
      'the first value is from 2025-07-01',
    )
  })

  it('needs data for 95 % of its span; what is known stands in the numerator', () => {
    expect(ask(office(), 'energy-per-area', 'site:hq', totals({ e: 480_000 }, 0.96)).value).not.toBeNull()
    const thin = ask(office(), 'energy-per-area', 'site:hq', totals({ e: 480_000 }, 0.9))
    expect(thin).toMatchObject({ value: null, numerator: 480, coverage: 0.9 })
    expect(thin.reason).toContain('e has data for 90.0 % of the span')
  })

  it('is never zero where nothing was read', () => {
    expect(ask(office(), 'energy', 'site:hq', totals({}))).toMatchObject({
      value: null,
      numerator: null,
      coverage: 0,
    })
  })
})

describe('a site', () => {
  const meters = [
    incomer('in'),
    { id: 'out', utility: 'electricity' as const, role: 'export' as const, register: { unit: 'kWh' } },
    {
      id: 'pv',
      utility: 'electricity' as const,
      role: 'generation' as const,
      renewable: true,
      register: { unit: 'kWh' },
    },
    {
      id: 'sub',
      utility: 'electricity' as const,
      role: 'submeter' as const,
      parent: 'in',
      register: { unit: 'kWh' },
    },
    { id: 'gas', utility: 'natural-gas' as const, role: 'import' as const, register: { unit: 'm3' } },
    { id: 'heat', utility: 'heat' as const, role: 'import' as const, register: { unit: 'GJ' } },
  ]
  const org = office({ meters })
  const lookup = totals({ in: 500_000, out: 30_000, pv: 120_000, sub: 400_000, gas: 10_000, heat: 36 })

  it('consumes what comes in and is made, less what goes out; submeters never add', () => {
    const seen = ask(org, 'energy', 'site:hq', lookup)
    expect(seen.value).toBeCloseTo(590 + 108.275 + 10, 9)
  })

  it('has as its PV share what it used of its own power', () => {
    expect(ask(org, 'pv-share', 'site:hq', lookup).value).toBeCloseTo(0.15254237288135594, 15)
  })

  it('is as well covered as its worst meter', () => {
    const one: Lookup = (meter, grain, start) =>
      meter === 'gas' ? totals({ gas: 10 }, 0.5)(meter, grain, start) : lookup(meter, grain, start)
    expect(ask(org, 'energy', 'site:hq', one)).toMatchObject({ value: null, coverage: 0.5 })
  })
})

describe('a boundary', () => {
  const org = organisation(
    [
      site({ id: 'a', meters: [incomer('ea')], employees: [{ from: '2020-01-01', fullTime: 10 }] }),
      site({ id: 'b', meters: [incomer('eb')], employees: [{ from: '2020-01-01', fullTime: 30 }] }),
      site({ id: 'c', employees: [{ from: '2020-01-01', fullTime: 5 }] }),
    ],
    [
      { id: 'ab', sites: ['a', 'b'] },
      { id: 'group', sites: 'all' },
    ],
  )

  it('sums first and divides once', () => {
    expect(ask(org, 'energy-per-employee', 'boundary:ab', totals({ ea: 100_000, eb: 20_000 })).value).toBe(
      120 / 40,
    )
  })

  it('is unknown while one of its sites has no meter for it', () => {
    const seen = ask(org, 'energy', 'boundary:group', totals({ ea: 100_000, eb: 20_000 }))
    expect(seen.value).toBeNull()
    expect(seen.reason).toContain('no meter measures energy at c')
  })
})

describe('a meter that came or went inside the year', () => {
  it('is expected only while it was in use, and not at all in other years', () => {
    const july = Date.UTC(2025, 6, 1)
    const org = office({
      meters: [
        incomer('e'),
        { ...incomer('new'), from: '2025-07-01' },
        { ...incomer('old'), to: '2025-01-01' },
      ],
    })
    const lookup: Lookup = (meter, grain, start) =>
      meter === 'new'
        ? {
            start,
            end: Date.UTC(2026, 0, 1),
            value: 20_000,
            coveredMs: Date.UTC(2026, 0, 1) - july,
            head: 0,
            tail: 0,
            estimated: 0,
            flags: 0,
          }
        : totals({ e: 100_000 })(meter, grain, start)
    expect(ask(org, 'energy', 'site:hq', lookup)).toMatchObject({ value: 120, coverage: 1 })
  })
})

describe('a meter that is still to come this year', () => {
  it('leaves the running year its figure', () => {
    const org = office({ meters: [incomer('e'), { ...incomer('planned'), from: '2025-12-01' }] })
    const now = Date.UTC(2025, 9, 28)
    const covered = (now - Date.UTC(2025, 0, 1)) / (365 * 86_400_000)
    expect(ask(org, 'energy', 'site:hq', totals({ e: 7000 }, covered), now)).toMatchObject({
      value: 7,
      coverage: 1,
      partial: true,
    })
  })
})

describe('a boundary over several zones', () => {
  it('has figures as soon as its first site has begun the year', () => {
    const org = organisation(
      [
        site({ id: 'east', zone: 'Asia/Shanghai', meters: [incomer('ea')] }),
        site({ id: 'west', zone: 'America/New_York', meters: [incomer('we')] }),
      ],
      [{ id: 'both', sites: 'all' }],
    )
    const start = Date.UTC(2024, 11, 31, 16)
    const lookup: Lookup = (meter, _, at) =>
      meter === 'ea' && at === start
        ? { start, end: start, value: 40, coveredMs: 4 * 3_600_000, head: 0, tail: 0, estimated: 0, flags: 0 }
        : undefined
    expect(ask(org, 'energy', 'boundary:both', lookup, start + 4 * 3_600_000)).toMatchObject({
      value: 0.04,
      coverage: 1,
      partial: true,
    })
  })
})

describe('an area', () => {
  it('counts a meter once, also where one of another area stands between', () => {
    const org = organisation([
      site({
        id: 'hq',
        areas: [{ id: 'a' }, { id: 'b' }],
        meters: [
          { ...incomer('m1'), area: 'a' },
          { ...incomer('m2'), role: 'submeter', parent: 'm1', area: 'b' },
          { ...incomer('m3'), role: 'submeter', parent: 'm2', area: 'a' },
        ],
      }),
    ])
    expect(ask(org, 'energy', 'area:hq/a', totals({ m1: 9000, m2: 4000, m3: 1000 })).value).toBe(9)
    expect(ask(org, 'energy', 'area:hq/b', totals({ m1: 9000, m2: 4000, m3: 1000 })).value).toBe(4)
  })
})

describe('a running year', () => {
  it('is partial, and its coverage is that of the elapsed part', () => {
    const half: Lookup = (meter, grain, start) => totals({ e: 240_000 }, 0.5)(meter, grain, start)
    const seen = ask(office(), 'energy', 'site:hq', half, Date.UTC(2025, 0, 1) + 0.5 * 365 * 86_400_000)
    expect(seen).toMatchObject({ value: 240, coverage: 1, partial: true })
  })

  it('that has not begun says so', () => {
    expect(ask(office(), 'energy', 'site:hq', totals({}), Date.UTC(2024, 0, 1)).reason).toContain(
      'the span has not begun',
    )
  })
})
