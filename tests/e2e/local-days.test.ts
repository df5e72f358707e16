import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FigureRow, messageOf, meterFigures, type Sent } from '../support/meter-figures.ts'
import { home, type Program, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

const HOUR_MS = 3_600_000
const QUARTER_MS = HOUR_MS / 4
const POWER_KW = 10

interface Day {
  readonly date: string
  /** Its first instant and the first of the next day. */
  readonly start: string
  readonly end: string
  readonly hours: number
  /** From 02:00 to 04:00 by the local clock. */
  readonly night: readonly [from: string, to: string]
}

function day(date: string, start: string, end: string, hours: number, from: string, to: string): Day {
  return {
    date,
    start: `${start}:00.000Z`,
    end: `${end}:00.000Z`,
    hours,
    night: [`${from}:00.000Z`, `${to}:00.000Z`],
  }
}

/** Of each zone the days of its changes of clock up to now; of those without, one that others have. */
const zones: Readonly<Record<string, readonly Day[]>> = {
  'Asia/Shanghai': [
    day('2026-03-29', '2026-03-28T16:00', '2026-03-29T16:00', 24, '2026-03-28T18:00', '2026-03-28T20:00'),
  ],
  'Asia/Kolkata': [
    day('2026-03-29', '2026-03-28T18:30', '2026-03-29T18:30', 24, '2026-03-28T20:30', '2026-03-28T22:30'),
  ],
  'Asia/Kathmandu': [
    day('2026-03-29', '2026-03-28T18:15', '2026-03-29T18:15', 24, '2026-03-28T20:15', '2026-03-28T22:15'),
  ],
  'Europe/Berlin': [
    // From two to three the clock skips, or shows it twice.
    day('2025-03-30', '2025-03-29T23:00', '2025-03-30T22:00', 23, '2025-03-30T01:00', '2025-03-30T02:00'),
    day('2025-10-26', '2025-10-25T22:00', '2025-10-26T23:00', 25, '2025-10-26T00:00', '2025-10-26T03:00'),
    day('2026-03-29', '2026-03-28T23:00', '2026-03-29T22:00', 23, '2026-03-29T01:00', '2026-03-29T02:00'),
    day('2026-10-25', '2026-10-24T22:00', '2026-10-25T23:00', 25, '2026-10-25T00:00', '2026-10-25T03:00'),
  ],
  'America/New_York': [
    // In autumn it is the hour from one to two that comes twice.
    day('2025-03-09', '2025-03-09T05:00', '2025-03-10T04:00', 23, '2025-03-09T07:00', '2025-03-09T08:00'),
    day('2025-11-02', '2025-11-02T04:00', '2025-11-03T05:00', 25, '2025-11-02T07:00', '2025-11-02T09:00'),
    day('2026-03-08', '2026-03-08T05:00', '2026-03-09T04:00', 23, '2026-03-08T07:00', '2026-03-08T08:00'),
    day('2026-11-01', '2026-11-01T04:00', '2026-11-02T05:00', 25, '2026-11-01T07:00', '2026-11-01T09:00'),
  ],
  'Australia/Lord_Howe': [
    // By half an hour: back from two to half past one, and on from two to half past two.
    day('2025-04-06', '2025-04-05T13:00', '2025-04-06T13:30', 24.5, '2025-04-05T15:30', '2025-04-05T17:30'),
    day('2025-10-05', '2025-10-04T13:30', '2025-10-05T13:00', 23.5, '2025-10-04T15:30', '2025-10-04T17:00'),
    day('2026-04-05', '2026-04-04T13:00', '2026-04-05T13:30', 24.5, '2026-04-04T15:30', '2026-04-04T17:30'),
    day('2026-10-04', '2026-10-03T13:30', '2026-10-04T13:00', 23.5, '2026-10-03T15:30', '2026-10-03T17:00'),
  ],
}
const past = (days: readonly Day[]) => days.filter(({ end }) => Date.parse(end) < Date.now() - 48 * HOUR_MS)
const idOf = (zone: string) => zone.replace('/', '-').replace('_', '-').toLowerCase()

const organisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: Object.keys(zones).map((zone) => ({
    id: idOf(zone),
    kind: 'office',
    zone,
    meters: [
      {
        id: `${idOf(zone)}-e`,
        utility: 'electricity',
        role: 'import',
        register: { unit: 'kWh', digits: 8 },
        limitPerHour: 100,
      },
      { id: `${idOf(zone)}-w`, utility: 'tap-water', role: 'import', register: { unit: 'm3', digits: 8 } },
    ],
  })),
}

