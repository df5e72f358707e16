import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Calendar, DAY_MS, localDay } from '../../core/calendar.ts'
import { type LoadHour, loadUnit } from '../../core/load-hours.ts'
import { profileSpan, typicalDay } from '../../core/typical-day.ts'
import { HOUR_MS } from '../../core/window.ts'

const shanghai = new Calendar('Asia/Shanghai')
const berlin = new Calendar('Europe/Berlin')
const day = (date: string) => localDay(date) as number

/** The load of every hour of local days, from the hour of the clock and the day. */
function loads(
  calendar: Calendar,
  first: string,
  days: number,
  load: (hour: number, day: number, start: number) => number | undefined,
): LoadHour[] {
  const from = day(first)
  const spans = calendar.spans('hour', calendar.startOfDay(from), calendar.startOfDay(from + days))
  return spans.flatMap((span) => {
    const perHour = load(calendar.clockHour(span.start), calendar.dayAt(span.start), span.start)
    return perHour === undefined ? [] : [{ ...span, perHour }]
  })
}

const rowOf = (seen: ReturnType<typeof typicalDay>, days: string, hour: number) =>
  seen.rows.find((row) => row.days === days && row.hour === hour)

describe('a typical day', () => {
  // 2026-03-02 is a Monday.
  it('of four weeks has the mean of each hour over twenty workdays and eight days of rest', () => {
    const seen = typicalDay(
      loads(shanghai, '2026-03-02', 28, (hour, of) => (of % 2) * 10 + hour),
      shanghai,
    )
    expect(seen.rows).toHaveLength(48)
    expect(rowOf(seen, 'workday', 7)).toMatchObject({ mean: 12, low: 7, high: 17, count: 20 })
    expect(rowOf(seen, 'restday', 23)).toMatchObject({ mean: 28, low: 23, high: 33, count: 8 })
  })

  it('of an hour that fewer than four days know is null with the reason', () => {
    const known = loads(shanghai, '2026-03-02', 28, (hour, of) =>
      hour === 5 && of > day('2026-03-04') ? undefined : 3,
    )
    const seen = typicalDay(known, shanghai)
    expect(rowOf(seen, 'workday', 5)).toEqual({
      ...{ days: 'workday', hour: 5, mean: null, low: null, high: null, count: 3 },
      reason: 'too few workdays are known: 3; it takes 4',
    })
    expect(rowOf(seen, 'workday', 6)?.mean).toBe(3)
    const [night, dayShift] = seen.shifts
    expect(night).toMatchObject({ amount: null, share: null, mean: null, reason: /workdays are known: 3/ })
    expect(dayShift).toMatchObject({ amount: 24, mean: 3, share: null, reason: /other shifts/ })
  })

  it('of nothing is nothing, and says so', () => {
    const seen = typicalDay([], shanghai)
    expect(seen.rows.every(({ mean, count, reason }) => mean === null && count === 0 && reason)).toBe(true)
    expect(seen.mean).toBeNull()
    expect(seen.baseLoad).toMatchObject({ value: null, share: null, reason: /days are known: 0/ })
    expect(seen.peak).toEqual({ value: null, at: null, reason: 'no hour is known' })
  })

  it('shares a workday among night, day and evening', () => {
    const inShift = (hour: number) => (hour < 8 ? 1 : hour < 16 ? 5 : 2)
    const { shifts } = typicalDay(loads(shanghai, '2026-03-02', 14, inShift), shanghai)
    expect(shifts).toEqual([
      { shift: 'night', from: 0, to: 8, amount: 8, share: 0.125, mean: 1 },
      { shift: 'day', from: 8, to: 16, amount: 40, share: 0.625, mean: 5 },
      { shift: 'evening', from: 16, to: 24, amount: 16, share: 0.25, mean: 2 },
    ])
  })

  it('has its peak at the first of the highest hours', () => {
    const high = [day('2026-03-05'), day('2026-03-11')]
    const known = loads(shanghai, '2026-03-02', 14, (hour, of) => (hour === 9 && high.includes(of) ? 8 : 1))
    expect(typicalDay(known, shanghai).peak).toEqual({ value: 8, at: Date.parse('2026-03-05T01:00:00Z') })
  })

  it('has a base that neither two hours of outage a day nor a day of rest move', () => {
    const { baseLoad, mean } = typicalDay(
      loads(shanghai, '2026-03-02', 14, (hour) => (hour < 2 ? 0 : hour < 6 ? 4 : 10)),
      shanghai,
    )
    expect(baseLoad).toEqual({ value: 4, days: 14, share: 4 / (mean as number) })
  })

  it('whose load is negative on the whole has a base without a share', () => {
    const { baseLoad } = typicalDay(
      loads(shanghai, '2026-03-02', 14, () => -1),
      shanghai,
    )
    expect(baseLoad).toMatchObject({ value: -1, share: null, reason: /not above zero/ })
  })
})

