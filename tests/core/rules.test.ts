import { describe, expect, it } from 'vitest'
import { Calendar, type LocalDay, localDay, type Span } from '../../core/calendar.ts'
import { consumption, consumptionOf, piecesOf } from '../../core/consumption.ts'
import { withHolesFilled } from '../../core/holes.ts'
import { likeDays } from '../../core/like-days.ts'
import type { ReadingSeries } from '../../core/reading.ts'
import { type Consumption, combine, estimatedPart } from '../../core/rollup.ts'
import { HOUR_MS } from '../../core/window.ts'
import { gaugeRule, occurred, qualityOf, registerRule, utc } from '../support/rules.ts'
import { seriesOf } from '../support/series.ts'

const T = Date.UTC(2026, 2, 1)
const MINUTE = 60_000
const hoursFrom = (start: number, count: number, ms = HOUR_MS): Span[] =>
  Array.from({ length: count }, (_, i) => ({ start: start + i * ms, end: start + (i + 1) * ms }))
const hourly = (...faces: number[]): ReadingSeries =>
  seriesOf(faces.map((face, h) => [T + h * HOUR_MS, face] as const))
const values = (rows: readonly { value: number }[]) => rows.map(({ value }) => value)

describe('a difference', () => {
  it('is what a register used in an hour (M1)', () => {
    const [row] = consumption(hourly(1000, 1024.5), registerRule({ digits: 8 }), hoursFrom(T, 1))
    expect(row).toMatchObject({ value: 24.5, coveredMs: HOUR_MS })
    expect(qualityOf(row as never)).toBe('measured')
  })

  it('falls on both sides of a boundary by time (M2)', () => {
    const february = Date.UTC(2026, 1, 1)
    const series = seriesOf([
      [february - 10 * MINUTE, 5000],
      [february + 20 * MINUTE, 5030],
    ])
    const months = utc.spans('month', february - HOUR_MS, february + HOUR_MS)
    expect(values(consumption(series, registerRule({ digits: 8 }), months))).toEqual([10, 20])
  })
})

describe('a register that falls', () => {
  it('has turned over where the limit allows it (M3a)', () => {
    const rule = registerRule({ digits: 6 }, { limitPerHour: 1000 })
    const [row] = consumption(hourly(999_950, 120), rule, hoursFrom(T, 1))
    expect(row).toMatchObject({ value: 170, coveredMs: HOUR_MS, flags: 0 })
  })

  it('has turned over behind a transformer as well (M3b)', () => {
    const rule = registerRule({ digits: 6, multiplier: 40 }, { limitPerHour: 40_000 })
    expect(values(consumption(hourly(999_950, 120), rule, hoursFrom(T, 1)))).toEqual([6800])
  })

  it('was reset where it does not: at least its face, and flagged (M4)', () => {
    const rule = registerRule({ digits: 6 }, { limitPerHour: 125 })
    const rows = consumption(hourly(412_300, 15, 40), rule, hoursFrom(T, 2))
    expect(rows[0]).toMatchObject({ value: 15, estimated: 15, coveredMs: (15 / 125) * HOUR_MS })
    expect(rows.map(qualityOf)).toEqual(['suspect', 'measured'])
    expect(rows[1]).toMatchObject({ value: 25, coveredMs: HOUR_MS })
  })

  it('is never a spike: a face that the time does not allow is not counted', () => {
    const rule = registerRule({ digits: 6 }, { limitPerHour: 125 })
    const rows = consumption(hourly(412_300, 20_000, 20_010), rule, hoursFrom(T, 2))
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [0, 0],
      [10, HOUR_MS],
    ])
  })

  it('without digits was always reset, and without a limit nothing is known of it', () => {
    const rows = consumption(hourly(999_950, 120, 130), registerRule(), hoursFrom(T, 2))
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [0, 0],
      [10, HOUR_MS],
    ])
  })

  it('with digits and no limit has turned over only close behind the turn', () => {
    const rule = registerRule({ digits: 6 })
    expect(values(consumption(hourly(999_950, 120), rule, hoursFrom(T, 1)))).toEqual([170])
    expect(values(consumption(hourly(600_000, 120), rule, hoursFrom(T, 1)))).toEqual([0])
  })

  it('may have gone round unseen in a long time: what it shows is suspect', () => {
    const rule = registerRule({ digits: 3 }, { limitPerHour: 100 })
    const series = seriesOf([
      [T, 100],
      [T + 11 * HOUR_MS, 300],
    ])
    const [row] = consumption(series, rule, [{ start: T, end: T + 11 * HOUR_MS }])
    expect(row).toMatchObject({ value: 200, estimated: 200 })
    expect(qualityOf(row as never)).toBe('suspect')
  })
})

