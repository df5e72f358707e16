import { describe, expect, it } from 'vitest'
import { type Indicator, indicators } from '../../core/indicator.ts'
import { assess } from '../../core/target.ts'
import { type Target, targetsSchema } from '../../core/target-file.ts'
import { ceilingVerdict, floorVerdict, progressOf, reductionVerdict, towards } from '../../core/verdict.ts'
import { figures, monthly } from '../support/year-figures.ts'

const target = (input: object): Target => targetsSchema.parse({ targets: [input] }).targets[0] as Target
const perEmployee = indicators.get('energy-per-employee') as Indicator

const energy2026 = target({
  id: 'energy-per-employee-2026',
  indicator: 'energy-per-employee',
  scope: 'boundary:own-offices',
  kind: 'reduction',
  baseline: { year: 2020, value: 4.51, proxy: true },
  by: 2026,
  reduction: 0.05,
})

describe('the path of a reduction', () => {
  it('is a straight line from the baseline to the limit, and stays there', () => {
    const path = (year: number) => towards({ year: 2020, value: 4.51 }, 4.51 * 0.95, 2026, year)
    expect(path(2020)).toBe(4.51)
    expect(path(2021)).toBeCloseTo(4.472417, 6)
    expect(path(2026)).toBeCloseTo(4.2845, 9)
    expect(path(2030)).toBeCloseTo(4.2845, 9)
  })

  it.each([
    [4.33, 0.7982, 'at-risk'],
    [4.4, 0.4878, 'off-track'],
    [4.216666666666667, 1.3008, 'on-track'],
    [4.2845, 1, 'on-track'],
  ])('at %d has come %d of the way: %s', (projected, progress, verdict) => {
    const p = progressOf(4.51, 4.51 * 0.95, projected, false)
    expect(p).toBeCloseTo(progress, 4)
    expect(reductionVerdict(p)).toBe(verdict)
  })
})

describe('a complete year', () => {
  it('is what it is, and a jump against the year before asks for a look', () => {
    const ask = figures({ 2021: { value: 3.04, partial: false }, 2020: { value: 4.51 } })
    const seen = assess(energy2026, perEmployee, ask, 2021)
    expect(seen.verdict).toBe('on-track')
    expect(seen.outlook.method).toBe('complete-year')
    expect(seen.pathValue).toBeCloseTo(4.472417, 6)
    expect(seen.limit).toBeCloseTo(4.2845, 9)
    expect(seen.progress).toBeCloseTo(6.5188, 4)
    expect(seen.warnings).toEqual(['jump'])
  })
})

describe('a running year', () => {
  const lastYear = { 2025: { value: 4.4, numerator: 4400 }, ...monthly(2025, 6, 400) }
  const soFar = { 2026: { value: 2.3, numerator: 2300, partial: true }, ...monthly(2026, 6, 2300 / 6) }

  it('is carried to its end by the same months of the year before', () => {
    const seen = assess(energy2026, perEmployee, figures({ ...lastYear, ...soFar }), 2026)
    expect(seen.outlook.projected).toBeCloseTo(4.216666666666667, 12)
    expect(seen).toMatchObject({ verdict: 'on-track', warnings: [] })
    expect(seen.outlook).toMatchObject({ method: 'same-months', monthsComplete: 6 })
    expect(seen.progress).toBeCloseTo(1.3008, 4)
    expect(seen.allowanceRest).toBeCloseTo(1984.5, 9)
  })

  it('leaves its rest to the months that are not known, the running one too where nobody has entered it', () => {
    const rest = (july: object) =>
      assess(energy2026, perEmployee, figures({ ...lastYear, ...soFar, '2026-07': july }), 2026, {
        elapsed: 6.75 / 12,
      }).allowancePerMonth
    expect(rest({ partial: true })).toBeCloseTo(1984.5 / 6, 9)
    expect(rest({ partial: true, numerator: 0 })).toBeCloseTo(1984.5 / 5.25, 9)
  })

  it('leaves all of its rest to the days of its last month', () => {
    const ask = figures({
      ...lastYear,
      ...monthly(2026, 11, 300),
      2026: { value: 3.4, numerator: 3400, partial: true },
      '2026-12': { partial: true, numerator: 100 },
    })
    const { allowanceRest, allowancePerMonth } = assess(energy2026, perEmployee, ask, 2026, {
      elapsed: 364 / 365,
    })
    expect(allowanceRest).toBeCloseTo(4284.5 - 3400, 9)
    expect(allowancePerMonth).toBe(allowanceRest)
  })

  it('is a straight line of low confidence without a comparable year', () => {
    const seen = assess(energy2026, perEmployee, figures(soFar), 2026)
    expect(seen.outlook.projected).toBeCloseTo(4.638121546961326, 12)
    expect(seen).toMatchObject({ verdict: 'off-track', warnings: ['low-confidence'] })
  })

  it('has insufficient data below 95 % coverage or above 10 % estimated, whatever the number says', () => {
    const thin = figures({ ...lastYear, ...soFar, ...monthly(2026, 6, 2300 / 6, { coverage: 0.94 }) })
    const guessed = figures({ ...lastYear, ...soFar, ...monthly(2026, 6, 2300 / 6, { estimated: 0.11 }) })
    for (const ask of [thin, guessed]) {
      const seen = assess(energy2026, perEmployee, ask, 2026)
      expect(seen.verdict).toBe('insufficient-data')
      expect(seen.outlook.projected).toBeCloseTo(4.2166, 3)
      expect(seen.reason).toMatch(/coverage 94.0 %|11.0 % is estimated/)
    }
  })

  it('has no verdict before its first month is complete', () => {
    const seen = assess(
      energy2026,
      perEmployee,
      figures({ 2026: { value: 0.1, numerator: 100, partial: true } }),
      2026,
    )
    expect(seen).toMatchObject({
      verdict: 'insufficient-data',
      reason: 'no month of the year is complete yet',
    })
  })
})

