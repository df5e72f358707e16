import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Driver } from '../../core/drivers.ts'
import { EntryBook } from '../../core/entry-book.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { type Indicator, indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import type { Scope } from '../../core/organisation-index.ts'
import { assess } from '../../core/target.ts'
import { targetDrivers } from '../../core/target-drivers.ts'
import { type Target, targetsSchema } from '../../core/target-file.ts'
import type { Lookup } from '../../core/usage.ts'
import { entry } from '../support/entry.ts'
import { factorBook } from '../support/factors.ts'
import { organisation, site } from '../support/organisation.ts'

const NOW = Date.UTC(2023, 8, 20)
const SITES = ['a', 'b', 'c'] as const
type Meters = NonNullable<Parameters<typeof site>[0]['meters']>

const METERS = [
  ['in', 'electricity', 'import', undefined],
  ['pv', 'electricity', 'generation', undefined],
  ['bus', 'electricity', 'submeter', undefined],
  ['light', 'electricity', 'submeter', 'bus'],
  ['cold', 'electricity', 'submeter', 'in'],
  ['gas', 'natural-gas', 'import', undefined],
  ['tap', 'tap-water', 'import', undefined],
  ['grey', 'reclaimed-water', 'import', undefined],
] as const

/** Of each meter an amount for each month of two years, or nothing. */
const anySite = fc.record({
  people: fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })),
  used: fc.array(
    fc.option(fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 24, maxLength: 24 }), { freq: 6 }),
    {
      minLength: METERS.length,
      maxLength: METERS.length,
    },
  ),
})
const anyEntry = fc
  .tuple(
    fc.constantFrom(...SITES),
    fc.constantFrom(['refrigerant', 'R-410A', 'kg'], ['electricity', '', 'MWh'], ['tap-water', '', 't']),
    fc.constantFrom(2022, 2023),
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 1, max: 900 }),
  )
  .map(([at, [quantity = '', kind = '', unit = ''], year, month, value]) =>
    entry({ quantity, kind, unit, scope: `site:${at}`, period: `${year}-0${month}`, value }),
  )

const anyWorld = fc
  .tuple(fc.tuple(anySite, anySite, anySite), fc.array(anyEntry, { maxLength: 5 }))
  .map(([sites, entries]) => {
    const used = new Map<string, readonly number[]>()
    const org = organisation(
      SITES.map((id, i) => {
        const one = sites[i] as (typeof sites)[number]
        const has = METERS.map(([, , role], m) => one.used[m] !== null || (role === 'import' && m === 0))
        const meters = METERS.flatMap(([name, utility, role, parent], m): Meters => {
          if (!has[m]) return []
          used.set(`${id}-${name}`, one.used[m] ?? Array(24).fill(500))
          const hangs = METERS.findIndex(([above]) => above === parent)
          return [
            {
              id: `${id}-${name}`,
              utility,
              role,
              register: { unit: utility === 'electricity' ? 'MWh' : 'm3' },
              ...(parent !== undefined && has[hangs] && { parent: `${id}-${parent}` }),
              ...(role === 'generation' && { renewable: true }),
            },
          ]
        })
        const [before, after] = one.people
        const employees = [
          { from: '2020-01-01', fullTime: before },
          { from: '2023-03-01', fullTime: after },
        ]
        return site({ id, grid: 'CN-NORTH', meters, employees })
      }),
      [{ id: 'group', sites: 'all' }],
    )
    return { org, used, entries }
  })
type World = Parameters<Parameters<typeof anyWorld.map>[0]>[0]

/** Whole months; a year is what of it is over. */
function lookupOf(used: World['used']): Lookup {
  return (meter, grain, start) => {
    const amounts = used.get(meter)
    const date = new Date(start)
    if (amounts === undefined || ![2022, 2023].includes(date.getUTCFullYear())) return undefined
    const [from, months] = grain === 'month' ? [date.getUTCMonth(), 1] : [0, 12]
    if (grain !== 'month' && grain !== 'year') return undefined
    const year = date.getUTCFullYear()
    const end = Math.min(Date.UTC(year, from + months, 1), NOW)
    if (end <= start) return undefined
    const offset = year === 2022 ? 0 : 12
    let value = 0
    for (let m = from; m < from + months; m += 1) {
      const [a, b] = [Date.UTC(year, m, 1), Date.UTC(year, m + 1, 1)]
      value += ((amounts[offset + m] as number) * Math.max(0, Math.min(b, end) - a)) / (b - a)
    }
    return { start, end, value, coveredMs: end - start, head: 0, tail: 0, estimated: 0, flags: 0 }
  }
}

