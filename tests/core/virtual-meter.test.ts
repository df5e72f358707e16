import { describe, expect, it } from 'vitest'
import { commonUnit } from '../../core/common-unit.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { type Indicator, indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import { checkOrganisation } from '../../core/organisation-check.ts'
import { countedMeters, type Scope } from '../../core/organisation-index.ts'
import { periodOf, usage } from '../../core/usage.ts'
import { type Known, lookupOf } from '../support/lookup.ts'
import { incomer, organisation, organisationFile, site } from '../support/organisation.ts'

const YEAR = periodOf('year', Date.UTC(2025, 0, 1) / 86_400_000)
const AFTER = Date.UTC(2026, 5, 1)

const submeter = (id: string, unit = 'kWh') => ({
  id,
  utility: 'electricity' as const,
  role: 'submeter' as const,
  register: { unit },
})
const virtual = (id: string, formula: string, extra: object = {}) => ({
  id,
  utility: 'electricity' as const,
  role: 'virtual' as const,
  formula,
  ...extra,
})
const water = (id: string) => ({
  id,
  utility: 'tap-water' as const,
  role: 'import' as const,
  register: { unit: 'm3' },
})

const park = organisation([
  site({
    id: 'park',
    meters: [
      incomer('in'),
      { id: 'out', utility: 'electricity', role: 'export', register: { unit: 'kWh' } },
      { id: 'pv', utility: 'electricity', role: 'generation', renewable: true, register: { unit: 'MWh' } },
      submeter('a'),
      { ...submeter('kw'), register: undefined, gauge: { unit: 'kW' } },
      virtual('used', 'in + pv - out'),
      virtual('rest', 'used - a'),
      virtual('half', 'rest / 2 + kw'),
    ],
  }),
])

function used(meter: string, known: Record<string, Known>) {
  const scope = park.scope(`meter:${meter}`) as Scope
  const meters = countedMeters(scope, ['electricity'])
  return usage(meters, YEAR, lookupOf(YEAR, known), AFTER, commonUnit(meters).factor)
}

describe('a virtual meter', () => {
  const known = { in: 500, pv: 0.12, out: 30, a: 100, kw: 7 }

  it('of the site comes to what the site consumed, in the unit that its parts have in common (M12)', () => {
    expect(used('used', known)).toMatchObject({ value: 590, coverage: 1, estimated: 0, quality: 'measured' })
    const share = figure(
      indicators.get('pv-share') as Indicator,
      park.scope('site:park') as Scope,
      YEAR,
      factsOf(planOf(park), lookupOf(YEAR, known), AFTER),
    )
    expect(share.value).toBeCloseTo(0.15254237288135594, 15)
  })

  it('may be made of virtual meters', () => {
    expect(used('rest', known).value).toBe(490)
    expect(used('half', known).value).toBe(252)
  })

  it('is as good as the worst of its parts', () => {
    expect(used('used', { ...known, in: { value: 500, flags: 1 } }).quality).toBe('interpolated')
    expect(
      used('used', { ...known, in: { value: 500, flags: 1 }, out: { value: 30, flags: 8 } }).quality,
    ).toBe('suspect')
    expect(used('used', { ...known, in: { value: 500, tail: 20 } })).toMatchObject({
      quality: 'estimated',
      estimated: 20,
    })
    const lacking = used('used', { ...known, out: { value: 30, coverage: 0.7 } })
    expect(lacking).toMatchObject({ value: 590, quality: 'missing' })
    expect(lacking.coverage).toBeCloseTo(0.7, 12)
    expect(lacking.reason).toContain('out has data for 70.0 %')
  })

  it('has nothing where one of its parts has nothing', () => {
    const { out, ...rest } = known
    expect(used('used', rest)).toMatchObject({
      value: null,
      quality: 'missing',
      reason: 'no readings from out in this span',
    })
  })

  it('estimates by the size of the factor, whatever its sign', () => {
    expect(used('half', { ...known, a: { value: 100, tail: 40 } }).estimated).toBe(20)
  })

  it('never enters its site', () => {
    const ids = countedMeters(park.scope('site:park') as Scope, ['electricity']).map(({ meter }) => meter.id)
    expect(ids).toEqual(['in', 'out', 'pv'])
  })
})

