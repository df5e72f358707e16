import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LocalDay } from '../../core/calendar.ts'
import { coolingDegrees, heatingDegrees } from '../../core/degree-days.ts'
import {
  type EnergyModel,
  type EnergyPoint,
  fitEnergy,
  type Term,
  type TermKind,
} from '../../core/energy-model.ts'
import { siteModel } from '../../core/site-model.ts'
import { monthStart } from '../../core/year-months.ts'
import { type Load, weatheredSite } from '../support/weathered-site.ts'

const load: Load = {
  base: 100,
  workday: 40,
  heating: { balanceC: 14, perK: 5 },
  cooling: { balanceC: 21, perK: 8 },
}

function termOf({ terms }: EnergyModel, kind: TermKind) {
  return terms.find((term) => term.kind === kind)
}

type Part = Pick<Term, 'balanceC' | 'coefficient'> | undefined

/** What is used on a Sunday of a mean temperature. */
function usedAt(meanC: number, partOf: (kind: 'base' | 'heating' | 'cooling') => Part): number {
  const [heating, cooling] = [partOf('heating'), partOf('cooling')]
  return (
    (partOf('base')?.coefficient as number) +
    (heating?.coefficient ?? 0) * heatingDegrees(meanC, heating?.balanceC ?? 0) +
    (cooling?.coefficient ?? 0) * coolingDegrees(meanC, cooling?.balanceC ?? 0)
  )
}

function pointsOf(days: ReadonlyMap<LocalDay, number>): EnergyPoint[] {
  return [...days].map(([day, amount]) => ({ days: [day], amount, isOfYear: day >= monthStart(2026, 1) }))
}

