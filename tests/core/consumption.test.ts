import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Calendar, localDay } from '../../core/calendar.ts'
import { consumption } from '../../core/consumption.ts'
import type { MeterRule } from '../../core/meter-rule.ts'
import { ESTIMATED } from '../../core/quality.ts'
import { combine, estimatedPart, flagsOf } from '../../core/rollup.ts'
import { HOUR_MS } from '../../core/window.ts'
import { seriesOf } from '../support/series.ts'

const register: MeterRule = {
  kind: 'register',
  readingUnit: 'kWh',
  ownUnit: 'kWh',
  unit: 'kWh',
  multiplier: 1,
  reachMs: Number.POSITIVE_INFINITY,
  modulus: null,
  limitPerHour: Number.POSITIVE_INFINITY,
  minimumPerHour: 0,
  lowest: null,
  isMean: false,
  usedFrom: Number.NEGATIVE_INFINITY,
  usedTo: Number.POSITIVE_INFINITY,
}
const gauge: MeterRule = {
  kind: 'gauge',
  readingUnit: 'kW',
  ownUnit: 'kW',
  unit: 'kWh',
  multiplier: 1,
  reachMs: HOUR_MS / 2,
  modulus: null,
  limitPerHour: Number.POSITIVE_INFINITY,
  minimumPerHour: 0,
  lowest: null,
  isMean: false,
  usedFrom: Number.NEGATIVE_INFINITY,
  usedTo: Number.POSITIVE_INFINITY,
}
const span = (start: string, end: string) => ({ start: Date.parse(start), end: Date.parse(end) })
const T = Date.UTC(2026, 2, 1)

describe('a register', () => {
  it('has used what its face went up by', () => {
    const series = seriesOf([
      ['2026-03-01T00:00Z', 1000],
      ['2026-03-01T01:00Z', 1024.5],
    ])
    const [row] = consumption(series, register, [span('2026-03-01T00:00Z', '2026-03-01T01:00Z')])
    expect(row).toMatchObject({ value: 24.5, coveredMs: HOUR_MS, head: 0, tail: 0 })
  })

  it('is interpolated at a boundary that has no reading, so a month ends where the next begins', () => {
    const series = seriesOf([
      ['2026-01-31T23:50Z', 5000],
      ['2026-02-01T00:20Z', 5030],
    ])
    const rows = consumption(series, register, [
      span('2026-01-31T00:00Z', '2026-02-01T00:00Z'),
      span('2026-02-01T00:00Z', '2026-02-02T00:00Z'),
    ])
    expect(rows.map((row) => row.value)).toEqual([10, 20])
    expect(rows.map((row) => row.coveredMs)).toEqual([600_000, 1_200_000])
  })

  it('counts its face times the multiplier', () => {
    const series = seriesOf([
      [T, 100],
      [T + HOUR_MS, 102.5],
    ])
    expect(
      consumption(series, { ...register, multiplier: 40 }, [{ start: T, end: T + HOUR_MS }])[0]?.value,
    ).toBe(100)
  })

  it('that falls has used an unknown amount: not covered, never negative', () => {
    const series = seriesOf([
      [T, 412_300],
      [T + HOUR_MS, 15],
      [T + 2 * HOUR_MS, 20],
    ])
    const rows = consumption(series, register, [
      { start: T, end: T + HOUR_MS },
      { start: T + HOUR_MS, end: T + 2 * HOUR_MS },
    ])
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [0, 0],
      [5, HOUR_MS],
    ])
  })

  it('that stands still has used nothing, which is not the same as missing', () => {
    const series = seriesOf([
      [T, 7],
      [T + HOUR_MS, 7],
    ])
    const rows = consumption(series, register, [
      { start: T, end: T + HOUR_MS },
      { start: T + HOUR_MS, end: T + 2 * HOUR_MS },
    ])
    expect(rows.map(({ value, coveredMs }) => [value, coveredMs])).toEqual([
      [0, HOUR_MS],
      [0, 0],
    ])
  })

  it('read in megawatt hours or litres is counted in its own unit', () => {
    const series = {
      ...seriesOf([
        [T, 1],
        [T + HOUR_MS, 2100],
      ]),
      unit: ['MWh', ''],
    }
    expect(consumption(series, register, [{ start: T, end: T + HOUR_MS }])[0]?.value).toBe(1100)
  })
})

