import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Calendar, localDay } from '../../core/calendar.ts'

const iso = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')
const dayOf = (zone: string, date: string) => {
  const span = new Calendar(zone).spanOf('day', localDay(date) as number)
  return [iso(span.start), iso(span.end), (span.end - span.start) / 3_600_000]
}

describe('a local day', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-29', '2026-03-28T16:00:00Z', '2026-03-29T16:00:00Z', 24],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25],
    ['Asia/Kolkata', '2026-03-29', '2026-03-28T18:30:00Z', '2026-03-29T18:30:00Z', 24],
    ['Asia/Kathmandu', '2026-03-29', '2026-03-28T18:15:00Z', '2026-03-29T18:15:00Z', 24],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', 23],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00Z', '2026-10-04T13:00:00Z', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z', 24.5],
  ])('of %s on %s is %s to %s, %d hours', (zone, date, start, end, hours) => {
    expect(dayOf(zone, date)).toEqual([start, end, hours])
  })

  it('begins at one o’clock where midnight does not exist', () => {
    expect(dayOf('Africa/Cairo', '2026-04-24')).toEqual(['2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z', 23])
  })

  it('has half hours only where the clock moves by half an hour', () => {
    const lengths = (zone: string, date: string) => {
      const hours = new Calendar(zone).hoursOf(localDay(date) as number)
      return hours.slice(1).map((hour, i) => (hour - (hours[i] as number)) / 60_000)
    }
    expect(lengths('Australia/Lord_Howe', '2026-10-04').filter((length) => length !== 60)).toEqual([30])
    expect(lengths('Australia/Lord_Howe', '2026-04-05').filter((length) => length !== 60)).toEqual([30])
    expect(lengths('Europe/Berlin', '2026-10-25')).toEqual(Array(25).fill(60))
  })

  it('knows dates from things that only look like them', () => {
    expect(localDay('2026-02-29')).toBeUndefined()
    expect(localDay('2024-02-29')).toBeDefined()
    expect(localDay('2026-13-01')).toBeUndefined()
    expect(localDay('26-01-01')).toBeUndefined()
  })
})

describe('spans of a grain', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Asia/Shanghai',
    'Asia/Kathmandu',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
  )
  const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })

  it('follow on each other without a gap, and each instant lies in its own', () => {
    fc.assert(
      fc.property(
        zones,
        instants,
        fc.constantFrom('15m', 'hour', 'day', 'month', 'year' as const),
        (zone, at, grain) => {
          const calendar = new Calendar(zone)
          const span = calendar.spanAt(grain as 'hour', at)
          expect(span.start <= at && at < span.end).toBe(true)
          const spans = calendar.spans(grain as 'hour', at, span.end + 3 * (span.end - span.start))
          expect(spans[0]).toEqual(span)
          for (const [i, next] of spans.slice(1).entries()) expect(next.start).toBe(spans[i]?.end)
        },
      ),
    )
  })

  it('of hours make up their day exactly', () => {
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        const calendar = new Calendar(zone)
        const day = calendar.dayAt(at)
        const { start, end } = calendar.spanOf('day', day)
        const hours = calendar.hoursOf(day)
        expect([hours[0], hours.at(-1)]).toEqual([start, end])
      }),
    )
  })
})