describe('a replacement', () => {
  const replacement = (more: object = {}) => [
    occurred({
      kind: 'replacement',
      at: T + HOUR_MS,
      closing: 8425.5,
      opening: 3.2,
      multiplier: 10,
      ...more,
    }),
  ]
  const series = seriesOf([
    [T, 8420],
    [T + 2 * HOUR_MS, 9.9],
  ])

  it('joins the old register and the new one (M5)', () => {
    const rows = consumption(series, registerRule({ digits: 6 }), hoursFrom(T, 2), {
      occurrences: replacement(),
    })
    expect(rows[0]?.value).toBeCloseTo(5.5, 9)
    expect(rows[1]?.value).toBeCloseTo(67, 9)
    expect(rows.map(qualityOf)).toEqual(['edited', 'edited'])
  })

  it('leaves the time of the swap uncovered', () => {
    const rows = consumption(series, registerRule({ digits: 6 }), hoursFrom(T, 2), {
      occurrences: replacement({ to: T + 1.5 * HOUR_MS }),
    })
    expect(rows.map(({ coveredMs }) => coveredMs)).toEqual([HOUR_MS, HOUR_MS / 2])
    expect(rows[1]?.value).toBeCloseTo(67, 9)
  })

  it('without its faces is a break: nothing is known on either side of it', () => {
    const rows = consumption(series, registerRule({ digits: 6 }), hoursFrom(T, 2), {
      occurrences: [occurred({ kind: 'replacement', at: T + HOUR_MS })],
    })
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [0, 0],
      [0, 0],
    ])
  })
})

describe('another multiplier', () => {
  it('holds from its instant on, and shares what lies across it by time', () => {
    const rows = consumption(hourly(0, 10, 20, 30), registerRule(), hoursFrom(T, 3), {
      occurrences: [occurred({ kind: 'multiplier', at: T + 1.5 * HOUR_MS, multiplier: 3 })],
    })
    expect(values(rows)).toEqual([10, 20, 30])
    expect(rows.map(qualityOf)).toEqual(['measured', 'edited', 'measured'])
  })
})

