import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Basis, rowKey } from '../../core/basis.ts'
import { canonical } from '../../core/canonical.ts'
import type { Entry } from '../../core/entry.ts'
import { factorsSchema } from '../../core/factor-file.ts'
import { isMaterial, percentOf, restatementsOf } from '../../core/restatement.ts'
import { type Now, stepsBetween } from '../../core/restatement-steps.ts'
import { incomer, organisationFile, site } from '../support/organisation.ts'

const value = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
)
const values = fc
  .dictionary(fc.constantFrom('energy', 'ghg', 'tap-water', 'pue'), value)
  .map((record) => new Map(Object.entries(record)))
const steps = fc.array(
  fc.record({
    cause: fc.constantFrom('late-data' as const, 'factor' as const),
    detail: fc.constant([]),
    values,
  }),
  { minLength: 1, maxLength: 6 },
)

describe('restatements', () => {
  it('lead from what was published to what is known, each beginning where the one before it ended', () => {
    fc.assert(
      fc.property(values, steps, (published, reckoned) => {
        const at = new Map(published)
        for (const { figures } of restatementsOf(published, reckoned)) {
          expect(figures.length).toBeGreaterThan(0)
          for (const { indicator, old, new: now } of figures) {
            expect(at.get(indicator) ?? null).toBe(old)
            expect(now).not.toBe(old)
            at.set(indicator, now)
          }
        }
        const last = reckoned.at(-1)?.values
        for (const id of new Set([...at.keys(), ...(last?.keys() ?? [])]))
          expect(at.get(id) ?? null).toBe(last?.get(id) ?? null)
      }),
    )
  })

  it('are material from 5 percent on, up and down, and where a figure comes or goes', () => {
    expect(percentOf(20, 21)).toBeCloseTo(5, 12)
    expect([isMaterial(20, 21), isMaterial(20, 19), isMaterial(0.2, 0.21)]).toEqual([true, true, true])
    expect([isMaterial(20, 20.99), isMaterial(20, 19.01), isMaterial(20, 20)]).toEqual([false, false, false])
    expect([isMaterial(null, 1), isMaterial(1, null), isMaterial(null, null)]).toEqual([true, true, false])
    expect([percentOf(0, 1), isMaterial(0, 1)]).toEqual([null, true])
    expect(percentOf(-10, -11)).toBeCloseTo(-10, 12)
  })
})

const JANUARY = Date.UTC(2025, 0, 1)
const file = (fullTime: number, extra: string[] = [], multiplier = 1) =>
  organisationFile(
    [
      site({
        id: 'park',
        employees: [{ from: '2020-01-01', fullTime }],
        meters: [
          { ...incomer('e'), register: { unit: 'kWh', multiplier } },
          ...extra.map((id) => incomer(id)),
        ],
      }),
    ],
    [{ id: 'group', sites: 'all' }],
  )
const row = (amount: number) => {
  const found = {
    start: JANUARY,
    end: Date.UTC(2026, 0, 1),
    value: amount,
    coveredMs: 1,
    head: 0,
    tail: 0,
    estimated: 0,
    flags: 0,
  }
  return new Map([
    [rowKey('e', 'year', JANUARY), { meter: 'e', grain: 'year' as const, start: JANUARY, found }],
  ])
}
const factors = (factor: number) => ({
  own: factorsSchema.parse({
    factors: [
      {
        of: 'electricity',
        country: 'CN',
        from: '2020-01-01',
        value: factor,
        unit: 'kgCO2e/kWh',
        source: 'made up',
        published: '2020',
      },
    ],
  }),
  published: [],
})
const entry = (amount: number): Entry => ({
  id: `entry ${amount}`,
  scope: 'site:park',
  quantity: 'waste-hazardous',
  kind: '',
  item: '',
  period: '2025',
  value: amount,
  unit: 't',
  source: 'a note',
  note: '',
  by: '',
  enteredAt: 0,
})
const before: Basis = {
  organisation: file(10),
  factors: factors(0.5),
  entries: [entry(1)],
  rows: row(100),
  now: 0,
  rules: 2,
}
const unchanged: Now = { ...before, declared: new Set() }
const changes: Record<string, Partial<Now>> = {
  'late-data': { rows: row(120) },
  factor: { factors: factors(0.6) },
  people: { organisation: file(12) },
  entry: { entries: [entry(1), entry(2)] },
}

const changed = (names: string[]): Now => Object.assign({}, unchanged, ...names.map((name) => changes[name]))

describe('what has changed since a known state', () => {
  it('is nothing where all is as it was', () => {
    expect(stepsBetween(before, unchanged, 'group')).toEqual([])
  })

  it('comes in groups, one after the other, whichever have changed', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(changes)), (chosen) => {
        const now = changed(chosen)
        const found = stepsBetween(before, now, 'group')
        expect(found).toHaveLength(chosen.length)
        expect(found.map(({ cause }) => cause)).toEqual(
          chosen.map((name) => (name === 'people' || name === 'entry' ? 'correction' : name)),
        )
        const last = found.at(-1)
        if (last === undefined) return
        const { organisation, entries } = now
        expect(canonical(last.inputs.organisation)).toBe(canonical(organisation))
        expect(canonical(last.inputs.entries)).toBe(canonical(entries))
        expect(canonical(last.inputs.factors)).toBe(canonical(now.factors))
        expect(last.oldRowsOf.size).toBe(0)
      }),
    )
  })

  it('says what it was', () => {
    const all = changed(Object.keys(changes))
    expect(stepsBetween(before, all, 'group').map(({ detail }) => detail)).toEqual([
      ['consumption of e in 2025'],
      [
        'now emission/electricity/country:CN/2020-01-01: 0.6 kgCO2e/kWh',
        'before emission/electricity/country:CN/2020-01-01: 0.5 kgCO2e/kWh',
      ],
      ['employees of park'],
      ['waste-hazardous of site:park in 2025: 2 t, before 1'],
    ])
  })

  it('is a correction where somebody declared it of the meter or changed its settings, and a method by other rules', () => {
    const rows = row(120)
    const causeOf = (now: Partial<Now>) =>
      stepsBetween(before, { ...unchanged, rows, ...now }, 'group')[0]?.cause
    expect(causeOf({})).toBe('late-data')
    expect(causeOf({ declared: new Set(['e']) })).toBe('correction')
    expect(causeOf({ organisation: file(10, [], 40) })).toBe('correction')
    expect(causeOf({ rules: 3 })).toBe('method')
  })

  it('is another boundary where a meter is new, and no correction of its people', () => {
    const now = { ...unchanged, organisation: file(12, ['e2']) }
    expect(stepsBetween(before, now, 'group').map(({ cause, detail }) => [cause, ...detail])).toEqual([
      ['boundary', 'now with meter e2 (electricity, import)'],
      ['correction', 'employees of park'],
    ])
  })
})