/** The whole of 2025 in every zone, read by the hour. */
const FIRST = Date.UTC(2024, 11, 30)
const LAST = Date.UTC(2026, 0, 3)

/**
 * The flow in a quarter of an hour, m3/h: 2 all the time, but 1 in the last quarter of a night and nothing
 * in those before and after it.
 */
function flowAt(quarter: number, days: readonly Day[]): number {
  for (const { night } of days) {
    const [from, to] = [Date.parse(night[0]), Date.parse(night[1])]
    if (quarter === from - QUARTER_MS || quarter === to) return 0
    if (quarter === to - QUARTER_MS) return 1
  }
  return 2
}

/** Readings of a zone's two meters: by the hour through 2025, by the quarter around the days of the table. */
function readings(days: readonly Day[]): { e: Sent[]; w: Sent[] } {
  const near = days.map(({ start, end }) => [
    Date.parse(start) - 36 * HOUR_MS,
    Date.parse(end) + 36 * HOUR_MS,
  ])
  const last = Math.max(LAST, ...near.map(([, to]) => to as number))
  const e: Sent[] = []
  const w: Sent[] = []
  let volume = 0
  for (let at = FIRST; at <= last; at += QUARTER_MS) {
    const close = near.some(([from, to]) => at >= (from as number) && at <= (to as number))
    if (close || (at <= LAST && at % HOUR_MS === 0)) {
      e.push([at, (POWER_KW * (at - FIRST)) / HOUR_MS])
      w.push([at, volume])
    }
    volume += flowAt(at, days) / 4
  }
  return { e, w }
}

let place: Awaited<ReturnType<typeof home>>
let program: Program
beforeAll(async () => {
  place = await home(organisation)
  program = await startProgram(place.folder)
  for (const [zone, days] of Object.entries(zones)) {
    const { e, w } = readings(past(days))
    for (let i = 0; i < e.length; i += 5000) {
      await publish(program.mqtt, [
        messageOf(idOf(zone), `${idOf(zone)}-e`, e.slice(i, i + 5000)),
        messageOf(idOf(zone), `${idOf(zone)}-w`, w.slice(i, i + 5000)),
      ])
    }
  }
  await program.settled()
}, 180_000)
afterAll(async () => {
  await program.end('SIGTERM')
  await place.remove()
})

const hoursLong = ({ start, end }: { start: string; end: string }) =>
  (Date.parse(end) - Date.parse(start)) / HOUR_MS
const total = (rows: readonly FigureRow[]) => rows.reduce((sum, { value }) => sum + (value as number), 0)

/** The local clock at an instant, by the platform and not by the product: `2025-03-30 00:00:00`. */
function clockIn(zone: string): (instant: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
  return (instant) => format.format(Date.parse(instant))
}

/** Rows follow each other without a break, and all of them are known and come to 10 kW. */
function expectWhole(rows: readonly FigureRow[]): void {
  for (const [i, row] of rows.entries()) {
    expect(row.value, row.start).toBeCloseTo(POWER_KW * hoursLong(row), 6)
    expect(row).toMatchObject({ unit: 'kWh', coverage: 1, estimated: 0 })
    if (i > 0) expect(row.start).toBe(rows[i - 1]?.end)
  }
}

