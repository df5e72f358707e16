import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Calendar, DAY_MS, localDay, QUARTER_MS } from '../../core/calendar.ts'
import { type FlowGrain, intervalsOf, nightFlow, nightOf, readQuarterly } from '../../core/night-flow.ts'
import { countedMeters, type Scope } from '../../core/organisation-index.ts'
import { ESTIMATED } from '../../core/quality.ts'
import type { Consumption } from '../../core/rollup.ts'
import type { Lookup } from '../../core/usage.ts'
import { HOUR_MS } from '../../core/window.ts'
import { organisation, site } from '../support/organisation.ts'

const AFTER = Date.UTC(2027, 0, 1)
const at = (time: string) => Date.parse(time)
const day = (date: string) => localDay(date) as number

/** What a meter knows of the quarter that begins at an instant, in m3; undefined where nothing. */
type Quarters = (start: number) => number | Partial<Consumption> | undefined

function lookupOf(calendar: Calendar, quarters: Readonly<Record<string, Quarters>>): Lookup {
  return (meter, grain, start) => {
    const span = calendar.spanAt(grain, start)
    const sum = { ...span, value: 0, coveredMs: 0, head: 0, tail: 0, estimated: 0, flags: 0 }
    for (let t = span.start; t < span.end; t += QUARTER_MS) {
      const found = quarters[meter]?.(t)
      if (found === undefined) continue
      const part = typeof found === 'number' ? { value: found } : found
      sum.value += part.value ?? 0
      sum.coveredMs += part.coveredMs ?? QUARTER_MS
      sum.estimated += part.estimated ?? 0
      sum.flags |= part.flags ?? 0
    }
    return sum.coveredMs === 0 ? undefined : sum
  }
}

function flowOf(
  zone: string,
  date: string,
  quarters: Readonly<Record<string, Quarters>>,
  over: FlowGrain = '15m',
  now = AFTER,
) {
  const org = organisation([
    site({
      id: 's',
      zone,
      meters: Object.keys(quarters).map((id) => ({
        id,
        utility: 'tap-water',
        role: 'import',
        register: { unit: 'm3' },
      })),
    }),
  ])
  const calendar = org.sites.get('s')?.calendar as Calendar
  const meters = countedMeters(org.scope('site:s') as Scope, ['tap-water'])
  return nightFlow(meters, calendar, day(date), over, lookupOf(calendar, quarters), now)
}

describe('the flow of a night', () => {
  const steady = () => 0.5
  const dip = (when: string, low: number) => (start: number) => (start === at(when) ? low : 0.5)

  it('is the least of its quarters, with when that was and the share of the day', () => {
    const seen = flowOf('Asia/Shanghai', '2026-03-10', { w: dip('2026-03-09T18:45:00Z', 0.1) })
    expect(seen).toMatchObject({
      value: 0.4,
      at: at('2026-03-09T18:45:00Z'),
      over: '15m',
      coverage: 1,
      estimated: 0,
      quality: 'measured',
    })
    expect(seen.share).toBeCloseTo(0.4 / ((95 * 0.5 + 0.1) / 24), 12)
    expect(seen).not.toHaveProperty('reason')
  })

  it('of hours is the least of its hours', () => {
    const seen = flowOf('Asia/Shanghai', '2026-03-10', { w: dip('2026-03-09T19:45:00Z', 0.1) }, 'hour')
    expect(seen).toMatchObject({ value: 1.6, at: at('2026-03-09T19:00:00Z'), over: 'hour' })
  })

  it('heeds nothing before two and from four on', () => {
    for (const outside of ['2026-03-10T01:45:00Z', '2026-03-10T04:00:00Z'])
      expect(flowOf('UTC', '2026-03-10', { w: dip(outside, 0) }).value).toBe(2)
    for (const inside of ['2026-03-10T02:00:00Z', '2026-03-10T03:45:00Z'])
      expect(flowOf('UTC', '2026-03-10', { w: dip(inside, 0) })).toMatchObject({ value: 0, share: 0 })
  })

  it('of several meters is the least of their sum, not the sum of their least', () => {
    const seen = flowOf('UTC', '2026-03-10', {
      a: dip('2026-03-10T02:15:00Z', 0),
      b: dip('2026-03-10T03:15:00Z', 0.1),
    })
    expect(seen).toMatchObject({ value: 2, at: at('2026-03-10T02:15:00Z') })
  })

  it('is null where a quarter is not wholly covered, for that one might be the least', () => {
    const half = flowOf('UTC', '2026-03-10', {
      w: (start) => (start === at('2026-03-10T03:00:00Z') ? { value: 0.2, coveredMs: QUARTER_MS / 2 } : 0.5),
    })
    expect(half).toMatchObject({ value: null, at: null, share: null, quality: 'missing' })
    expect(half.coverage).toBeCloseTo(15 / 16, 12)
    expect(half.reason).toBe('the night is not wholly covered: w has data for 50.0 % of the span')
    expect(flowOf('UTC', '2026-03-10', { w: () => undefined })).toMatchObject({
      value: null,
      coverage: 0,
      reason: 'the night is not wholly covered: no readings from w in this span',
    })
  })

  it('says how much of it was estimated', () => {
    const quarter = { value: 0.5, estimated: 0.5, flags: ESTIMATED }
    const w = (start: number) => (start < at('2026-03-10T03:00:00Z') ? quarter : 0.5)
    expect(flowOf('UTC', '2026-03-10', { w })).toMatchObject({
      value: 2,
      estimated: 0.5,
      quality: 'estimated',
    })
  })

  it('has no share of a day that still runs, lacks data or used nothing', () => {
    const share = (quarters: Quarters, now = AFTER) => {
      const seen = flowOf('UTC', '2026-03-10', { w: quarters }, '15m', now)
      return [seen.value, seen.share, seen.reason]
    }
    expect(share(steady, at('2026-03-10T12:00:00Z'))).toEqual([2, null, 'no share: the day still runs'])
    expect(share((start) => (start < at('2026-03-10T12:00:00Z') ? 0.5 : undefined))).toEqual([
      2,
      null,
      'no share: w has data for 50.0 % of the span',
    ])
    expect(share(() => 0)).toEqual([0, null, 'no share: nothing flowed that day'])
  })

  it('is not known before four', () => {
    const seen = flowOf('UTC', '2026-03-10', { w: steady }, '15m', at('2026-03-10T03:59:59Z'))
    expect(seen).toMatchObject({ value: null, reason: 'the night has not ended' })
  })
})

