import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../support/json.ts'
import { type FigureRow, messageOf, meterFigures, type Sent } from '../support/meter-figures.ts'
import { home, type Program, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

/** An instant of 1 March 2026, from hours and minutes. */
const at = (time: string) => `2026-03-01T${time}:00Z`
const kwh = (more: object = {}) => ({ register: { unit: 'kWh', digits: 6, ...more } })

/** What each meter is, and what it sends before the first test. */
const meters: Readonly<Record<string, readonly [meter: object, readings: readonly Sent[]]>> = {
  difference: [
    kwh({ digits: 8 }),
    [
      [at('00:00'), 1000],
      [at('01:00'), 1024.5],
    ],
  ],
  boundary: [
    kwh({ digits: 8 }),
    [
      ['2026-01-31T23:50:00Z', 5000],
      ['2026-02-01T00:20:00Z', 5030],
    ],
  ],
  rollover: [
    { ...kwh(), limitPerHour: 1000 },
    [
      [at('00:00'), 999_950],
      [at('01:00'), 120],
    ],
  ],
  transformer: [
    { ...kwh({ multiplier: 40 }), limitPerHour: 40_000 },
    [
      [at('00:00'), 999_950],
      [at('01:00'), 120],
    ],
  ],
  reset: [
    { ...kwh(), limitPerHour: 125 },
    [
      [at('00:00'), 412_300],
      [at('01:00'), 15],
    ],
  ],
  replacement: [
    kwh(),
    [
      [at('00:00'), 8420],
      [at('02:00'), 9.9],
    ],
  ],
  spike: [
    { ...kwh({ digits: 8 }), limitPerHour: 50 },
    [
      [at('00:00'), 100],
      [at('01:00'), 101],
      [at('02:00'), 9999],
      [at('03:00'), 103],
      [at('04:00'), 104],
    ],
  ],
  stuck: [
    { ...kwh({ digits: 8 }), minimumPerHour: 5, limitPerHour: 500 },
    Array.from(
      { length: 13 },
      (_, h): Sent => [Date.parse(at('00:00')) + h * 3_600_000, h < 12 ? 7000 : 7360],
    ),
  ],
  gauge: [
    { gauge: { unit: 'kW', maxGap: 'PT30M' } },
    [
      [at('00:00'), 100],
      [at('00:15'), 120],
      [at('00:30'), 80],
      [at('01:00'), 80],
    ],
  ],
  'silent-gauge': [
    { gauge: { unit: 'kW', maxGap: 'PT30M' } },
    [
      [at('00:00'), 40],
      [at('00:30'), 40],
      [at('02:30'), 40],
      [at('03:00'), 40],
    ],
  ],
  units: [
    kwh({ digits: 8 }),
    [
      [at('00:00'), 1000],
      [at('01:00'), 1.5, 'MWh'],
      [at('02:00'), 2000, 'kWh'],
    ],
  ],
  conflict: [
    kwh(),
    [
      [at('00:00'), 10],
      [at('01:00'), 25],
      [at('02:00'), 30],
    ],
  ],
  // With digits and without a limit a fall far from the turn is no rollover by itself.
  turned: [
    kwh(),
    [
      [at('00:00'), 900_000],
      [at('01:00'), 100_000],
    ],
  ],
  declared: [
    kwh(),
    [
      [at('00:00'), 100],
      [at('01:00'), 110],
      [at('02:00'), 115],
      [at('03:00'), 130],
    ],
  ],
}

const ofSite = (id: string, meter: object) => ({ id, utility: 'electricity', role: 'submeter', ...meter })
const organisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: [
    {
      id: 'works',
      kind: 'factory',
      zone: 'UTC',
      meters: [
        ...Object.entries(meters).map(([id, [meter]]) => ofSite(id, meter)),
        ofSite('holed', { gauge: { unit: 'kW', maxGap: 'PT1H' } }),
        ofSite('late', kwh()),
        ofSite('shuffled', kwh()),
      ],
    },
  ],
}