describe('a register that was changed for another meter', () => {
  it('counts only while it was in use, whatever it goes on sending', () => {
    const series = seriesOf(Array.from({ length: 11 }, (_, h) => [T + h * HOUR_MS, h * 10]))
    const spans = [{ start: T, end: T + 10 * HOUR_MS }]
    const used = (usedFrom: number, usedTo: number) =>
      consumption(series, { ...register, usedFrom, usedTo }, spans)[0]
    expect(used(Number.NEGATIVE_INFINITY, T + 4 * HOUR_MS)).toMatchObject({
      value: 40,
      coveredMs: 4 * HOUR_MS,
    })
    expect(used(T + 4 * HOUR_MS, Number.POSITIVE_INFINITY)).toMatchObject({
      value: 60,
      coveredMs: 6 * HOUR_MS,
    })
    expect(used(T + 20 * HOUR_MS, T + 30 * HOUR_MS)).toMatchObject({ value: 0, coveredMs: 0 })
  })
})

describe('a reading that no number can hold', () => {
  it('leaves its span without coverage, not with an infinite figure', () => {
    const series = {
      ...seriesOf([
        [T, 1],
        [T + HOUR_MS, 1e308],
      ]),
      unit: ['GWh', 'GWh'],
    }
    expect(consumption(series, register, [{ start: T, end: T + HOUR_MS }])[0]).toMatchObject({
      value: 0,
      coveredMs: 0,
    })
  })
})

describe('a gauge', () => {
  const rows: [number, number][] = [
    [T, 100],
    [T + 15 * 60_000, 120],
    [T + 30 * 60_000, 80],
    [T + 60 * 60_000, 80],
  ]

  it('is integrated by trapezoid', () => {
    expect(consumption(seriesOf(rows), gauge, [{ start: T, end: T + HOUR_MS }])[0]).toMatchObject({
      value: 92.5,
      coveredMs: HOUR_MS,
    })
  })

  it('is never joined over more than its longest gap', () => {
    const [row] = consumption(seriesOf(rows), { ...gauge, reachMs: 15 * 60_000 }, [
      { start: T, end: T + HOUR_MS },
    ])
    expect(row).toMatchObject({ value: 52.5, coveredMs: HOUR_MS / 2 })
  })
})

describe('a local day at a constant 10 kW', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-29', 240],
    ['Europe/Berlin', '2026-03-29', 230],
    ['Europe/Berlin', '2026-10-25', 250],
    ['Asia/Kolkata', '2026-03-29', 240],
    ['Australia/Lord_Howe', '2026-10-04', 235],
  ])('in %s on %s is %d kWh', (zone, date, kwh) => {
    const calendar = new Calendar(zone)
    const day = calendar.spanOf('day', localDay(date) as number)
    const start = day.start - 5 * HOUR_MS
    const series = seriesOf(Array.from({ length: 40 }, (_, h) => [start + h * HOUR_MS, h * 10]))
    const hours = consumption(series, register, calendar.spans('hour', day.start, day.end))
    expect(combine(day, hours)).toMatchObject({ value: kwh, coveredMs: day.end - day.start })
  })
})

describe('a gap of more than two hours between two faces', () => {
  // Read at 00:00, 01:00, then at 09:00 and hourly again; 10 kWh an hour throughout.
  const series = seriesOf([0, 1, 9, 10, 11, 12].map((hour) => [T + hour * HOUR_MS, hour * 10]))
  const spans = Array.from({ length: 12 }, (_, h) => ({ start: T + h * HOUR_MS, end: T + (h + 1) * HOUR_MS }))
  const hours = consumption(series, register, spans)
  const between = (from: number, to: number) =>
    combine({ start: T + from * HOUR_MS, end: T + to * HOUR_MS }, hours.slice(from, to))

  it('is estimated in every hour inside it', () => {
    expect(hours.map(estimatedPart)).toEqual([0, 10, 10, 10, 10, 10, 10, 10, 10, 0, 0, 0])
  })

  it('is measured for a span that holds it whole', () => {
    expect(estimatedPart(between(0, 12))).toBe(0)
    expect(estimatedPart(between(1, 9))).toBe(0)
  })

  it('is estimated for the share that a span cuts off', () => {
    expect(estimatedPart(between(0, 4))).toBe(30)
    expect(estimatedPart(between(4, 12))).toBe(50)
    expect(estimatedPart(between(3, 5))).toBe(20)
  })

  it('says the same however a span is put together', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(12),
        (a, b, cut) => {
          fc.pre(a < b)
          const middle = Math.min(Math.max(cut, a), b)
          const whole = between(a, b)
          const parts = [between(a, middle), between(middle, b)].filter((part) => part.end > part.start)
          expect(combine(whole, parts)).toEqual(whole)
        },
      ),
    )
  })
})