describe.each(Object.entries(zones))('10 kW in %s', (zone, all) => {
  const days = past(all)
  const id = idOf(zone)
  const figures = (grain: string, from: string, to: string) =>
    meterFigures(program, `${id}-e`, grain, from, to)
  const clock = clockIn(zone)

  it('the days of 2025 are the local ones, as long as their clock has them (M13)', async () => {
    const rows = await figures('day', '2025', '2026')
    expect(rows.length).toBe(365)
    expectWhole(rows)
    const dates = rows.map(({ start }) => clock(start))
    expect(dates).toEqual(
      rows.map((_, i) => `${new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10)} 00:00:00`),
    )
    const odd = rows.filter((row) => hoursLong(row) !== 24)
    expect(odd.map((row) => [clock(row.start).slice(0, 10), hoursLong(row)])).toEqual(
      days.filter(({ date, hours }) => date < '2026' && hours !== 24).map(({ date, hours }) => [date, hours]),
    )
  })

  it.each(days)('$date has $hours hours', async ({ date, start, end, hours }) => {
    const next = new Date(Date.parse(`${date}T00:00:00Z`) + 24 * HOUR_MS).toISOString().slice(0, 10)
    const rows = await figures('day', date, next)
    expect(rows.map((row) => [row.start, row.end])).toEqual([[start, end]])
    expect(rows[0]?.value).toBeCloseTo(POWER_KW * hours, 6)
    expect(rows[0]).toMatchObject({ coverage: 1, estimated: 0, quality: 'measured' })
    for (const grain of ['hour', '15m']) {
      const parts = await figures(grain, date, next)
      expectWhole(parts)
      expect([parts[0]?.start, parts.at(-1)?.end]).toEqual([start, end])
      expect(total(parts)).toBeCloseTo(POWER_KW * hours, 6)
      // A change by half an hour makes one hour a half.
      const length = grain === 'hour' ? 1 : 0.25
      const short = parts.filter((row) => hoursLong(row) !== length)
      expect(short.map(hoursLong)).toEqual(grain === 'hour' && hours % 1 !== 0 ? [0.5] : [])
      if (grain === 'hour' && short.length === 0) expect(parts.length).toBe(hours)
    }
  })

  it('the months are the sums of their days, and the year that of its months', async () => {
    const months = await figures('month', '2025', '2026')
    expect(months.length).toBe(12)
    expectWhole(months)
    expect(months.map(({ start }) => clock(start))).toEqual(
      Array.from({ length: 12 }, (_, m) => `2025-${String(m + 1).padStart(2, '0')}-01 00:00:00`),
    )
    const ofYear = await figures('day', '2025', '2026')
    for (const { start, end, value } of months) {
      const own = ofYear.filter((row) => row.start >= start && row.start < end)
      expect(total(own)).toBeCloseTo(value as number, 6)
    }
    const [year] = await figures('year', '2025', '2026')
    expect([year?.start, year?.end]).toEqual([months[0]?.start, months[11]?.end])
    expect(year?.value).toBeCloseTo(87_600, 6)
    expect(total(months)).toBeCloseTo(87_600, 6)
  })

  it('the first hour of a year is not the last one of the year before', async () => {
    const [midnight] = (await figures('day', '2025-01-01', '2025-01-02')).map(({ start }) =>
      Date.parse(start),
    )
    const around = (ms: number) => new Date((midnight as number) + ms).toISOString()
    const rows = await figures('hour', around(-2 * HOUR_MS), around(2 * HOUR_MS))
    expectWhole(rows)
    expect(rows.map(({ start }) => clock(start))).toEqual([
      '2024-12-31 22:00:00',
      '2024-12-31 23:00:00',
      '2025-01-01 00:00:00',
      '2025-01-01 01:00:00',
    ])
  })

  it.each(days)('the night of $date is that of its clock', async ({ date, start, end, night }) => {
    const { rows } = await program.get(`/night-flow?scope=meter:${id}-w&from=${date}&to=${date}T23:30:00Z`)
    const row = rows.find((one: { start: string }) => one.start === start)
    expect(row).toMatchObject({
      end,
      at: new Date(Date.parse(night[1]) - QUARTER_MS).toISOString(),
      over: '15m',
      coverage: 1,
      estimated: 0,
      quality: 'measured',
      unit: 'm3/h',
    })
    expect(row.value).toBeCloseTo(1, 9)
    // Two quarters of the day without flow, and one of half as much.
    const hours = hoursLong({ start, end })
    expect(row.share).toBeCloseTo(1 / ((2 * hours - 1.25) / hours), 9)
  })
})
