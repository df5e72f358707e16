import { describe, expect, it } from 'vitest'
import { neededShare } from '../../core/allowance.ts'
import { type Indicator, indicators } from '../../core/indicator.ts'
import { assess } from '../../core/target.ts'
import { type Target, targetsSchema } from '../../core/target-file.ts'
import { figures, monthly } from '../support/year-figures.ts'

/** The numeric cases of DOMAIN, section 5. */

const target = (input: object): Target => targetsSchema.parse({ targets: [input] }).targets[0] as Target
const indicator = (id: string) => indicators.get(id) as Indicator
const offices = { scope: 'boundary:own-offices' }

const energy2026 = target({
  ...offices,
  id: 'energy-per-employee-2026',
  indicator: 'energy-per-employee',
  kind: 'reduction',
  baseline: { year: 2020, value: 4.51, proxy: true },
  by: 2026,
  reduction: 0.05,
})
const perEmployee = indicator('energy-per-employee')

describe('energy per employee, 5 % less by 2026 than in 2020', () => {
  it('T1: a year on the way that is far below its path is on track, and its jump asks for a look', () => {
    const seen = assess(
      energy2026,
      perEmployee,
      figures({ 2021: { value: 3.04 }, 2020: { value: 4.51 } }),
      2021,
    )
    expect(seen.pathValue).toBeCloseTo(4.472417, 6)
    expect(seen.limit).toBeCloseTo(4.2845, 12)
    expect(seen.progress).toBeCloseTo(6.5188, 4)
    expect(seen).toMatchObject({ verdict: 'on-track', warnings: ['jump'] })
  })

  it('T2: half a year is carried on as last year went on, where a straight line would cry wolf', () => {
    const ask = figures({
      2025: { value: 4.4, numerator: 4400 },
      ...monthly(2025, 6, 400),
      2026: { value: 2.3, numerator: 2300, partial: true },
      ...monthly(2026, 6, 2300 / 6),
    })
    const seen = assess(energy2026, perEmployee, ask, 2026)
    expect(seen.outlook.projected).toBeCloseTo(4.216666666666667, 12)
    expect(seen.outlook.method).toBe('same-months')
    expect(seen.progress).toBeCloseTo(1.3008, 4)
    expect(seen.verdict).toBe('on-track')
    expect(seen.allowanceRest).toBeCloseTo(1984.5, 9)
    expect(seen.allowancePerMonth).toBeCloseTo(1984.5 / 6, 9)
    const line = seen.outlook.projections.find(({ method }) => method === 'straight-line')
    expect(line?.projected).toBeCloseTo(4.638121546961326, 12)
    expect(line).toMatchObject({ chosen: false, confidence: 'low' })
    const alone = assess(
      energy2026,
      perEmployee,
      figures({
        2026: { value: 2.3, numerator: 2300, partial: true },
        ...monthly(2026, 6, 2300 / 6),
      }),
      2026,
    )
    expect(alone.outlook.projected).toBeCloseTo(4.638121546961326, 12)
    expect(alone).toMatchObject({ verdict: 'off-track', warnings: ['low-confidence'] })
  })

  it.each([
    ['T3', 4.33, 0.7982, 'at-risk'],
    ['T4', 4.4, 0.4878, 'off-track'],
  ])('%s: a year that ends at %d has come %d of the way', (_, value, p, verdict) => {
    const seen = assess(energy2026, perEmployee, figures({ 2026: { value }, 2025: { value: 4.35 } }), 2026)
    expect(seen.progress).toBeCloseTo(p, 4)
    expect(seen.verdict).toBe(verdict)
  })
})

it('T5: tap water that ran above last year for nine months ends the year above its ceiling', () => {
  const tapWater = target({
    ...offices,
    id: 'tap-water-per-employee',
    indicator: 'tap-water-per-employee',
    kind: 'ceiling',
    limit: 9.77,
  })
  const ask = figures({
    2025: { value: 9.6, numerator: 9600 },
    ...monthly(2025, 9, 800),
    2026: { value: 7.6, numerator: 7600, partial: true },
    ...monthly(2026, 9, 7600 / 9),
  })
  const seen = assess(tapWater, indicator('tap-water-per-employee'), ask, 2026)
  expect(seen.outlook.projected).toBeCloseTo(10.133333333333333, 12)
  expect(seen.verdict).toBe('off-track')
})

it('T6: water saved keeps pace with its 50,000 m3 a year by the days that are known', () => {
  const saving = target({
    ...offices,
    id: 'water-saving',
    indicator: 'water-saved',
    kind: 'floor',
    limit: 50_000,
  })
  const ask = figures({
    2026: { value: 38_000, numerator: 38_000, partial: true },
    ...monthly(2026, 9, 38_000 / 9),
  })
  const seen = assess(saving, indicator('water-saved'), ask, 2026)
  expect(seen.outlook.days).toBe(273)
  expect(seen.pace).toBeCloseTo(37_397.2602739726, 9)
  expect(seen.outlook.projected).toBeCloseTo(50_805.86080586081, 9)
  expect(seen.outlook.method).toBe('pace')
  expect(seen.verdict).toBe('on-track')
  expect(seen.neededRest).toBeCloseTo(12_000, 9)
})

describe('T7: reclaimed water that falls short of its 30 %', () => {
  it('must be a larger share of the rest', () => {
    expect(neededShare(0.3, 70, 250, 80)).toBeCloseTo(0.3625, 12)
  })

  it('in a running year, the rest being what last year’s course leaves', () => {
    const share = target({
      ...offices,
      id: 's',
      indicator: 'reclaimed-water-share',
      kind: 'floor',
      limit: 0.3,
    })
    const ask = figures({
      2025: { value: 0.3, numerator: 99, denominator: 330 },
      ...monthly(2025, 9, 75 / 9, { denominator: 250 / 9 }),
      2026: { value: 0.28, numerator: 70, denominator: 250, partial: true },
      ...monthly(2026, 9, 70 / 9, { denominator: 250 / 9 }),
    })
    const seen = assess(share, indicator('reclaimed-water-share'), ask, 2026)
    expect(seen.outlook.value).toBe(0.28)
    expect(seen.neededRest).toBeCloseTo(0.3625, 12)
  })
})