describe('a baseline of nothing', () => {
  it('cannot be reduced, and says so', () => {
    const fromData = target({ ...energy2026, id: 'x', baseline: { year: 2024 } })
    const ask = figures({ 2024: { value: 0 }, 2025: { value: 1 }, 2026: { value: 1, partial: false } })
    const seen = assess(fromData, perEmployee, ask, 2026)
    expect(seen).toMatchObject({ verdict: 'insufficient-data', progress: null, limit: null })
    expect(seen.reason).toBe('the baseline is 0, from which nothing can be reduced')
  })
})

describe('a ceiling', () => {
  it('is met up to its limit and at risk up to 2 % above', () => {
    expect([1, 1.01, 1.02, 1.021].map(ceilingVerdict)).toEqual([
      'on-track',
      'at-risk',
      'at-risk',
      'off-track',
    ])
  })

  it('is judged by where the year ends', () => {
    const tapWater = target({
      id: 'w',
      indicator: 'tap-water-per-employee',
      scope: 'boundary:x',
      kind: 'ceiling',
      limit: 9.77,
    })
    const ask = figures({
      2025: { value: 9.6, numerator: 9600 },
      ...monthly(2025, 9, 800),
      2026: { value: 7.6, numerator: 7600, partial: true },
      ...monthly(2026, 9, 7600 / 9),
    })
    const seen = assess(tapWater, indicators.get('tap-water-per-employee') as Indicator, ask, 2026)
    expect(seen.outlook.projected).toBeCloseTo(10.133333333333333, 12)
    expect(seen.verdict).toBe('off-track')
  })
})

describe('a floor', () => {
  it('mirrors a ceiling', () => {
    expect([1.2, 1, 0.99, 0.98, 0.97].map(floorVerdict)).toEqual([
      'on-track',
      'on-track',
      'at-risk',
      'at-risk',
      'off-track',
    ])
  })

  it('of a share projects both parts of the share', () => {
    const share = target({
      id: 'r',
      indicator: 'reclaimed-water-share',
      scope: 'boundary:x',
      kind: 'floor',
      limit: 0.3,
    })
    const ask = figures({
      2025: { value: 0.3, numerator: 300, denominator: 1000 },
      ...monthly(2025, 6, 20, { denominator: 100 }),
      2026: { value: 0.25, numerator: 150, denominator: 600, partial: true },
      ...monthly(2026, 6, 25, { denominator: 100 }),
    })
    const seen = assess(share, indicators.get('reclaimed-water-share') as Indicator, ask, 2026)
    // 150 × 300/120 over 600 × 1000/600.
    expect(seen.outlook.projected).toBeCloseTo(0.375, 12)
    expect(seen.verdict).toBe('on-track')
    expect(seen.allowanceRest).toBeNull()
  })
})