const target = (input: object): Target => targetsSchema.parse({ targets: [input] }).targets[0] as Target
const TARGETS = [
  ['energy', 'reduction'],
  ['energy-per-employee', 'reduction'],
  ['ghg', 'absolute'],
  ['ghg-per-employee', 'reduction'],
  ['tap-water-per-employee', 'ceiling'],
  ['reclaimed-water-share', 'floor'],
  ['pv-share', 'share'],
] as const
const rules = {
  reduction: { baseline: { year: 2021, value: 50 }, by: 2026, reduction: 0.2 },
  absolute: { baseline: { year: 2021, value: 9000 }, by: 2030, to: 0.3 },
  ceiling: { limit: 9.77 },
  floor: { limit: 0.3 },
  share: { limit: 1, by: 2035, baseline: { year: 2022 } },
} as const

function factsIn({ org, entries, used }: World) {
  const plan = planOf(org, { entries: new EntryBook(entries), factors: factorBook() })
  return factsOf(plan, lookupOf(used), NOW)
}

function driven(world: World, indicator: Indicator, kind: keyof typeof rules, scopeId: string, year: number) {
  const facts = factsIn(world)
  const scope = world.org.scope(scopeId) as Scope
  const rule = target({ id: 't', indicator: indicator.id, scope: scopeId, kind, ...rules[kind] })
  const ask = (period: Parameters<Parameters<typeof assess>[2]>[0]) => figure(indicator, scope, period, facts)
  const seen = assess(rule, indicator, ask, year)
  return { seen, drivers: targetDrivers(rule, indicator, scope, year, seen, facts) }
}

/** Every level comes to the one above, to the rounding of the largest that is added. */
function expectToAddUp(total: number, parts: readonly Driver[], what: string): void {
  const changes = parts.map(({ change }) => change)
  expect(changes, what).not.toContain(null)
  const sum = (changes as number[]).reduce((a, b) => a + b, 0)
  const size = Math.max(Math.abs(total), ...(changes as number[]).map(Math.abs), 1e-9)
  expect(Math.abs(sum - total), `${what}: ${sum} and ${total}`).toBeLessThanOrEqual(1e-9 * size)
  for (const part of parts)
    if (part.parts?.every(({ change }) => change !== null))
      expectToAddUp(part.change as number, part.parts, `${what} ${part.id}`)
}

describe('what drives a figure of any organisation', () => {
  it('adds up to its distance from the path and from last year, at every level', () => {
    let added = 0
    const anyScope = fc.constantFrom('boundary:group', 'site:a')
    fc.assert(
      fc.property(
        anyWorld,
        fc.constantFrom(2022, 2023),
        fc.constantFrom(...TARGETS),
        anyScope,
        (world, year, [id, kind], scope) => {
          const { seen, drivers } = driven(world, indicators.get(id) as Indicator, kind, scope, year)
          for (const { against, value, reference, total, parts, reason } of drivers) {
            const what = `${id} of ${scope} against ${against}`
            if (total === null) {
              expect(reason, what).toMatch(/\w/)
              continue
            }
            added += 1
            const [a, b] = [value as number, reference as number]
            const size = Math.max(Math.abs(a), Math.abs(b), 1e-9)
            expect(Math.abs(a - b - total), what).toBeLessThanOrEqual(1e-9 * size)
            expectToAddUp(total, parts, what)
            if (against === 'path') expect(value).toBe(seen.outlook.projected)
          }
        },
      ),
      { numRuns: 50 },
    )
    expect(added).toBeGreaterThan(20)
  })
})

