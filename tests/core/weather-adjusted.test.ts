import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type WeatherAdjusted, weatherAdjusted } from '../../core/weather-adjusted.ts'
import { type Load, weatheredSite } from '../support/weathered-site.ts'

const load: Load = {
  base: 100,
  workday: 40,
  heating: { balanceC: 14, perK: 5 },
  cooling: { balanceC: 21, perK: 8 },
  levels: { 2026: 0.95 },
}
/** A spring that is five degrees warmer than it was the year before. */
const warmSpring = (year: number, month: number) => (year === 2026 && month >= 2 && month <= 5 ? 5 : 0)

type Site = ReturnType<typeof weatheredSite>

function sumOf({ amountOf }: Site, year: number, from: number, to: number): number {
  let sum = 0
  for (let month = from; month <= to; month += 1) sum += amountOf(year, month)
  return sum
}

function sameMonths(site: Site, complete: number): number {
  return (sumOf(site, 2026, 1, complete) * sumOf(site, 2025, 1, 12)) / sumOf(site, 2025, 1, complete)
}

describe('a year carried to its end by weather and weekday', () => {
  it('is nearer to the truth than the same months where a spring was warm, and is chosen', () => {
    for (const seed of [1, 2, 3, 4]) {
      const site = weatheredSite(load, [2025, 2026, 8], { noise: 0.04, warmer: warmSpring, seed })
      const truth = sumOf(site, 2026, 1, 12)
      const seen = weatherAdjusted([site], 2026, 8) as WeatherAdjusted
      expect(seen.reason).toBeNull()
      expect(Math.abs(seen.value - truth)).toBeLessThan(Math.abs(sameMonths(site, 8) - truth))
      expect(Math.abs(seen.value - truth)).toBeLessThan(seen.half as number)
      expect(seen.trials?.error).toBeLessThan(0.9 * (seen.trials?.sameMonthsError as number))
      expect(seen.weatherYears).toBe(1)
    }
  })

  it('ends in its band in nine years of ten and more', () => {
    let inside = 0
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const site = weatheredSite(load, [2025, 2026, 6], { noise: 0.04, warmer: warmSpring, seed })
        const { value, half } = weatherAdjusted([site], 2026, 6) as WeatherAdjusted
        if (Math.abs(value - sumOf(site, 2026, 1, 12)) <= (half as number)) inside += 1
      }),
      { numRuns: 30, seed: 7 },
    )
    expect(inside).toBeGreaterThanOrEqual(27)
  })

  it('takes the mean of three earlier years for normal weather, where there are three', () => {
    const site = weatheredSite(load, [2023, 2026, 8], { noise: 0.04, warmer: warmSpring })
    expect(weatherAdjusted([site], 2026, 8)).toMatchObject({ weatherYears: 3, trials: { count: 4 } })
  })

  it('counts the day more that a leap year has, and the working days of each month', () => {
    const site = weatheredSite({ ...load, levels: {} }, [2027, 2028, 8])
    const seen = weatherAdjusted([site], 2028, 8) as WeatherAdjusted
    const expected = sumOf(site, 2028, 1, 12)
    expect(Math.abs(seen.value / expected - 1)).toBeLessThan(0.02)
    expect(seen.fit).toMatchObject({ points: 365 + 244, r2: expect.closeTo(1, 6) })
  })
})

describe('the same months stay the better guide', () => {
  it('of a site that no weather moves: both say the same, and the reason is told', () => {
    const site = weatheredSite({ base: 100, workday: 40 }, [2025, 2026, 8], { noise: 0.03, seed: 3 })
    const seen = weatherAdjusted([site], 2026, 8) as WeatherAdjusted
    expect(seen.value).toBeCloseTo(sameMonths(site, 8), 6)
    expect(seen.fit).toBeNull()
    expect(seen.reason).toBe('s: neither heating nor cooling degree days tell anything')
  })

  it('where the weather was like the year before, so that nothing is gained', () => {
    const calm = weatheredSite(load, [2025, 2026, 8], { noise: 0.04, seed: 5 })
    const seen = weatherAdjusted([calm], 2026, 8) as WeatherAdjusted
    expect(seen.fit?.r2).toBeGreaterThan(0.9)
    expect(seen.reason).toBe(
      'in 3 trials on known months it erred by 1.8 %, the same months of last year by 1.5 %',
    )
  })

  it('before there are months to try it on', () => {
    const site = weatheredSite(load, [2025, 2026, 4], { noise: 0.04, warmer: warmSpring })
    const seen = weatherAdjusted([site], 2026, 4) as WeatherAdjusted
    expect(seen.reason).toBe('too few months are known to try it on; 2 trials are needed')
    expect(seen.trials).toBeNull()
  })
})

describe('a boundary', () => {
  const north = weatheredSite(load, [2025, 2026, 8], { noise: 0.04, warmer: warmSpring })
  const unseen = {
    ...weatheredSite(load, [2025, 2026, 8], { noise: 0.04, seed: 9 }),
    site: 'b',
    meansC: null,
  }

  it('is the sum of its sites, of which one without a sensor goes by its same months', () => {
    const alone = weatherAdjusted([north], 2026, 8) as WeatherAdjusted
    const both = weatherAdjusted([north, unseen], 2026, 8) as WeatherAdjusted
    expect(both.value).toBeCloseTo(alone.value + sameMonths(unseen as never, 8), 6)
    expect(both.sites.map(({ reason }) => reason)).toEqual([null, 'no sensor of outdoor temperature'])
    expect(both.fit).toEqual(alone.fit)
  })

  it('has the statistics of the sum of its models', () => {
    const south = { ...weatheredSite(load, [2025, 2026, 8], { noise: 0.04, seed: 9 }), site: 'b' }
    const one = weatherAdjusted([north], 2026, 8) as WeatherAdjusted
    const both = weatherAdjusted([north, south], 2026, 8) as WeatherAdjusted
    expect(both.fit?.points).toBe(one.fit?.points)
    // What strays by the day at two sites strays less together.
    expect(both.fit?.cvRmse).toBeLessThan(one.fit?.cvRmse as number)
  })

  it('without any sensor, or with a month that is not known, has no such projection', () => {
    expect(weatherAdjusted([unseen], 2026, 8)).toBeNull()
    expect(weatherAdjusted([north], 2026, 9)).toBeNull()
  })
})
