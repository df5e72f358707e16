import { expect, it } from 'vitest'
import { LatestReadings } from '../../roles/latest-readings.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const at = Date.UTC(2026, 0, 1)
const reading = (value: number, later = 0, unit = '') => ({
  at: at + later,
  value,
  unit,
  receivedAt: at + later,
})

it('a meter’s newest reading is told once, and again when there is a newer one', () => {
  const latest = new LatestReadings(
    organisation([site({ id: 'park', meters: [incomer('a'), incomer('b')] })]),
  )
  const newest = new Map([
    ['a', reading(1)],
    ['b', reading(2, 0, 'MWh')],
    ['gone', reading(3)],
  ])
  const told = (meters: string[]) => latest.untold(meters, newest)
  expect(told(['a', 'b', 'gone', 'never'])).toEqual([
    { meter: 'a', at: '2026-01-01T00:00:00.000Z', value: 1, unit: 'kWh' },
    { meter: 'b', at: '2026-01-01T00:00:00.000Z', value: 2, unit: 'MWh' },
  ])
  expect(told(['a', 'b'])).toEqual([])
  newest.set('a', reading(5, 1000))
  expect(told(['b'])).toEqual([])
  expect(told(['a', 'b']).map(({ value }) => value)).toEqual([5])
})
