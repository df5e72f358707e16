import { expect, test } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import { day, demo, hoursOf, organisationOf, siteOf } from './support/demo.ts'

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

test('every demo meter stays inside its limits', () => {
  for (const site of demo.sites) {
    const hours = hoursOf(site, '2026-01-01', '2027-01-01')
    for (const { id, role, limitPerHour, minimumPerHour = 0, register } of site.meters) {
      if (role === 'virtual' || limitPerHour === undefined) continue
      // Loads of heat are in GJ.
      const unit = register?.unit === 'MWh' ? 1 / 3.6 : 1
      for (const { used } of hours) {
        if ((used[id] as number) * unit > limitPerHour) expect.fail(`${id} used ${used[id]} in an hour`)
        if ((used[id] as number) * unit < minimumPerHour)
          expect.fail(`${id} used only ${used[id]} in an hour`)
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