describe('a meter is refused', () => {
  it('where its least is no less than its most', () => {
    const meters = [{ ...incomer('a'), limitPerHour: 3, minimumPerHour: 5 }]
    expect(checkOrganisation(organisationFile([site({ id: 'park', meters })]))).toEqual([
      {
        path: ['sites', 0, 'meters', 0, 'minimumPerHour'],
        message: '5 is no less than the limitPerHour of 3',
      },
    ])
  })
})

describe('a virtual meter is refused', () => {
  function findings(...meters: Parameters<typeof site>[0]['meters'] & object) {
    return checkOrganisation(
      organisationFile([site({ id: 'park', meters }), site({ id: 'away', meters: [incomer('far')] })]),
    ).map(({ path, message }) => `${path.slice(4).join('.')}: ${message}`)
  }

  it('nowhere where it is in order, also made of another utility of the same dimension', () => {
    const heat = { id: 'h', utility: 'heat' as const, role: 'import' as const, register: { unit: 'GJ' } }
    expect(findings(incomer('a'), heat, virtual('v', 'a + h'), virtual('w', 'v - a'))).toEqual([])
  })

  it.each([
    ['a + far', 'formula: position 5: no meter "far" at this site'],
    ['a-a', 'formula: position 1: no meter "a-a" at this site; ids may hold "-"'],
    ['a + 5', 'formula: position 5: a constant is added here'],
    ['a + v', 'formula: made of itself: v → v'],
  ])('by its formula: %s', (formula, expected) => {
    expect(findings(incomer('a'), virtual('v', formula)).join('\n')).toContain(expected)
  })

  it('not for a part whose own unit is refused', () => {
    const gauge = {
      id: 'g',
      utility: 'electricity' as const,
      role: 'submeter' as const,
      gauge: { unit: 'kWh' },
    }
    expect(findings(incomer('a'), gauge, virtual('v', 'a - g')).join('\n')).toMatch(/^gauge\.unit: [^\n]*$/)
  })

  it('in a ring, which is named', () => {
    const said = findings(incomer('a'), virtual('v', 'a + w'), virtual('w', '2 * x'), virtual('x', 'v - a'))
    expect(said).toEqual([
      'formula: made of itself: v → w → x → v',
      'formula: made of itself: w → x → v → w',
      'formula: made of itself: x → v → w → x',
    ])
  })

  it('where one that it names is faulty', () => {
    expect(findings(incomer('a'), virtual('v', 'a + w'), virtual('w', 'a + 1'))[0]).toContain(
      'formula: in "w": position 5: a constant',
    )
  })

  it('where its parts measure something else, or not the same', () => {
    expect(findings(incomer('a'), water('w'), virtual('v', 'a + w'))).toEqual([
      'formula: "w" measures volume, which is no amount of electricity; energy is',
    ])
    const gas = (id: string, unit: string) => ({
      id,
      utility: 'natural-gas' as const,
      role: 'import' as const,
      register: { unit },
    })
    const both = virtual('v', 'g + h', { utility: 'natural-gas' })
    expect(findings(gas('g', 'm3'), gas('h', 'kWh'), both)).toEqual([
      'formula: "g" measures volume and "h" energy; all of a formula have to measure the same',
    ])
  })

  it('with a parent or days of use, and as a parent', () => {
    expect(
      findings(incomer('a'), virtual('v', 'a', { parent: 'a', from: '2025-01-01' }), {
        ...submeter('s'),
        parent: 'v',
      }),
    ).toEqual([
      'parent: not of a virtual meter; state it of the meters in its formula',
      'from: not of a virtual meter; state it of the meters in its formula',
      'parent: nothing hangs on "v", which is virtual; meters hang on an import, a generation or a submeter',
    ])
  })
})