describe('several changes between two readings', () => {
  const of = (occurrences: Parameters<typeof occurred>[0][], ...faces: [number, number][]) =>
    values(
      consumption(
        seriesOf(faces.map(([h, face]) => [T + h * HOUR_MS, face] as const)),
        registerRule(),
        hoursFrom(T, 8),
        { occurrences: occurrences.map(occurred) },
      ),
    )
  const change = (h: number, multiplier: number) =>
    ({ kind: 'multiplier', at: T + h * HOUR_MS, multiplier }) as const
  const swap = (h: number, faces: object = {}) =>
    ({ kind: 'replacement', at: T + h * HOUR_MS, ...faces }) as const

  it('each multiplier holds for its time', () => {
    expect(of([change(1, 10), change(3, 1)], [0, 100], [4, 140])).toEqual([10, 100, 100, 10, 0, 0, 0, 0])
    expect(of([change(1, 10), change(1, 2)], [0, 100], [2, 120])).toEqual([10, 20, 0, 0, 0, 0, 0, 0])
  })

  it('a register that was replaced does not go on, whatever else was changed meanwhile', () => {
    expect(of([change(1, 10), swap(2)], [0, 100], [4, 140])).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('a multiplier changed before the first face of the new meter holds from that face on', () => {
    const replaced = swap(0, { to: T + 6 * HOUR_MS, opening: 0 })
    expect(of([replaced, change(3, 10)], [7, 10])).toEqual([0, 0, 0, 0, 0, 0, 100, 0])
  })
})

describe('a spike', () => {
  const rule = registerRule({ digits: 8 }, { limitPerHour: 50 })

  it('is left out, and the hours beside it are bridged (M6)', () => {
    const rows = consumption(hourly(100, 101, 9999, 103, 104), rule, hoursFrom(T, 4))
    expect(values(rows)).toEqual([1, 1, 1, 1])
    expect(rows.map(qualityOf)).toEqual(['measured', 'interpolated', 'interpolated', 'measured'])
  })

  it('may last for a few readings, up or down', () => {
    expect(values(consumption(hourly(100, 9999, 9998, 9999, 104, 105), rule, hoursFrom(T, 5)))).toEqual([
      1, 1, 1, 1, 1,
    ])
    expect(values(consumption(hourly(100, 0, 0, 103, 104), rule, hoursFrom(T, 4)))).toEqual([1, 1, 1, 1])
  })

  it('is told without a limit where the face comes back', () => {
    expect(values(consumption(hourly(100, 101, 9999, 103), registerRule(), hoursFrom(T, 3)))).toEqual([
      1, 1, 1,
    ])
    expect(values(consumption(hourly(100, 101, 0, 103), registerRule(), hoursFrom(T, 3)))).toEqual([1, 1, 1])
  })

  it('that never comes back is where another register begins', () => {
    const rows = consumption(hourly(100, 101, 9000, 9001, 9002), rule, hoursFrom(T, 4))
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [1, HOUR_MS],
      [0, 0],
      [1, HOUR_MS],
      [1, HOUR_MS],
    ])
  })

  it('is not a face that shows whole units and moves by one in a minute', () => {
    const slow = registerRule({ multiplier: 40 }, { limitPerHour: 125 })
    const series = seriesOf(
      Array.from({ length: 121 }, (_, m) => [T + m * MINUTE, Math.floor(m / 40)] as const),
    )
    expect(values(consumption(series, slow, hoursFrom(T, 2)))).toEqual([40, 80])
  })
})

describe('a register that stands still where the load never is zero', () => {
  const rule = registerRule({ digits: 8 }, { minimumPerHour: 5, limitPerHour: 500 })
  const still = Array.from({ length: 12 }, () => 7000)

  it('and jumps then: the jump is spread over all that time (M7)', () => {
    const rows = consumption(hourly(...still, 7360), rule, hoursFrom(T, 12))
    expect(values(rows)).toEqual(Array.from({ length: 12 }, () => 30))
    expect(new Set(rows.map(qualityOf))).toEqual(new Set(['estimated']))
    const [whole] = consumption(hourly(...still, 7360), rule, [{ start: T, end: T + 12 * HOUR_MS }])
    expect(whole).toMatchObject({ value: 360, head: 0, tail: 0 })
    expect(qualityOf(whole as never)).toBe('measured')
  })

  it('has used nobody knows what until it moves', () => {
    const rows = consumption(hourly(...still), rule, hoursFrom(T, 11))
    expect(rows.every(({ coveredMs }) => coveredMs === 0)).toBe(true)
  })

  it('and merely goes on has lost that time', () => {
    const rows = consumption(hourly(...still, 7006), rule, hoursFrom(T, 12))
    expect(rows.map(({ coveredMs }) => coveredMs)).toEqual([...Array.from({ length: 11 }, () => 0), HOUR_MS])
    expect(rows.at(-1)?.value).toBe(6)
  })

  it('for too short a time to move by a unit was not stuck', () => {
    const coarse = registerRule({ multiplier: 100 }, { minimumPerHour: 5 })
    const rows = consumption(hourly(7, 7, 8), coarse, hoursFrom(T, 2))
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [0, HOUR_MS],
      [100, HOUR_MS],
    ])
  })

  it('is found out by a jump that the limit does not allow at once, within a day', () => {
    const limited = registerRule({}, { limitPerHour: 100 })
    const rows = consumption(hourly(0, 10, 10, 10, 10, 300, 310), limited, hoursFrom(T, 6))
    expect(values(rows)).toEqual([10, 72.5, 72.5, 72.5, 72.5, 10])
    expect(rows.map(qualityOf)).toEqual([
      'measured',
      'estimated',
      'estimated',
      'estimated',
      'estimated',
      'measured',
    ])
  })

  it('is a zero like any other where nothing says that the load never is', () => {
    const rows = consumption(hourly(...still, 7360), registerRule(), hoursFrom(T, 12))
    expect(rows.map(({ value }) => value)).toEqual([...Array.from({ length: 11 }, () => 0), 360])
  })
})

