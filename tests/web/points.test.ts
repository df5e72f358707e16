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

const signs = (faces: readonly number[], qualities: readonly Rows[1][number]['quality'][]) =>
  pointsOf(readings(faces), hours(qualities), []).map(({ sign }) => sign)

describe('the signs of readings', () => {
  it('reject what stands out of an interpolated hour, upwards and downwards', () => {
    const bridged = ['measured', 'interpolated', 'interpolated'] as const
    expect(signs([0, 10, 900, 30], bridged)[2]).toBe('rejected')
    expect(signs([100, 110, 3, 130], bridged)[2]).toBe('rejected')
  })

  it('point at both faces of a fall in a suspect hour, and at nothing else in it', () => {
    expect(signs([0, 10, 900, 5], ['measured', 'suspect', 'suspect'])).toEqual([
      'measured',
      'measured',
      'suspect',
      'suspect',
    ])
  })

  it('point at every reading of a suspect hour in which no face falls', () => {
    expect(signs([0, 10, 900], ['measured', 'suspect'])).toEqual(['measured', 'measured', 'suspect'])
  })

  it('never call a reading missing that is there', () => {
    expect(signs([0, 10], ['missing'])).toEqual(['measured', 'measured'])
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
