import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import { EntryBook } from '../../core/entry-book.ts'
import { entryPeriod } from '../../core/entry-period.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { indicators } from '../../core/indicator.ts'
import { type Figure, figure } from '../../core/intensity.ts'
import { type LocalPeriod, partsOf } from '../../core/usage.ts'
import { entry } from '../support/entry.ts'
import { factorBook } from '../support/factors.ts'
import { fullYears } from '../support/full-years.ts'
import { organisation, site } from '../support/organisation.ts'

const AFTER = Date.UTC(2026, 5, 1)
const SITES = ['a', 'b', 'c'] as const
const AMOUNTS = [
  'energy',
  'energy-direct',
  'energy-indirect',
  'energy-renewable',
  'energy-tce',
  'ghg',
  'ghg-scope1',
  'ghg-scope2',
  'ghg-scope2-market',
  'water-withdrawal',
  'tap-water',
  'reclaimed-water',
  'water-discharge',
  'water-consumption',
  'waste-nonhazardous',
]

type Meters = NonNullable<Parameters<typeof site>[0]['meters']>
const KINDS = [
  ['e', 'electricity', 'import', 'kWh'],
  ['pv', 'electricity', 'generation', 'kWh'],
  ['h', 'heat', 'import', 'GJ'],
  ['g', 'natural-gas', 'import', 'm3'],
  ['d', 'diesel', 'import', 'L'],
  ['w', 'tap-water', 'import', 'm3'],
  ['r', 'reclaimed-water', 'import', 'm3'],
  ['o', 'wastewater', 'export', 'm3'],
] as const

const anySite = fc.record({
  grid: fc.constantFrom('CN-NORTH', 'CN-EAST', 'IN'),
  kind: fc.constantFrom('office', 'data-center') as fc.Arbitrary<'office' | 'data-center'>,
  used: fc.record(
    Object.fromEntries(KINDS.map(([id]) => [id, fc.option(fc.integer({ min: 0, max: 1_000_000 }))])),
  ),
})
const anyMonth = fc.integer({ min: 1, max: 12 }).map((month) => `2023-${String(month).padStart(2, '0')}`)
/** Of sites, by the month: events, and what stands in place of meters. */
const anyEntry = fc
  .tuple(
    fc.constantFrom(
      ['electricity', '', 'MWh'],
      ['natural-gas', '', 'm3'],
      ['tap-water', '', 'm3'],
      ['refrigerant', 'R-410A', 'kg'],
      ['waste-nonhazardous', 'paper', 't'],
      ['energy-direct', '', 'GJ'],
    ),
    fc.constantFrom(...SITES),
    fc.oneof(anyMonth, fc.constant('2023')),
    fc.integer({ min: 0, max: 5000 }),
  )
  .map(([[quantity = '', kind = '', unit = ''], at, period, value]) =>
    entry({ quantity, kind, unit, scope: `site:${at}`, period, value }),
  )

const anyWorld = fc
  .tuple(fc.tuple(anySite, anySite, anySite), fc.array(anyEntry, { maxLength: 12 }))
  .map(([sites, entries]) => {
    const used: Record<string, number> = {}
    const org = organisation(
      SITES.map((id, i) => {
        const one = sites[i] as (typeof sites)[number]
        const meters = KINDS.flatMap(([meter, utility, role, unit]): Meters => {
          const amount = one.used[meter]
          if (amount === null || amount === undefined) return []
          used[`${id}-${meter}`] = amount
          const renewable = role === 'generation' && { renewable: true }
          return [{ id: `${id}-${meter}`, utility, role, register: { unit }, ...renewable }]
        })
        const employees = [{ from: '2020-01-01', fullTime: 10 * (i + 1) }]
        return site({ id, grid: one.grid, kind: one.kind, meters, employees })
      }),
      [{ id: 'group', sites: 'all' }],
    )
    return { org, used, entries }
  })

type World = { org: ReturnType<typeof organisation>; used: Record<string, number>; entries: Entry[] }