describe('a gap of up to two hours', () => {
  const half = 30 * MINUTE
  const gap = (total: number) =>
    seriesOf([
      [T, 0],
      [T + half, 12],
      [T + 4 * half, 12 + total],
      [T + 5 * half, 12 + total + 20],
    ])
  const spans = hoursFrom(T, 5, half)

  it('runs straight from the rate before it to the rate after it (M8a)', () => {
    const rows = consumption(gap(48), registerRule(), spans)
    for (const [i, wanted] of [12, 14, 16, 18, 20].entries()) expect(rows[i]?.value).toBeCloseTo(wanted, 9)
    expect(rows.map(qualityOf)).toEqual([
      'measured',
      'interpolated',
      'interpolated',
      'interpolated',
      'measured',
    ])
  })

  it('is scaled to what the register counted (M8b)', () => {
    const rows = consumption(gap(60), registerRule(), spans)
    for (const [i, wanted] of [12, 17.5, 20, 22.5, 20].entries())
      expect(rows[i]?.value).toBeCloseTo(wanted, 9)
  })

  it('never goes above the limit: then it runs evenly', () => {
    const rows = consumption(gap(60), registerRule({}, { limitPerHour: 44 }), spans)
    for (const [i, wanted] of [12, 20, 20, 20, 20].entries()) expect(rows[i]?.value).toBeCloseTo(wanted, 9)
  })
})