describe('a regression on degree days and weekdays', () => {
  it('finds the coefficients and balance points that a site has, through what strays by the day', () => {
    const coefficients = fc.record({
      base: fc.double({ min: 50, max: 200, noNaN: true }),
      workday: fc.double({ min: 20, max: 80, noNaN: true }),
      heating: fc.record({
        balanceC: fc.integer({ min: 12, max: 17 }),
        perK: fc.double({ min: 4, max: 10, noNaN: true }),
      }),
      cooling: fc.record({
        balanceC: fc.integer({ min: 18, max: 22 }),
        perK: fc.double({ min: 4, max: 10, noNaN: true }),
      }),
    })
    fc.assert(
      fc.property(coefficients, fc.integer({ min: 1, max: 1e6 }), (truth, seed) => {
        const site = weatheredSite(truth, [2025, 2026, 8], { noise: 0.03, seed })
        const model = siteModel(site, 2026, 8).model as EnergyModel
        for (const kind of ['heating', 'cooling'] as const) {
          const balanceC = termOf(model, kind)?.balanceC as number
          expect(Math.abs(balanceC - truth[kind].balanceC)).toBeLessThanOrEqual(2)
        }
        for (const meanC of [-5, 5, 15, 20, 25, 30]) {
          const told = usedAt(meanC, (kind) => termOf(model, kind))
          const used = usedAt(meanC, (kind) =>
            kind === 'base'
              ? { balanceC: null, coefficient: truth.base }
              : { balanceC: truth[kind].balanceC, coefficient: truth[kind].perK },
          )
          expect(told / used).toBeGreaterThan(0.92)
          expect(told / used).toBeLessThan(1.08)
        }
        expect(model.r2).toBeGreaterThan(0.75)
        expect(model.cvRmse).toBeLessThan(0.05)
        expect(Math.abs(model.nmbe)).toBeLessThan(1e-6)
        expect(model.points).toBe(365 + 243)
      }),
      { numRuns: 15 },
    )
  })

  it('is exact where nothing strays', () => {
    const site = weatheredSite(load, [2025, 2026, 8])
    const model = siteModel(site, 2026, 8).model as EnergyModel
    expect(termOf(model, 'heating')).toMatchObject({ balanceC: 14, coefficient: expect.closeTo(5, 6) })
    expect(termOf(model, 'cooling')).toMatchObject({ balanceC: 21, coefficient: expect.closeTo(8, 6) })
    expect(termOf(model, 'workday')?.coefficient).toBeCloseTo(40, 6)
    expect(model.r2).toBeCloseTo(1, 9)
  })

  it('has a term for how far this year lies above the last one, whatever the weather', () => {
    const site = weatheredSite({ ...load, levels: { 2026: 1.1 } }, [2025, 2026, 8], { noise: 0.02 })
    const level = termOf(siteModel(site, 2026, 8).model as EnergyModel, 'this-year')
    expect(level?.coefficient).toBeGreaterThan(10)
    expect(level?.t).toBeGreaterThan(10)
  })

  it('drops what is not told from zero: of a site without air conditioning the cooling', () => {
    const site = weatheredSite(
      { base: 100, workday: 40, heating: { balanceC: 14, perK: 5 } },
      [2025, 2026, 8],
      { noise: 0.03, seed: 3 },
    )
    const model = siteModel(site, 2026, 8).model as EnergyModel
    expect(model.terms.map(({ kind }) => kind)).toEqual(['base', 'workday', 'heating'])
    for (const { t } of model.terms) expect(Math.abs(t)).toBeGreaterThan(2)
  })

  it('does without terms that say the same as others: on working days alone there is no weekend', () => {
    const { days, meansC } = weatheredSite(load, [2025, 2026, 8], { noise: 0.02 })
    const workdays = pointsOf(days).filter(({ days: [day = 0] }) => (day + 3) % 7 < 5)
    const model = fitEnergy(workdays, meansC, 'day') as EnergyModel
    expect(termOf(model, 'workday')).toBeUndefined()
    expect(termOf(model, 'base')?.coefficient).toBeGreaterThan(130)
  })

  it('goes by the months where no days are known, and needs twelve of them', () => {
    const site = weatheredSite(load, [2025, 2026, 8], { noise: 0.03 })
    const monthly = { ...site, days: new Map<LocalDay, number>() }
    const model = siteModel(monthly, 2026, 8).model as EnergyModel
    expect(model).toMatchObject({ grain: 'month', points: 20 })
    expect((termOf(model, 'heating')?.coefficient as number) / 5).toBeCloseTo(1, 0)
    const short = new Map([...monthly.months].filter(([first]) => first >= monthStart(2025, 11)))
    expect(siteModel({ ...monthly, months: short }, 2026, 8).reason).toBe(
      '0 days and 10 months are known with their temperature; 60 days or 12 months are needed',
    )
  })

  it('widens what it says where days hang together', () => {
    const site = weatheredSite(load, [2025, 2026, 8], { noise: 0.03 })
    // A week on, a week off: the same amount for days on end.
    const waves = new Map([...site.days].map(([day, amount]) => [day, amount + (day % 14 < 7 ? 20 : -20)]))
    const plain = fitEnergy(pointsOf(site.days), site.meansC, 'day') as EnergyModel
    const waved = fitEnergy(pointsOf(waves), site.meansC, 'day') as EnergyModel
    expect(plain.autocorrelation).toBeLessThan(0.1)
    expect(waved.autocorrelation).toBeGreaterThan(0.6)
    expect(waved.covariance[0]?.[0]).toBeGreaterThan(8 * (plain.covariance[0]?.[0] as number))
  })
})

describe('a model is not used', () => {
  it('of a site that no weather moves', () => {
    const flat = weatheredSite({ base: 100, workday: 40 }, [2025, 2026, 8], { noise: 0.03, seed: 3 })
    expect(siteModel(flat, 2026, 8).reason).toBe('neither heating nor cooling degree days tell anything')
  })

  it('where it tells too little of the days', () => {
    const site = weatheredSite({ ...load, workday: 0 }, [2025, 2026, 8], { noise: 0.25 })
    expect(siteModel(site, 2026, 8).reason).toMatch(/^R² is 0\.\d+; at least 0\.75 is needed$/)
  })

  it('for a month whose season no point has seen', () => {
    const site = weatheredSite(load, [2026, 2026, 8], { noise: 0.03 })
    expect(siteModel(site, 2026, 8).reason).toBe('no point lies in month 9')
  })
})