describe('a night', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-10', '2026-03-09T18:00:00Z', '2026-03-09T20:00:00Z'],
    ['Asia/Kolkata', '2026-03-10', '2026-03-09T20:30:00Z', '2026-03-09T22:30:00Z'],
    // The clocks skip from two to three: one hour.
    ['Europe/Berlin', '2026-03-29', '2026-03-29T01:00:00Z', '2026-03-29T02:00:00Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T07:00:00Z', '2026-03-08T08:00:00Z'],
    // They show two to three twice: three hours.
    ['Europe/Berlin', '2026-10-25', '2026-10-25T00:00:00Z', '2026-10-25T03:00:00Z'],
    // One to two twice, which is before the night.
    ['America/New_York', '2026-11-01', '2026-11-01T07:00:00Z', '2026-11-01T09:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T15:30:00Z', '2026-10-03T17:00:00Z'],
  ])('in %s on %s runs from %s to %s', (zone, date, start, end) => {
    expect(nightOf(new Calendar(zone), day(date))).toEqual({ start: at(start), end: at(end) })
  })

  const zones = fc.constantFrom(
    'UTC',
    'Asia/Shanghai',
    'Asia/Kathmandu',
    'Europe/Berlin',
    'America/New_York',
    'America/Santiago',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
  )
  const days = fc.integer({ min: day('2015-01-01'), max: day('2029-12-31') })
  const overs = fc.constantFrom<FlowGrain>('15m', 'hour')

  it('consists of just the intervals that the clocks show between two and four', () => {
    const clocks = new Map<string, Intl.DateTimeFormat>()
    const hourIn = (zone: string, instant: number) => {
      const known = clocks.get(zone)
      const clock =
        known ?? new Intl.DateTimeFormat('en', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' })
      clocks.set(zone, clock)
      return Number(clock.format(instant))
    }
    fc.assert(
      fc.property(zones, days, overs, (zone, localDay, over) => {
        const calendar = new Calendar(zone)
        const night = nightOf(calendar, localDay)
        const intervals = intervalsOf(calendar, night, over).map((period) => period.spanAt(calendar))
        expect(intervals.at(0)?.start).toBe(night.start)
        expect(intervals.at(-1)?.end).toBe(night.end)
        for (let t = calendar.startOfDay(localDay); t < calendar.startOfDay(localDay + 1); t += QUARTER_MS) {
          const shown = [2, 3].includes(hourIn(zone, t))
          expect(intervals.some(({ start, end }) => start <= t && t < end)).toBe(shown)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('never has more than its mean, nor by quarters more than by hours, however it flowed', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 96, maxLength: 96 })
    fc.assert(
      fc.property(zones, days, amounts, (zone, localDay, quarters) => {
        const date = new Date(localDay * DAY_MS).toISOString().slice(0, 10)
        const of = (start: number) => quarters[(start / QUARTER_MS) % 96] as number
        const byQuarter = flowOf(zone, date, { w: of }, '15m', AFTER + 10 * 366 * DAY_MS)
        const byHour = flowOf(zone, date, { w: of }, 'hour', AFTER + 10 * 366 * DAY_MS)
        const { start, end } = nightOf(new Calendar(zone), localDay)
        let sum = 0
        for (let t = start; t < end; t += QUARTER_MS) sum += of(t)
        const mean = (sum * HOUR_MS) / (end - start)
        expect(byQuarter.value).toBe(4 * of(byQuarter.at as number))
        expect(byQuarter.value).toBeLessThanOrEqual((byHour.value as number) + 1e-9)
        expect(byHour.value).toBeLessThanOrEqual(mean + 1e-9)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('readings', () => {
  const night = { start: at('2026-03-10T02:00:00Z'), end: at('2026-03-10T04:00:00Z') }
  const every = (minutes: number, from = night.start, to = night.end) => {
    const list: number[] = []
    for (let t = from; t <= to; t += minutes * 60_000) list.push(t)
    return list
  }

  it.each([
    ['every quarter of an hour', every(15), true],
    ['every minute', every(1), true],
    ['every quarter, some minutes off', every(15, night.start - 420_000, night.end + HOUR_MS), true],
    ['every half hour', every(30), false],
    ['that begin within the night', every(15, night.start + 60_000, night.end + HOUR_MS), false],
    ['that end within the night', every(15, night.start, night.end - 60_000), false],
    ['with one left out', every(15).toSpliced(4, 1), false],
    ['that are none', [], false],
    ['with a gap before the night only', [night.start - 9 * HOUR_MS, ...every(15)], true],
  ])('%s: by quarters %s', (_, list, expected) => {
    expect(readQuarterly(Float64Array.from(list), night)).toBe(expected)
  })
})