function asker({ org, used, entries }: World, factors?: object) {
  const plan = planOf(org, { entries: new EntryBook(entries), factors: factorBook(factors) })
  const facts = factsOf(plan, fullYears(used), AFTER)
  return (indicator: string, scope: string, period: string): Figure => {
    const asked = indicators.get(indicator)
    const found = org.scope(scope)
    if (asked === undefined || found === undefined) throw new Error(`${indicator} ${scope}`)
    return figure(asked, found, entryPeriod(period) as LocalPeriod, facts)
  }
}
const monthsOf = (period: string) => partsOf(entryPeriod(period) as LocalPeriod).map(({ label }) => label)
const SCOPES = [...SITES.map((id) => `site:${id}`), 'boundary:group']
const add = (values: readonly (number | null)[]) => values.reduce<number>((sum, one) => sum + (one ?? 0), 0)
const close = (found: number, expected: number, what: string) =>
  expect(Math.abs(found - expected), `${what}: ${found} and ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(expected)),
  )
const check = (holds: (world: World) => void, runs: number) =>
  fc.assert(fc.property(anyWorld, holds), { numRuns: runs })

describe('the figures of any organisation', () => {
  it('have a reason wherever they are null, and are numbers elsewhere', () => {
    check((world) => {
      const ask = asker(world)
      for (const id of indicators.keys())
        for (const scope of SCOPES)
          for (const period of ['2023', '2023-02', '2023-02-03']) {
            const { value, numerator, denominator, reason, coverage } = ask(id, scope, period)
            const what = `${id} ${scope} ${period}`
            if (value === null) expect(reason, what).toMatch(/\w/)
            for (const one of [value, numerator, denominator, coverage])
              if (one !== null) {
                expect(Number.isFinite(one), what).toBe(true)
                expect(Object.is(one, -0), what).toBe(false)
              }
          }
    }, 20)
  })

  it('of a year are the sum of its months, of a month of its days', () => {
    check((world) => {
      const ask = asker(world)
      for (const id of AMOUNTS)
        for (const scope of SCOPES)
          for (const period of ['2023', '2023-02']) {
            const whole = ask(id, scope, period).value
            const parts = monthsOf(period).map((part) => ask(id, scope, part).value)
            const stated = world.entries.some((one) => one.period === period)
            if (parts.every((part) => part !== null) && !stated) {
              expect(whole, `${id} ${scope} ${period}`).not.toBeNull()
              close(whole as number, add(parts), `${id} ${scope} ${period}`)
            }
          }
    }, 25)
  })

  it('of a boundary are the sum of its sites, where nothing is entered for it', () => {
    check((world) => {
      const ask = asker(world)
      for (const id of AMOUNTS)
        for (const period of ['2023', '2023-04']) {
          const parts = SITES.map((one) => ask(id, `site:${one}`, period).value)
          if (parts.some((part) => part === null)) continue
          close(ask(id, 'boundary:group', period).value as number, add(parts), `${id} ${period}`)
        }
    }, 60)
  })

  it('are what they are made of', () => {
    check((world) => {
      const ask = asker(world)
      for (const scope of SCOPES)
        for (const period of ['2023', '2023-04']) {
          for (const [whole, ...parts] of [
            ['energy', 'energy-direct', 'energy-indirect'],
            ['ghg', 'ghg-scope1', 'ghg-scope2'],
          ]) {
            const value = ask(whole as string, scope, period).value
            const made = parts.map((id) => ask(id, scope, period).value)
            if (value === null) continue
            const what = `${whole} ${scope} ${period}`
            expect(made, what).not.toContain(null)
            close(value, add(made), what)
          }
          const { value, numerator, denominator } = ask('energy-per-employee', scope, period)
          if (value !== null) close(value, (numerator as number) / (denominator as number), scope)
        }
    }, 60)
  })

  it('are the same by market as by location, where nothing is contracted and the residual is the grid', () => {
    const residual = [
      ['CN-NORTH', 0.6361],
      ['CN-EAST', 0.55],
    ].map(([region, value]) => ({
      of: 'electricity-residual',
      region,
      from: '2023-01-01',
      to: '2023-12-31',
      value,
      unit: 'kgCO2/kWh',
      source: 'letter',
      published: '2026',
    }))
    check((world) => {
      const ask = asker(world, { factors: residual })
      for (const scope of SCOPES)
        for (const period of ['2023', '2023-04']) {
          const location = ask('ghg-scope2', scope, period).value
          const market = ask('ghg-scope2-market', scope, period).value
          if (location === null) expect(market).toBeNull()
          else close(market as number, location, `${scope} ${period}`)
        }
    }, 60)
  })
})
