import { expect, test } from 'vitest'
import { Calendar, DAY_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { usual } from '../../simulators/conditions.ts'
import { meterUnitsPerLoad } from '../../simulators/load-unit.ts'
import { measures } from '../../simulators/measures.ts'
import { SiteProfile } from '../../simulators/profile.ts'
import { DEFAULT_SEED } from '../../simulators/state.ts'
import { day, demo, hoursOf, organisationOf, SEED, siteOf } from './support/demo.ts'

const JULY = ['2026-07-01', '2026-07-08'] as const

test('the same seed gives the same hours, another seed others', () => {
  const park = siteOf('science-park')
  expect(hoursOf(park, ...JULY)).toEqual(hoursOf(park, ...JULY))
  expect(hoursOf(park, ...JULY, 'another')).not.toEqual(hoursOf(park, ...JULY))
})

test('panels give nothing at night and something every day', () => {
  const hours = hoursOf(siteOf('appliance-factory'), '2026-01-01', '2026-02-01')
  const night = hours.filter(({ hour }) => hour < 6 || hour >= 20)
  expect(night.map(({ used }) => used['home-pv-east'])).toEqual(night.map(() => 0))
  const noons = hours.filter(({ hour }) => hour === 12)
  expect(Math.min(...noons.map(({ used }) => used['home-pv-east'] as number))).toBeGreaterThan(0)
})

test('district heat flows in the heating season only', () => {
  const heat = (from: string, to: string) =>
    hoursOf(siteOf('science-park'), from, to).reduce(
      (sum, { used }) => sum + (used['park-heat'] as number),
      0,
    )
  expect(heat('2026-03-16', '2026-11-15')).toBe(0)
  expect(heat('2026-11-15', '2026-11-22')).toBeGreaterThan(0)
  expect(heat('2026-01-05', '2026-01-12')).toBeGreaterThan(heat('2026-03-09', '2026-03-16'))
})

test.each(['science-park', 'yizhuang', 'wuhan-hq', 'bengaluru-office', 'munich-office'])(
  '%s uses more on weekdays than at weekends',
  (id) => {
    const site = siteOf(id)
    const supply = (
      site.meters.find((m) => m.role === 'import' && m.utility === 'electricity') as { id: string }
    ).id
    const mean = (from: string, to: string) => {
      const hours = hoursOf(site, from, to)
      return hours.reduce((sum, { used }) => sum + (used[supply] as number), 0) / hours.length
    }
    expect(mean('2026-06-08', '2026-06-13')).toBeGreaterThan(1.2 * mean('2026-06-13', '2026-06-15'))
  },
)

test('a holiday is quieter than the working day it replaces, a swapped Sunday is worked', () => {
  const lighting = (date: string) =>
    hoursOf(
      siteOf('science-park'),
      date,
      new Date((day(date) + 1) * DAY_MS).toISOString().slice(0, 10),
    ).reduce((sum, { used }) => sum + (used['park-e-light'] as number), 0)
  expect(lighting('2026-10-01')).toBeLessThan(0.5 * lighting('2026-10-15'))
  expect(lighting('2026-09-20')).toBeGreaterThan(0.8 * lighting('2026-09-17'))
})

test('the data centre cools itself for about 90 days a year', () => {
  const hours = hoursOf(siteOf('own-dc'), '2026-01-01', '2027-01-01')
  const lowest = Math.min(...hours.map(({ used }) => used['dc-e-cooling'] as number))
  const free = hours.filter(({ used }) => (used['dc-e-cooling'] as number) < lowest * 1.6).length / 24
  expect(free).toBeGreaterThan(70)
  expect(free).toBeLessThan(115)
})

test('a parent is never less than its submeters, and the remainder is 2 to 4 per cent', () => {
  for (const site of demo.sites) {
    const parents = site.meters.filter(({ id }) => site.meters.some(({ parent }) => parent === id))
    for (const { used } of hoursOf(site, '2026-04-29', '2026-05-03')) {
      for (const { id } of parents) {
        const below = site.meters.filter(({ parent }) => parent === id)
        const sum = below.reduce((total, meter) => total + (used[meter.id] as number), 0)
        const remainder = (used[id] as number) / sum - 1
        expect(remainder, id).toBeGreaterThan(0.02)
        expect(remainder, id).toBeLessThan(0.04)
      }
    }
  }
})

test('import and generation less export are what the busbar takes', () => {
  for (const { used } of hoursOf(siteOf('appliance-factory'), '2026-02-16', '2026-02-20')) {
    const of = (id: string) => used[`home-${id}`] as number
    expect(of('e-in') + of('pv-east') + of('pv-west') - of('e-out')).toBeCloseTo(of('e-main') * 1.007, 6)
    expect(of('e-out')).toBeGreaterThanOrEqual(0)
  }
})

test.each([
  ['in 2025', '2025-01-01', '2026-01-01', DEFAULT_SEED, usual],
  ['in 2026', '2026-01-01', '2027-01-01', DEFAULT_SEED, usual],
  ['with another seed', '2026-01-01', '2027-01-01', SEED, usual],
  ['without saving measures', '2025-01-01', '2026-01-01', DEFAULT_SEED, { without: measures, twoWayFeed: 0 }],
  ['when it feeds out', '2025-01-01', '2026-01-01', DEFAULT_SEED, { without: [], twoWayFeed: 1 }],
] as const)('no quarter hour of a demo meter leaves its limits %s', (_, from, to, seed, conditions) => {
  for (const site of demo.sites) {
    const calendar = new Calendar(site.zone)
    const profile = new SiteProfile(site, calendar, seed, undefined, conditions)
    const units = profile.meters.map(meterUnitsPerLoad)
    const end = calendar.startOfDay(day(to))
    for (let start = calendar.startOfDay(day(from)); start < end; start += HOUR_MS) {
      const { amounts, shares } = profile.hour(start)
      // The limits are enforced between any two readings, so they hold for the busiest quarter of the hour too.
      const quarters = [1, 2, 3, 4].map((q) => 4 * ((shares[q] as number) - (shares[q - 1] as number)))
      for (const [m, meter] of profile.meters.entries()) {
        const { id, role, limitPerHour = role === 'sensor' ? 60 : Infinity } = meter
        const { minimumPerHour = role === 'sensor' ? -90 : 0 } = meter
        const perHour = (amounts[m] as number) * (units[m] as number)
        if (perHour * Math.max(...quarters) > limitPerHour) expect.fail(`${id} used ${perHour} in an hour`)
        if (perHour * Math.min(...quarters) < minimumPerHour)
          expect.fail(`${id} used only ${perHour} in an hour`)
      }
    }
  }
})

test('a site of which nothing is known but its meters gets sensible loads', () => {
  const { sites } = organisationOf({
    zone: 'America/Chicago',
    areas: [{ id: 'all', floorArea: [{ from: '2020-01-01', m2: 10_000 }] }],
    meters: [
      { id: 'in', utility: 'electricity', role: 'import', register: { unit: 'MWh' } },
      { id: 'pv', utility: 'electricity', role: 'generation', renewable: true, register: { unit: 'kWh' } },
      { id: 'out', utility: 'electricity', role: 'export', register: { unit: 'kWh' } },
      {
        id: 'lamps',
        utility: 'electricity',
        role: 'submeter',
        parent: 'in',
        use: 'lighting',
        gauge: { unit: 'W' },
      },
      { id: 'gas', utility: 'natural-gas', role: 'import', register: { unit: 'kWh' } },
      { id: 'water', utility: 'tap-water', role: 'import', register: { unit: 'L' }, limitPerHour: 500 },
    ],
  })
  const hours = hoursOf(siteOf('here', { sites } as typeof demo), '2026-06-01', '2026-06-15')
  const sum = (id: string) => hours.reduce((total, { used }) => total + (used[id] as number), 0)
  for (const id of ['in', 'pv', 'lamps', 'water']) expect(sum(id), id).toBeGreaterThan(0)
  for (const { used } of hours) {
    expect(used.in).toBeGreaterThanOrEqual(used.lamps as number)
    expect(used.out).toBeGreaterThanOrEqual(0)
    expect(used.water).toBeLessThan(0.5)
  }
})