describe('a longer gap', () => {
  // Monday 2026-03-02 to Thursday 2026-03-05; the gap is on Thursday from 09:00 to 12:00.
  const monday = Date.UTC(2026, 2, 2)
  const gapAt = monday + 3 * 24 * HOUR_MS + 9 * HOUR_MS
  const likes = [
    [40, 50, 60],
    [44, 52, 66],
    [42, 54, 63],
  ]
  const used = (hour: number) => {
    const day = Math.floor(hour / 24)
    return likes[day]?.[(hour % 24) - 9] ?? 10
  }
  const gapHours = hoursFrom(gapAt, 3)

  /** Faces by the hour up to the gap, and from its end on, where the register has counted `total` in it. */
  function faces(total: number): ReadingSeries {
    const rows: [number, number][] = [[monday, 0]]
    for (let h = 0; h < 3 * 24 + 9; h += 1) {
      rows.push([monday + (h + 1) * HOUR_MS, (rows.at(-1)?.[1] as number) + used(h)])
    }
    const after = (rows.at(-1)?.[1] as number) + total
    rows.push([gapAt + 3 * HOUR_MS, after], [gapAt + 4 * HOUR_MS, after + 10])
    return seriesOf(rows)
  }

  it('runs as like days did, scaled to what the register counted (M9b)', () => {
    const series = faces(164.85)
    const rule = registerRule()
    const hours = consumption(series, rule, hoursFrom(monday, 4 * 24))
    const rows = consumption(series, rule, gapHours, { courseOf: likeDays(hours, utc) })
    for (const [i, wanted] of [44.1, 54.6, 66.15].entries()) expect(rows[i]?.value).toBeCloseTo(wanted, 9)
    expect(rows.map(qualityOf)).toEqual(['estimated', 'estimated', 'estimated'])
    const [day] = consumption(series, rule, [{ start: gapAt - HOUR_MS, end: gapAt + 4 * HOUR_MS }])
    expect(day).toMatchObject({ head: 0, tail: 0, flags: 0 })
  })

  it('of which no register knows the total is the mean of like days, and stays an estimate (M9a)', () => {
    // A gauge that shows the mean of each hour over that hour, and nothing in the gap.
    const rows: [number, number][] = []
    for (let h = 0; h < 3 * 24 + 12; h += 1) {
      const at = monday + h * HOUR_MS
      if (h >= 3 * 24 + 9) continue
      rows.push([at, used(h)], [at + HOUR_MS - 1, used(h)])
    }
    rows.push([gapAt + 3 * HOUR_MS, 10], [gapAt + 4 * HOUR_MS, 10])
    const rule = gaugeRule({ maxGap: 'PT1H' })
    const pieces = piecesOf(seriesOf(rows), rule)
    const hours = consumptionOf(pieces, rule, hoursFrom(monday, 4 * 24))
    const filled = withHolesFilled(pieces, rule.limitPerHour, likeDays(hours, utc))
    const found = consumptionOf(filled, rule, gapHours)
    for (const [i, wanted] of [42, 52, 63].entries()) {
      expect(found[i]?.value).toBeCloseTo(wanted, 3)
      expect(found[i]?.estimated).toBeCloseTo(wanted, 3)
    }
    expect(consumptionOf(pieces, rule, gapHours)[1]).toMatchObject({ value: 0, coveredMs: 0 })
  })

  it.each([
    ['2026-03-29', 'is skipped'],
    ['2026-10-25', 'comes twice'],
  ])('runs like the same hours by the clock on %s, when an hour %s', (date) => {
    const berlin = new Calendar('Europe/Berlin')
    const sunday = localDay(date) as number
    const rule = registerRule()
    // On each Sunday before 10, 20 and 30 from nine to twelve by the clock, on the day itself 60 in all.
    const hours = [28, 21, 14, 7].flatMap((back) =>
      berlin
        .hoursOf((sunday - back) as LocalDay)
        .slice(0, -1)
        .map((start, h) => ({
          ...consumption(seriesOf([]), rule, [{ start, end: start + HOUR_MS }])[0],
          coveredMs: HOUR_MS,
          value: h >= 9 && h < 12 ? (h - 8) * 10 : 1,
        })),
    ) as Consumption[]
    const nine = berlin.hourOf(sunday as LocalDay, 9)
    const faces = seriesOf([
      [nine, 0],
      [nine + 3 * HOUR_MS, 60],
    ])
    const rows = consumption(faces, rule, hoursFrom(nine, 3), { courseOf: likeDays(hours, berlin) })
    for (const [i, wanted] of [10, 20, 30].entries()) expect(rows[i]?.value).toBeCloseTo(wanted, 9)
  })

  it('runs evenly where no like day was metered, and after more than four weeks', () => {
    const rule = registerRule()
    const alone = seriesOf([
      [T, 0],
      [T + 4 * HOUR_MS, 40],
    ])
    const courseOf = likeDays([], utc)
    expect(values(consumption(alone, rule, hoursFrom(T, 4), { courseOf }))).toEqual([10, 10, 10, 10])
  })
})

