import { describe, expect, it } from 'vitest'
import { startOfDay } from '../../web/days.ts'
import { pointsOf } from '../../web/inspect/points.ts'
import { prefillOf } from '../../web/inspect/prefill.ts'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-11-18T00:00:00Z')
const at = (hours: number) => new Date(START + hours * HOUR_MS).toISOString()

type Rows = Parameters<typeof pointsOf>

/** A face an hour, from midnight on. */
const readings = (faces: readonly number[]): Rows[0] =>
  faces.map((value, i) => ({ at: at(i), value, unit: 'kWh', receivedAt: at(i), flags: [] }))

const hours = (qualities: readonly Rows[1][number]['quality'][]): Rows[1][number][] =>
  qualities.map((quality, i) => ({
    start: at(i),
    end: at(i + 1),
    value: 10 + i,
    unit: 'kWh',
    coverage: 1,
    estimated: 0,
    quality,
  }))

type Flags = Rows[0][number]['flags']

const signs = (flags: readonly Flags[], qualities: readonly Rows[1][number]['quality'][], gauge = false) =>
  pointsOf(
    readings(flags.map((_, i) => i * 10)).map((row, i) => ({ ...row, flags: flags[i] ?? [] })),
    hours(qualities),
    [],
    gauge,
  ).map(({ sign }) => sign)

describe('the signs of readings', () => {
  it('show a spike as rejected, and what is bridged around it as interpolated', () => {
    expect(signs([[], ['spike'], []], ['interpolated', 'interpolated'])).toEqual([
      'measured',
      'rejected',
      'interpolated',
    ])
  })

  it('point at the reading that makes its hour suspect, else at all of the hour', () => {
    expect(signs([[], ['limit']], ['suspect'])).toEqual(['measured', 'suspect'])
    expect(signs([[], []], ['suspect'])).toEqual(['measured', 'suspect'])
  })

  it('show a reading above the limit of a gauge as rejected: it is left out', () => {
    expect(signs([[], ['limit'], []], ['interpolated', 'interpolated'], true)).toEqual([
      'measured',
      'rejected',
      'interpolated',
    ])
  })

  it('never call a reading missing that is there', () => {
    expect(signs([[], []], ['missing'])).toEqual(['measured', 'measured'])
  })
})

describe('what a form begins with', () => {
  const day = {
    span: { start: START, end: START + 24 * HOUR_MS },
    hours: hours(['measured', 'measured', 'suspect', 'measured']),
    points: pointsOf(
      readings([0, 10, 20, 5, 15]),
      hours(['measured', 'measured', 'suspect', 'measured']),
      [],
      false,
    ),
  }

  it('is for a reset the face before, 0, and the middle between the readings', () => {
    expect(prefillOf('reset', 3, day)).toEqual({ at: at(2.5), closing: '20', opening: '0' })
  })

  it('is for a correction the hour around the reading and what the hours beside it used', () => {
    const middle = { ...day, points: day.points.map((point) => ({ ...point, at: point.at - HOUR_MS / 2 })) }
    expect(prefillOf('correction', 3, middle)).toEqual({ from: at(2), to: at(3), value: '12' })
  })
})

describe('the beginning of a local day', () => {
  it('is right on the days on which the clock is changed, and in zones at :30', () => {
    expect(new Date(startOfDay('2026-03-29', 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z')
    expect(new Date(startOfDay('2026-03-30', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T22:00:00.000Z')
    expect(new Date(startOfDay('2026-10-26', 'Europe/Berlin')).toISOString()).toBe('2026-10-25T23:00:00.000Z')
    expect(new Date(startOfDay('2026-11-18', 'Asia/Kolkata')).toISOString()).toBe('2026-11-17T18:30:00.000Z')
  })
})