describe('two sites', () => {
  const people = (before: number, after = before) => [
    { from: '2020-01-01', fullTime: before },
    { from: '2023-01-01', fullTime: after },
  ]
  const meter = (id: string, more: object = {}) =>
    ({ id, utility: 'electricity', role: 'import', register: { unit: 'MWh' }, ...more }) as const
  const world = (used: Record<string, [number, number]>, after = 100): World => ({
    org: organisation(
      [
        site({
          id: 'a',
          employees: people(100, after),
          meters: [meter('a-in'), meter('a-cold', { role: 'submeter', parent: 'a-in' })],
        }),
        site({ id: 'b', employees: people(100), meters: [meter('b-in')] }),
      ],
      [{ id: 'group', sites: 'all' }],
    ),
    used: new Map(
      Object.entries(used).map(([id, [before, now]]) => [
        id,
        [...Array(12).fill(before), ...Array(12).fill(now)],
      ]),
    ),
    entries: [],
  })
  const energy = indicators.get('energy') as Indicator
  const perHead = indicators.get('energy-per-employee') as Indicator

  it('each answer for what they used beyond last year, down to the meter', () => {
    const used = { 'a-in': [10, 16], 'a-cold': [4, 9], 'b-in': [10, 8] } as Record<string, [number, number]>
    const { drivers } = driven(world(used), energy, 'reduction', 'boundary:group', 2023)
    expect(drivers[1]).toMatchObject({
      against: 'last-year',
      value: 24 * 8,
      reference: 20 * 8,
      total: 32,
      span: { from: '2023-01-01', to: '2023-09-01' },
      parts: [
        {
          kind: 'site',
          id: 'site:a',
          change: 48,
          share: 1.5,
          parts: [
            {
              kind: 'meter',
              id: 'a-in',
              change: 48,
              parts: [
                { kind: 'meter', id: 'a-cold', change: 40 },
                { kind: 'remainder', change: 8 },
              ],
            },
          ],
        },
        { kind: 'site', id: 'site:b', change: -16, share: -0.5 },
      ],
    })
  })

  it('that use the same with more people fall by these alone', () => {
    const used = { 'a-in': [10, 10], 'a-cold': [4, 4], 'b-in': [10, 10] } as Record<string, [number, number]>
    const { drivers } = driven(world(used, 300), perHead, 'reduction', 'boundary:group', 2023)
    const [, last] = drivers
    expect(last?.total).toBeCloseTo(160 / 400 - 160 / 200, 12)
    for (const part of last?.parts ?? [])
      expect(part.change).toBeCloseTo(part.kind === 'denominator' ? -0.4 : 0, 12)
    expect(last?.parts.at(-1)).toMatchObject({ kind: 'denominator', id: 'employees' })
  })

  it('of which one is not known are not taken for nothing: what is known of the other is shown', () => {
    const used = { 'a-in': [10, 16], 'a-cold': [4, 9] } as Record<string, [number, number]>
    const { drivers } = driven(world(used), energy, 'reduction', 'boundary:group', 2023)
    expect(drivers[0]).toMatchObject({ total: null, reason: expect.stringContaining('b-in') })
    expect(drivers[1]).toMatchObject({ total: null, reason: expect.stringContaining('b-in') })
    expect(drivers[1]?.parts).toMatchObject([
      { id: 'site:b', change: null, share: null, reason: expect.stringContaining('b-in') },
      { id: 'site:a', change: 48, share: null },
    ])
  })

  it('are asked by a path for the same cut each', () => {
    const used = { 'a-in': [10, 10], 'a-cold': [4, 4], 'b-in': [30, 10] } as Record<string, [number, number]>
    const { seen, drivers } = driven(world(used), energy, 'reduction', 'boundary:group', 2023)
    const path = seen.pathValue as number
    expect(drivers[0]?.total).toBeCloseTo(240 - path, 9)
    const of = (id: string) => drivers[0]?.parts.find((part) => part.id === id)?.change
    expect(of('site:a')).toBeCloseTo(120 - path / 4, 9)
    expect(of('site:b')).toBeCloseTo(120 - (path * 3) / 4, 9)
  })
})