describe('a face in another unit', () => {
  it('that stands still does not seem to fall', () => {
    const series = { ...hourly(123_456.789, 123.456789, 123_456.789), unit: ['kWh', 'MWh', 'kWh'] }
    const rows = consumption(series, registerRule(), hoursFrom(T, 2))
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [0, HOUR_MS],
      [0, HOUR_MS],
    ])
  })
})

describe('a gauge', () => {
  const rule = gaugeRule()

  it('is integrated by trapezoid (M10)', () => {
    const series = seriesOf([
      [T, 100],
      [T + 15 * MINUTE, 120],
      [T + 30 * MINUTE, 80],
      [T + 60 * MINUTE, 80],
    ])
    expect(values(consumption(series, rule, hoursFrom(T, 1)))).toEqual([92.5])
  })

  it.each([
    ['W', 500, 0.5],
    ['MW', 0.25, 250],
    ['kW', 500, 500],
  ] as const)('shows its own unit where a reading states none: an hour of %s', (unit, value, used) => {
    const faces = [value, value, value].map((face, i): [number, number] => [T + i * 30 * MINUTE, face])
    const rule = gaugeRule({ unit, maxGap: 'PT1H' })
    expect(values(consumption(seriesOf(faces), rule, hoursFrom(T, 1)))).toEqual([used])
    const stated = { ...seriesOf(faces), unit: ['', 'kW', ''] }
    const kW = { W: 0.001, MW: 1000, kW: 1 }[unit]
    const [row] = values(consumption(stated, rule, hoursFrom(T, 1)))
    expect(row).toBeCloseTo((value * kW + value) / 2, 9)
  })

  it('is not integrated over more than its reach', () => {
    const series = seriesOf([
      [T, 100],
      [T + 31 * MINUTE, 100],
      [T + 60 * MINUTE, 100],
    ])
    expect(consumption(series, rule, hoursFrom(T, 1))[0]).toMatchObject({ coveredMs: 29 * MINUTE })
  })

  it('above its limit is left out and bridged; what flows back counts as nothing', () => {
    const limited = gaugeRule({}, { limitPerHour: 200 })
    const series = seriesOf([
      [T, 100],
      [T + 15 * MINUTE, 9999],
      [T + 30 * MINUTE, 100],
      [T + 45 * MINUTE, -50],
      [T + 60 * MINUTE, -50],
    ])
    const [row] = consumption(series, limited, hoursFrom(T, 1))
    expect(row?.value).toBeCloseTo(50 + 12.5, 9)
    expect(qualityOf(row as never)).toBe('suspect')
  })
})