describe('a long gap that like days let run at zero for a while', () => {
  // Read at 00:00 and 08:00; like days use nothing but from 03:00 to 05:00.
  const rate = (hour: number) => (hour >= 3 && hour < 5 ? 1 : 0)
  const weight = (from: number, to: number) => {
    let sum = 0
    for (let at = from; at < to; at += HOUR_MS) sum += rate((at - T) / HOUR_MS) * HOUR_MS
    return sum
  }
  const faces = [0, 8, 9, 10].map((hour): [number, number] => [T + hour * HOUR_MS, hour < 8 ? 0 : 12 + hour])
  const courseOf = () => ({ weight, peakPerHour: 1 })
  const spans = Array.from({ length: 10 }, (_, h) => ({ start: T + h * HOUR_MS, end: T + (h + 1) * HOUR_MS }))
  const hours = consumption(seriesOf(faces), register, spans, { courseOf })
  const between = (from: number, to: number) =>
    combine({ start: T + from * HOUR_MS, end: T + to * HOUR_MS }, hours.slice(from, to))
  const isEstimated = (from: number, to: number) => (flagsOf(between(from, to)) & ESTIMATED) !== 0

  it('is estimated in every hour inside it, zero or not', () => {
    expect(hours.map(({ value }) => value)).toEqual([0, 0, 0, 10, 10, 0, 0, 0, 1, 1])
    expect(hours.map((_, h) => isEstimated(h, h + 1))).toEqual([...Array(8).fill(true), false, false])
  })

  it('is measured for a span that holds it whole', () => {
    for (const to of [8, 9, 10])
      expect([isEstimated(0, to), estimatedPart(between(0, to))]).toEqual([false, 0])
  })

  it('is estimated for a span that cuts it where it ran at zero', () => {
    expect([isEstimated(0, 7), estimatedPart(between(0, 7))]).toEqual([true, 20])
    expect([isEstimated(2, 10), estimatedPart(between(2, 10))]).toEqual([true, 20])
    expect(between(0, 7).tail).toBe(20)
    expect(between(2, 10).head).toBe(20)
  })

  it('says the same however a span is put together', () => {
    const whole = between(0, 10)
    for (let a = 1; a < 9; a += 1) {
      for (let b = a + 1; b < 10; b += 1)
        expect(combine(whole, [between(0, a), between(a, b), between(b, 10)])).toEqual(whole)
    }
  })

  it('is certain everywhere where the register stood still all the time', () => {
    const still = seriesOf([
      [T, 5],
      [T + 8 * HOUR_MS, 5],
    ])
    const rows = consumption(still, register, spans.slice(0, 8))
    expect(rows.map((row) => flagsOf(row))).toEqual(Array(8).fill(0))
  })
})

describe('consumption', () => {
  it('does not depend on how a span is split, nor on where the readings lie', () => {
    const steps = fc.array(fc.record({ minutes: fc.integer({ min: 1, max: 400 }), kwh: fc.nat(500) }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(steps, fc.array(fc.nat(20_000), { maxLength: 20 }), (list, cuts) => {
        let at = T
        let face = 0
        const rows: [number, number][] = [[at, face]]
        for (const { minutes, kwh } of list) {
          at += minutes * 60_000
          face += kwh
          rows.push([at, face])
        }
        const edges = [...new Set([T - HOUR_MS, ...cuts.map((cut) => T + cut * 60_000), at + HOUR_MS])].sort(
          (a, b) => a - b,
        )
        const spans = edges.slice(1).map((end, i) => ({ start: edges[i] as number, end }))
        const parts = consumption(seriesOf(rows), register, spans)
        const last = edges.at(-1) as number
        const inside = Math.min(last, at) - T
        expect(parts.reduce((sum, part) => sum + part.value, 0)).toBeCloseTo(
          last >= at ? face : partial(rows, last),
          6,
        )
        expect(parts.reduce((sum, part) => sum + part.coveredMs, 0)).toBeCloseTo(inside, 3)
        expect(parts.every((part) => part.value >= 0)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

function partial(rows: [number, number][], until: number): number {
  const next = rows.findIndex(([at]) => at > until)
  const [a, va] = rows[next - 1] as [number, number]
  const [b, vb] = rows[next] as [number, number]
  return va + ((vb - va) * (until - a)) / (b - a)
}