let place: Awaited<ReturnType<typeof home>>
let program: Program
beforeAll(async () => {
  place = await home(organisation)
  program = await startProgram(place.folder)
  await send(...Object.entries(meters).map(([id, [, readings]]) => messageOf('works', id, readings)))
})
afterAll(async () => {
  await program.end('SIGTERM')
  await place.remove()
})

async function send(...messages: { topic: string; payload: object[] }[]): Promise<void> {
  await publish(program.mqtt, messages)
  await program.settled()
}

/** Of a meter the hours of 1 March, from `from` to before `to` o'clock. */
function hours(meter: string, from: number, to: number): Promise<FigureRow[]> {
  const clock = (hour: number) => at(`${String(hour).padStart(2, '0')}:00`)
  return meterFigures(program, meter, 'hour', clock(from), clock(to))
}

/** What a row says of its hour, without when and in which unit. */
const said = ({ value, coverage, estimated, quality }: FigureRow) => [value, coverage, estimated, quality]

async function declare(meter: string, event: object): Promise<string> {
  const answer = await fetch(`${program.http}/api/v1/meter-events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ meter, ...event }),
  })
  const { id, ...rest } = (await answer.json()) as Json
  expect([answer.status, rest]).toMatchObject([201, { meter }])
  await program.settled()
  return id
}

async function takeBack(id: string): Promise<void> {
  const answer = await fetch(`${program.http}/api/v1/meter-events/${id}`, { method: 'DELETE' })
  expect(answer.status).toBe(200)
  await program.settled()
}

describe('what a register used', () => {
  it('is the difference of its faces (M1)', async () => {
    expect(await hours('difference', 0, 1)).toEqual([
      {
        start: '2026-03-01T00:00:00.000Z',
        end: '2026-03-01T01:00:00.000Z',
        value: 24.5,
        unit: 'kWh',
        coverage: 1,
        estimated: 0,
        quality: 'measured',
      },
    ])
  })

  it.each(['15m', 'hour', 'day', 'month'])(
    'falls on both sides of an edge by time, by the %s (M2)',
    async (grain) => {
      const rows = await meterFigures(
        program,
        'boundary',
        grain,
        '2026-01-31T23:00:00Z',
        '2026-02-01T00:45:00Z',
      )
      const used = rows.filter(({ value }) => value !== null)
      const before = used.filter(({ start }) => start < '2026-02')
      const after = used.filter(({ start }) => start >= '2026-02')
      const sum = (list: readonly FigureRow[]) =>
        list.reduce((total, { value }) => total + (value as number), 0)
      expect(sum(before)).toBeCloseTo(10, 9)
      expect(sum(after)).toBeCloseTo(20, 9)
      // What is known of a span in part is missing in part, and says why.
      for (const { coverage, quality, reason } of used.filter((row) => row.coverage < 1))
        expect([quality, reason]).toEqual([
          'missing',
          `boundary has data for ${(coverage * 100).toFixed(1)} % of the span`,
        ])
    },
  )

  it('goes on over a turn that the limit allows (M3)', async () => {
    expect((await hours('rollover', 0, 1)).map(said)).toEqual([[170, 1, 0, 'measured']])
    expect((await hours('transformer', 0, 1)).map(said)).toEqual([[6800, 1, 0, 'measured']])
  })

  it('is after a reset at least what its face shows (M4)', async () => {
    const [row] = (await hours('reset', 0, 1)) as [FigureRow]
    expect(row.value).toBeGreaterThanOrEqual(15)
    expect(row.value).toBeLessThanOrEqual(125)
    expect(row).toMatchObject({ unit: 'kWh', estimated: 1, quality: 'suspect' })
    expect(row.coverage).toBeGreaterThan(0)
    expect(row.coverage).toBeLessThan(1)
    const [day] = await meterFigures(program, 'reset', 'day', '2026-03-01', '2026-03-02')
    expect(day).toMatchObject({ value: row.value, quality: 'suspect' })
  })

  it('is bridged where it shows something impossible once, which stays listed (M6)', async () => {
    expect((await hours('spike', 0, 4)).map(said)).toEqual([
      [1, 1, 0, 'measured'],
      [1, 1, 0, 'interpolated'],
      [1, 1, 0, 'interpolated'],
      [1, 1, 0, 'measured'],
    ])
    const [day] = await meterFigures(program, 'spike', 'day', '2026-03-01', '2026-03-02')
    expect(day?.value).toBe(4)
    const { rows } = await program.get('/readings?meter=spike&from=2026-03-01&to=2026-03-02')
    expect(rows.map(({ value, flags }: Json) => [value, ...flags])).toEqual([
      [100],
      [101],
      [9999, 'spike'],
      [103],
      [104],
    ])
  })

  it('is spread over the time that it stood still, where it caught up (M7)', async () => {
    expect((await hours('stuck', 0, 12)).map(said)).toEqual(Array(12).fill([30, 1, 1, 'estimated']))
    const [day] = await meterFigures(program, 'stuck', 'day', '2026-03-01', '2026-03-02')
    // The day holds the whole of it, so its total is certain; the other half is not known.
    expect(day).toMatchObject({ value: 360, coverage: 0.5, estimated: 0, quality: 'missing' })
  })

  it('comes out the same where some readings are in another unit', async () => {
    const rows = await hours('units', 0, 2)
    expect(rows.map(said)).toEqual([
      [500, 1, 0, 'measured'],
      [500, 1, 0, 'measured'],
    ])
    expect(rows.map(({ unit }) => unit)).toEqual(['kWh', 'kWh'])
    const { rows: raw } = await program.get('/readings?meter=units&from=2026-03-01&to=2026-03-02')
    expect(raw.map(({ value, unit }: Json) => [value, unit])).toEqual([
      [1000, 'kWh'],
      [1.5, 'MWh'],
      [2000, 'kWh'],
    ])
  })
})

describe('what a gauge used', () => {
  it('is the area under its line (M10)', async () => {
    const [row] = (await hours('gauge', 0, 1)) as [FigureRow]
    expect(row.value).toBeCloseTo(92.5, 9)
    expect(row).toMatchObject({ unit: 'kWh', coverage: 1, estimated: 0, quality: 'measured' })
  })

  it('is not known across a gap that is longer than its maxGap', async () => {
    const rows = await hours('silent-gauge', 0, 3)
    expect(rows.map(said)).toEqual([
      [20, 0.5, 0, 'missing'],
      [null, 0, 0, 'missing'],
      [20, 0.5, 0, 'missing'],
    ])
    expect(rows[1]?.reason).toBe('no readings from silent-gauge in this span')
  })
})

describe('a gauge that is silent for a day', () => {
  const day = Date.UTC(2026, 1, 18)
  const month = Array.from({ length: 28 * 24 + 1 }, (_, h) => Date.UTC(2026, 1, 1) + h * 3_600_000)
  const inside = (instant: number) => instant > day && instant < day + 86_400_000
  const figures = async () => {
    const [ofDay] = await meterFigures(program, 'holed', 'day', '2026-02-18', '2026-02-19')
    const [ofMonth] = await meterFigures(program, 'holed', 'month', '2026-02', '2026-03')
    return [ofDay, ofMonth] as [FigureRow, FigureRow]
  }

  it('used what like days used, as an estimate also of the month', async () => {
    const known = month.filter((instant) => !inside(instant))
    await send(
      messageOf(
        'works',
        'holed',
        known.map((instant): Sent => [instant, 10]),
      ),
    )
    const [ofDay, ofMonth] = await figures()
    expect(said(ofDay)).toEqual([expect.closeTo(240, 9), 1, 1, 'estimated'])
    expect(said(ofMonth)).toEqual([expect.closeTo(6720, 9), 1, expect.closeTo(240 / 6720, 12), 'estimated'])
  })

  it('used what its readings say as soon as they come', async () => {
    await send(
      messageOf(
        'works',
        'holed',
        month.filter(inside).map((instant): Sent => [instant, 12]),
      ),
    )
    const [ofDay, ofMonth] = await figures()
    expect(said(ofDay)).toEqual([expect.closeTo(286, 9), 1, 0, 'measured'])
    expect(said(ofMonth)).toEqual([expect.closeTo(6766, 9), 1, 0, 'measured'])
  })
})

describe('another value for the same instant', () => {
  it('counts in place of the earlier one, and both are listed', async () => {
    await send(messageOf('works', 'conflict', [[at('01:00'), 18]]))
    expect((await hours('conflict', 0, 2)).map(({ value }) => value)).toEqual([8, 12])
    const { rows } = await program.get('/readings?meter=conflict&from=2026-03-01&to=2026-03-02')
    expect(rows.map(({ value, flags }: Json) => [value, flags])).toEqual([
      [10, []],
      [18, ['conflict']],
      [30, []],
    ])
    expect(rows[1].conflicts).toEqual([{ value: 25, unit: 'kWh', receivedAt: expect.any(String) }])
  })
})

describe('what is declared', () => {
  const rest: readonly [string, string, object, number, (readonly [number, string])[]][] = [
    [
      'a replacement with its faces and another multiplier joins both meters (M5)',
      'replacement',
      { kind: 'replacement', at: at('01:00'), closing: 8425.5, opening: 3.2, multiplier: 10 },
      2,
      [
        [5.5, 'edited'],
        [67, 'edited'],
      ],
    ],
    [
      'a reset with the face that it had: what was used before and after it',
      'reset',
      { kind: 'reset', at: at('00:30'), closing: 412_340 },
      1,
      [[55, 'edited']],
    ],
    [
      'a rollover that the limits do not tell',
      'turned',
      { kind: 'rollover', at: at('00:30') },
      1,
      [[200_000, 'measured']],
    ],
    [
      'another multiplier, from its instant on',
      'declared',
      { kind: 'multiplier', at: at('02:00'), multiplier: 2 },
      3,
      [
        [10, 'measured'],
        [5, 'edited'],
        [30, 'measured'],
      ],
    ],
    [
      'a reading that is not to count',
      'declared',
      { kind: 'exclude', at: at('02:00') },
      3,
      [
        [10, 'measured'],
        [10, 'interpolated'],
        [10, 'interpolated'],
      ],
    ],
    [
      'what was used, in place of what was metered',
      'declared',
      { kind: 'correction', at: at('01:00'), to: at('03:00'), value: 50 },
      3,
      [
        [10, 'measured'],
        [25, 'edited'],
        [25, 'edited'],
      ],
    ],
  ]

  it.each(rest)(
    '%s; taken back, the first figures are there again',
    async (_, meter, event, count, expected) => {
      const figures = async () => ({
        hours: await hours(meter, 0, 4),
        days: await meterFigures(program, meter, 'day', '2026-02-28', '2026-03-03'),
        years: await meterFigures(program, meter, 'year', '2026', '2027'),
      })
      const before = await figures()
      const id = await declare(meter, event)
      const after = await figures()
      const shown = after.hours.slice(0, count)
      for (const [i, [value, quality]] of expected.entries()) {
        expect(shown[i]?.value).toBeCloseTo(value, 9)
        expect(shown[i]).toMatchObject({ unit: 'kWh', coverage: 1, estimated: 0, quality })
      }
      const sum = expected.reduce((total, [value]) => total + value, 0)
      expect(after.days[1]?.value).toBeCloseTo(sum, 9)
      expect(after.years[0]?.value).toBeCloseTo(sum, 9)
      await takeBack(id)
      const again = await figures()
      // Coverage of the running year moves with the clock.
      expect({ ...again, years: again.years.map(({ value }) => value) }).toEqual({
        ...before,
        years: before.years.map(({ value }) => value),
      })
    },
  )

  it('not to count stays listed, and says so while it is in force', async () => {
    const id = await declare('declared', { kind: 'exclude', at: at('02:00') })
    const flags = async () =>
      (await program.get('/readings?meter=declared&from=2026-03-01&to=2026-03-02')).rows.map((row: Json) => [
        row.value,
        row.flags,
      ])
    expect(await flags()).toEqual([
      [100, []],
      [110, []],
      [115, ['excluded']],
      [130, []],
    ])
    await takeBack(id)
    expect((await flags())[2]).toEqual([115, []])
  })
})

describe('a reading that comes nearly two years late (M15)', () => {
  const DAY_MS = 86_400_000
  const from = Date.UTC(2024, 11, 1)
  const newYear = Date.UTC(2025, 0, 1)
  /** Read at each midnight of December and January: 928 in 29 days, 48 on the 30th, then 48 over the two days around new year. */
  const faces = Array.from({ length: 63 }, (_, day): [number, number] => {
    const used = day < 30 ? day * 32 : 976 + (day - 30) * 24
    return [from + day * DAY_MS, used]
  })
  const late: Sent = [newYear, 1006]
  const known: readonly Sent[] = faces.filter(([instant]) => instant !== newYear)
  const grains = ['hour', 'day', 'month', 'year'] as const

  async function figures(meter: string): Promise<[string, ...unknown[]][]> {
    const all = await Promise.all(
      grains.map((grain) => meterFigures(program, meter, grain, '2024-11-30', '2025-02-10')),
    )
    return all.flatMap((rows, i) =>
      rows.map((row): [string, ...unknown[]] => [`${grains[i]} ${row.start}`, ...said(row)]),
    )
  }
  const december = async () =>
    (await meterFigures(program, 'late', 'month', '2024-12', '2025-01'))[0] as FigureRow

  it('changes the spans that it touches, up to the years, and no other', async () => {
    await send(messageOf('works', 'late', known))
    const first = await december()
    expect(first).toMatchObject({ unit: 'kWh', coverage: 1, quality: 'estimated' })
    expect(first.value).toBeCloseTo(1000, 9)
    expect(first.estimated).toBeCloseTo(24 / 1000, 12)
    const before = await figures('late')

    await send(messageOf('works', 'late', [late]))
    const second = await december()
    expect(second).toMatchObject({ coverage: 1, estimated: 0, quality: 'measured' })
    expect(second.value).toBeCloseTo(1006, 9)
    const after = await figures('late')
    const changed = after.filter((row, i) => JSON.stringify(row) !== JSON.stringify(before[i]))
    const hoursAround = Array.from(
      { length: 48 },
      (_, h) => `hour ${new Date(newYear + (h - 24) * 3_600_000).toISOString()}`,
    )
    expect(changed.map(([span]) => span)).toEqual([
      ...hoursAround,
      'day 2024-12-31T00:00:00.000Z',
      'day 2025-01-01T00:00:00.000Z',
      'month 2024-12-01T00:00:00.000Z',
      'month 2025-01-01T00:00:00.000Z',
      'year 2024-01-01T00:00:00.000Z',
      'year 2025-01-01T00:00:00.000Z',
    ])
  })

  it('and once more changes nothing', async () => {
    const before = await figures('late')
    await send(messageOf('works', 'late', [late]), messageOf('works', 'late', [faces[3] as Sent]))
    expect(await figures('late')).toEqual(before)
  })

  it('comes to the same in whatever order the readings arrive', async () => {
    const all: readonly Sent[] = [...known, late]
    // 17 and 63 have no common factor, so each comes once.
    const shuffled = all.map((_, i) => all[(i * 17) % all.length] as Sent)
    for (let i = 0; i < shuffled.length; i += 9)
      await send(messageOf('works', 'shuffled', shuffled.slice(i, i + 9)))
    expect(await figures('shuffled')).toEqual(await figures('late'))
  })
})
