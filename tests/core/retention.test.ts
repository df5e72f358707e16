import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Calendar, DAY_MS } from '../../core/calendar.ts'
import {
  baselineYears,
  droppedSpans,
  forgettableYears,
  keptSpans,
  nextTurn,
  yearsText,
} from '../../core/retention.ts'
import { targetsSchema } from '../../core/target-file.ts'

const NOW = Date.UTC(2026, 6, 1)
const utc = (year: number) => Date.UTC(year, 0, 1)

const years = fc.integer({ min: 2, max: 99 })
const protectedYears = fc.uniqueArray(fc.integer({ min: 1990, max: 2100 }), { maxLength: 5 })
const instant = fc.integer({ min: utc(2002), max: utc(2100) })
const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Kolkata')

describe('the years that may be forgotten', () => {
  it('are those before the running one and the years kept before it', () => {
    expect(yearsText(forgettableYears({ years: 2, protectedYears: [] }, NOW))).toBe('2000 to 2023')
  })

  it('are none where everything is kept for ever', () => {
    expect(forgettableYears({ years: null, protectedYears: [] }, NOW)).toEqual([])
  })

  it('leave out a year that a baseline is reckoned from', () => {
    const found = forgettableYears({ years: 2, protectedYears: [2020] }, NOW)
    expect(yearsText(found)).toBe('2000 to 2019, 2021 to 2023')
  })

  it('change only when the new year has come everywhere', () => {
    const rule = { years: 2, protectedYears: [] }
    expect(forgettableYears(rule, utc(2027) + 12 * 3_600_000 - 1).at(-1)).toBe(2023)
    expect(forgettableYears(rule, utc(2027) + 12 * 3_600_000).at(-1)).toBe(2024)
    expect(nextTurn(NOW)).toBe(utc(2027) + 12 * 3_600_000)
    expect(nextTurn(utc(2027))).toBe(utc(2027) + 12 * 3_600_000)
  })

  it('are never kept or protected ones, and only grow with time', () => {
    fc.assert(
      fc.property(years, protectedYears, instant, instant, (kept, safe, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)]
        const rule = { years: kept, protectedYears: safe }
        const found = forgettableYears(rule, early)
        for (const year of found) {
          expect(safe).not.toContain(year)
          expect(year).toBeLessThan(new Date(early).getUTCFullYear() - kept)
        }
        expect(forgettableYears(rule, late)).toEqual(expect.arrayContaining(found))
        expect(found).toEqual(expect.arrayContaining(forgettableYears({ ...rule, years: kept + 1 }, early)))
      }),
    )
  })
})

describe('what goes of forgotten years', () => {
  it('leaves 32 days beside each year that is kept', () => {
    expect(droppedSpans([2000, 2001, 2003])).toEqual([
      { start: 0, end: utc(2002) - 32 * DAY_MS, keptUntil: null, keptFrom: utc(2002) - DAY_MS },
      {
        start: utc(2003) + 32 * DAY_MS,
        end: utc(2004) - 32 * DAY_MS,
        keptUntil: utc(2003) + DAY_MS,
        keptFrom: utc(2004) - DAY_MS,
      },
    ])
  })

  it('is never anything of a kept year or near one, in any zone', () => {
    fc.assert(
      fc.property(years, protectedYears, instant, zone, (kept, safe, now, name) => {
        const forgotten = forgettableYears({ years: kept, protectedYears: safe }, now)
        const dropped = droppedSpans(forgotten)
        for (const { start, end } of dropped) expect(start).toBeLessThan(end)
        for (const span of keptSpans(forgotten, new Calendar(name))) {
          for (const { start, end } of dropped) {
            expect(start >= span.end + 31 * DAY_MS || end <= span.start - 31 * DAY_MS).toBe(true)
          }
        }
      }),
    )
  })
})

describe('the spans that are kept', () => {
  it('are the years that are not forgotten, each in the zone of its site', () => {
    fc.assert(
      fc.property(years, protectedYears, instant, zone, (kept, safe, now, name) => {
        const forgotten = forgettableYears({ years: kept, protectedYears: safe }, now)
        const calendar = new Calendar(name)
        const spans = keptSpans(forgotten, calendar)
        for (let year = 2000; year <= 2101; year += 1) {
          const { start, end } = calendar.spanOf('year', utc(year) / DAY_MS)
          const inside = (at: number) => spans.some((span) => at >= span.start && at < span.end)
          expect(inside(start)).toBe(!forgotten.includes(year))
          expect(inside(end - 1)).toBe(!forgotten.includes(year))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('are all of time where nothing is forgotten', () => {
    const spans = keptSpans([], new Calendar('UTC'))
    expect(spans).toEqual([{ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }])
  })
})

describe('the baseline years', () => {
  it('are those without a value of their own', () => {
    const reduction = (id: string, baseline: object) => ({
      id,
      indicator: 'energy',
      scope: 'site:x',
      kind: 'reduction',
      by: 2030,
      reduction: 0.1,
      baseline,
    })
    const { targets } = targetsSchema.parse({
      targets: [
        reduction('a', { year: 2021 }),
        reduction('b', { year: 2019, value: 4 }),
        reduction('c', { year: 2020 }),
        reduction('d', { year: 2021 }),
        { id: 'e', indicator: 'energy', scope: 'site:x', kind: 'ceiling', limit: 5 },
      ],
    })
    expect(baselineYears(targets)).toEqual([2020, 2021])
  })
})