describe('where clocks are changed', () => {
  // Sunday 2026-10-25: three o'clock becomes two; Sunday 2026-03-29: two becomes three.
  it('an hour that is shown twice counts once, as the mean of both', () => {
    const twice = Date.parse('2026-10-25T01:00:00Z')
    const known = loads(berlin, '2026-10-05', 28, (hour, _, start) =>
      start === twice ? 8 : hour === 2 ? 4 : 1,
    )
    const row = rowOf(typicalDay(known, berlin), 'restday', 2)
    expect(row).toMatchObject({ count: 8, mean: (7 * 4 + 6) / 8 })
  })

  it('an hour that is skipped is missing on that day alone', () => {
    const seen = typicalDay(
      loads(berlin, '2026-03-09', 28, (hour) => hour),
      berlin,
    )
    expect(rowOf(seen, 'restday', 2)).toMatchObject({ count: 7, mean: 2 })
    expect(rowOf(seen, 'restday', 3)).toMatchObject({ count: 8, mean: 3 })
    expect(rowOf(seen, 'restday', 23)).toMatchObject({ count: 8, mean: 23 })
  })

  it('half an hour that is left over is a load like any other', () => {
    const lordHowe = new Calendar('Australia/Lord_Howe')
    const seen = typicalDay(
      loads(lordHowe, '2026-03-16', 28, () => 6),
      lordHowe,
    )
    expect(seen.rows.map(({ mean }) => mean)).toEqual(Array(48).fill(6))
    expect(seen.baseLoad).toMatchObject({ value: 6, days: 28 })
  })

  it('the last 28 days are local ones, whatever their length', () => {
    const now = Date.parse('2026-04-10T22:30:00Z') // 11 April in Berlin
    const { start, end } = profileSpan(berlin, now)
    expect(new Date(start).toISOString()).toBe('2026-03-13T23:00:00.000Z')
    expect(new Date(end).toISOString()).toBe('2026-04-10T22:00:00.000Z')
    expect(end - start).toBe(28 * DAY_MS - HOUR_MS)
  })
})

describe('of any loads', () => {
  const days = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 240, maxLength: 360 })

  it('the order of days and hours makes no difference', () => {
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.nat()), (values, keys) => {
        const known = loads(berlin, '2026-03-20', Math.floor(values.length / 24), () => values.pop())
        const mixed = known
          .map((load) => ({ load, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ load }) => load)
        expect(typicalDay(mixed, berlin)).toEqual(typicalDay(known, berlin))
      }),
      { numRuns: 20 },
    )
  })

  it('a constant load is its own base, mean and peak, through every change of clocks', () => {
    const load = fc.double({ min: 1e-3, max: 1e6, noNaN: true })
    const date = fc.constantFrom('2026-03-20', '2026-10-16', '2026-06-01')
    const zone = fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Santiago')
    fc.assert(
      fc.property(load, date, zone, (value, first, name) => {
        const calendar = new Calendar(name)
        const seen = typicalDay(
          loads(calendar, first, 28, () => value),
          calendar,
        )
        expect(seen.baseLoad.value).toBe(value)
        expect(seen.peak.value).toBe(value)
        expect((seen.mean as number) / value).toBeCloseTo(1, 12)
        expect(seen.baseLoad.share).toBeCloseTo(1, 12)
        for (const { share } of seen.shifts) expect(share).toBeCloseTo(1 / 3, 12)
      }),
      { numRuns: 12 },
    )
  })

  it('low and high stand around the middle, and the peak above all', () => {
    fc.assert(
      fc.property(days, (values) => {
        const seen = typicalDay(
          loads(shanghai, '2026-03-02', 10, () => values.pop()),
          shanghai,
        )
        for (const { low, high, mean } of seen.rows) {
          if (mean === null) continue
          expect(low as number).toBeLessThanOrEqual(high as number)
          expect(high as number).toBeLessThanOrEqual(seen.peak.value as number)
        }
        if (seen.baseLoad.value !== null)
          expect(seen.baseLoad.value).toBeLessThanOrEqual(seen.peak.value as number)
      }),
      { numRuns: 20 },
    )
  })
})

it('a load of energy is in kW, one of water in m3/h', () => {
  expect(loadUnit('kWh')).toEqual({ unit: 'kW', factor: 1 })
  expect(loadUnit('MWh')).toEqual({ unit: 'kW', factor: 1000 })
  expect(loadUnit('GJ').factor).toBeCloseTo(277.7778, 4)
  expect(loadUnit('L')).toEqual({ unit: 'm3/h', factor: 0.001 })
})