describe('what people decide', () => {
  it('a correction is the consumption of its span, evenly, whatever the readings say', () => {
    const rows = consumption(
      hourly(0, 10, 500, 30),
      registerRule({}, { limitPerHour: 1000 }),
      hoursFrom(T, 3),
      {
        occurrences: [occurred({ kind: 'correction', at: T + HOUR_MS, to: T + 3 * HOUR_MS, value: 24 })],
      },
    )
    expect(values(rows)).toEqual([10, 12, 12])
    expect(rows.map(qualityOf)).toEqual(['measured', 'edited', 'edited'])
  })

  it('a correction runs evenly whatever lies beside it, and whatever like days did', () => {
    const correction = (hours: number) => ({
      occurrences: [
        occurred({ kind: 'correction', at: T + HOUR_MS, to: T + (1 + hours) * HOUR_MS, value: 12 * hours }),
      ],
      courseOf: () => ({ weight: (from: number, to: number) => to ** 2 - from ** 2, peakPerHour: 1 }),
    })
    const series = hourly(0, 10, 500, 30, 70, 110, 150)
    for (const hours of [2, 4]) {
      const rows = consumption(series, registerRule(), hoursFrom(T, 6), correction(hours))
      expect(values(rows).slice(1, 1 + hours)).toEqual(Array(hours).fill(12))
      expect(rows.map(estimatedPart)).toEqual(Array(6).fill(0))
    }
  })

  it('a long stretch to a declared face is as uncertain inside as any gap', () => {
    const rows = consumption(
      seriesOf([
        [T, 8420],
        [T + 12 * HOUR_MS, 60],
      ]),
      registerRule(),
      hoursFrom(T, 12),
      {
        occurrences: [occurred({ kind: 'replacement', at: T + 6 * HOUR_MS, closing: 8480, opening: 0 })],
      },
    )
    expect(values(rows)).toEqual(Array(12).fill(10))
    expect(rows.map(qualityOf)).toEqual(Array(12).fill('estimated'))
    const half = combine({ start: T, end: T + 6 * HOUR_MS }, rows.slice(0, 6))
    expect([estimatedPart(half), qualityOf(half)]).toEqual([0, 'edited'])
  })

  it('a correction may stand where nothing was read', () => {
    const rows = consumption(hourly(0, 10), registerRule(), hoursFrom(T, 4), {
      occurrences: [occurred({ kind: 'correction', at: T + 2 * HOUR_MS, to: T + 3 * HOUR_MS, value: 7 })],
    })
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [10, HOUR_MS],
      [0, 0],
      [7, HOUR_MS],
      [0, 0],
    ])
  })

  it('an excluded reading is as if it had never come', () => {
    const rows = consumption(hourly(0, 10, 35, 40), registerRule(), hoursFrom(T, 3), {
      occurrences: [occurred({ kind: 'exclude', at: T + 2 * HOUR_MS })],
    })
    for (const [i, wanted] of [10, 15, 15].entries()) expect(rows[i]?.value).toBeCloseTo(wanted, 9)
    expect(rows.map(qualityOf)).toEqual(['measured', 'interpolated', 'interpolated'])
  })

  it('a declared reset is covered from its instant on, and before it where the last face is known', () => {
    const rule = registerRule({ digits: 6 }, { limitPerHour: 125 })
    const series = hourly(412_300, 15)
    const half = T + HOUR_MS / 2
    const halves = hoursFrom(T, 2, HOUR_MS / 2)
    const without = consumption(series, rule, halves, {
      occurrences: [occurred({ kind: 'reset', at: half })],
    })
    expect(without.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [0, 0],
      [15, HOUR_MS / 2],
    ])
    const known = consumption(series, rule, halves, {
      occurrences: [occurred({ kind: 'reset', at: half, closing: 412_320 })],
    })
    expect(values(known)).toEqual([20, 15])
  })

  it('a declared rollover is one, whatever the limit says', () => {
    const rule = registerRule({ digits: 6 }, { limitPerHour: 100 })
    const series = hourly(999_950, 120)
    expect(consumption(series, rule, hoursFrom(T, 1))[0]?.value).toBe(0)
    const declared = { occurrences: [occurred({ kind: 'rollover', at: T + HOUR_MS })] }
    expect(consumption(series, rule, hoursFrom(T, 1), declared)[0]?.value).toBe(170)
  })
})

describe('local days of a constant 10 kW (M13)', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-29', '2026-03-28T16:00:00Z', 240],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', 230],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', 250],
    ['Asia/Kolkata', '2026-03-29', '2026-03-28T18:30:00Z', 240],
    ['Asia/Kathmandu', '2026-03-29', '2026-03-28T18:15:00Z', 240],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', 230],
    ['America/New_York', '2026-11-01', '2026-11-01T04:00:00Z', 250],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', 245],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00Z', 235],
  ])('%s %s', (zone, day, start, kwh) => {
    const calendar = new Calendar(zone)
    const span = calendar.spanOf('day', localDay(day) as number)
    expect(span.start).toBe(Date.parse(start))
    const rows: [number, number][] = []
    for (let i = -3; i <= 30; i += 1) rows.push([span.start + i * HOUR_MS, 1000 + i * 10])
    expect(consumption(seriesOf(rows), registerRule(), [span])[0]?.value).toBeCloseTo(kwh, 9)
  })
})
