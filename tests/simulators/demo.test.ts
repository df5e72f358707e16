import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Calendar } from '../../core/calendar.ts'
import { kwhPer } from '../../core/energy.ts'
import type { Measurand } from '../../core/organisation.ts'
import { checkOrganisation } from '../../core/organisation-check.ts'
import { Organisation } from '../../core/organisation-index.ts'
import { targetsSchema } from '../../core/target-file.ts'
import { meterUnitsPerLoad } from '../../simulators/load-unit.ts'
import { SiteMeters } from '../../simulators/meter.ts'
import { DEFAULT_SEED } from '../../simulators/state.ts'
import { demo, siteOf, yearOf } from './support/demo.ts'

const targets = targetsSchema.parse(
  parse(readFileSync(new URL('../../config/targets.yaml', import.meta.url), 'utf8')),
).targets

const LOAD_UNITS: Partial<Record<Measurand, string>> = {
  electricity: 'kWh',
  heat: 'GJ',
  'natural-gas': 'm3',
  diesel: 'kg',
}

/** What the sites of a boundary used in a year, by site and utility: import + generation − export. */
function usedBy(boundary: string, year: number, seed = DEFAULT_SEED) {
  const sites = demo.boundaries.find(({ id }) => id === boundary)?.sites
  return demo.sites
    .filter(({ id }) => sites === 'all' || sites?.includes(id))
    .flatMap((site) => {
      const sums = yearOf(site, year, seed)
      return site.meters
        .filter(({ role }) => ['import', 'generation', 'export'].includes(role))
        .map((meter) => ({ ...meter, used: (meter.role === 'export' ? -1 : 1) * (sums[meter.id] as number) }))
    })
}

function employees(boundary: string, date: string): number {
  const sites = demo.boundaries.find(({ id }) => id === boundary)?.sites as string[]
  return sites.reduce(
    (sum, id) => sum + (siteOf(id).employees.findLast(({ from }) => from <= date)?.fullTime as number),
    0,
  )
}

test('the demo organisation is without contradictions', () => {
  expect(checkOrganisation(demo)).toEqual([])
  expect(demo.sites.flatMap(({ meters }) => meters).length).toBeGreaterThan(70)
})

test('every target speaks of a scope of the organisation', () => {
  const organisation = new Organisation(demo)
  for (const { id, scope } of targets) expect(organisation.scope(scope), id).toBeDefined()
})

test('every site states floor area and employees from before the first reading', () => {
  for (const site of demo.sites) {
    expect(site.employees[0]?.from, site.id).toSatisfy((from: string) => from < '2024-01-01')
    for (const area of site.areas)
      expect(area.floorArea[0]?.from).toSatisfy((from: string) => from < '2024-01-01')
  }
})

test('no register rolls over within five years', () => {
  for (const site of demo.sites) {
    const meters = new SiteMeters(site, new Calendar(site.zone), DEFAULT_SEED)
    const faces = meters.facesAtFirst()
    const sums = yearOf(site, 2026, DEFAULT_SEED)
    for (const [m, meter] of meters.meters.entries()) {
      if (meter.register === undefined) continue
      const perYear = ((sums[meter.id] as number) * meterUnitsPerLoad(meter)) / meter.register.multiplier
      const face = (faces[m] as number) / 1000 + 5 * perYear
      expect(face, meter.id).toBeLessThan(10 ** (meter.register.digits as number))
    }
  }
})

describe.each([DEFAULT_SEED, 'another weather'])('a year of loads with seed "%s"', (seed) => {
  const offices = usedBy('own-offices', 2026, seed)
  const sum = (...utilities: Measurand[]) =>
    offices.filter(({ utility }) => utilities.includes(utility)).reduce((total, { used }) => total + used, 0)

  test('comes to between 4.15 and 4.35 MWh of energy per employee, less than the year before', () => {
    const mwh = (used: typeof offices) =>
      used.reduce((total, { utility, used: amount }) => {
        const unit = LOAD_UNITS[utility]
        return unit === undefined ? total : total + (amount * (kwhPer(unit, utility) as number)) / 1000
      }, 0)
    const now = mwh(offices) / employees('own-offices', '2026-12-31')
    const before = mwh(usedBy('own-offices', 2025, seed)) / employees('own-offices', '2025-12-31')
    expect(now).toBeGreaterThan(4.15)
    expect(now).toBeLessThan(4.35)
    expect(before).toBeGreaterThan(now)
    expect(before).toBeLessThan(4.51)
  })

  test('comes to between 9.5 and 9.9 t of tap water per employee, near the ceiling', () => {
    const perEmployee = sum('tap-water') / employees('own-offices', '2026-12-31')
    expect(perEmployee).toBeGreaterThan(9.5)
    expect(perEmployee).toBeLessThan(9.9)
  })

  test('reclaims a third of the offices’ water', () => {
    const share = sum('reclaimed-water') / sum('tap-water', 'reclaimed-water')
    expect(share).toBeGreaterThan(0.31)
    expect(share).toBeLessThan(0.36)
  })

  test('heats 60 % of the hot water of Yizhuang by the sun, and 30 % of Wuhan’s', () => {
    for (const [site, prefix, part] of [
      ['yizhuang', 'yz', 0.6],
      ['wuhan-hq', 'wuhan', 0.3],
    ] as const) {
      const used = yearOf(siteOf(site), 2026, seed)
      const share = (used[`${prefix}-heat-solar`] as number) / (used[`${prefix}-hot-water`] as number)
      expect(Math.abs(share - part), site).toBeLessThan(0.01)
    }
  })

  test('leaves the appliance factory short of its share of solar power', () => {
    const used = yearOf(siteOf('appliance-factory'), 2026, seed)
    const of = (id: string) => used[`home-${id}`] as number
    const self = of('pv-east') + of('pv-west') - of('e-out')
    const share = self / (of('e-in') + self)
    expect(share).toBeGreaterThan(0.13)
    expect(share).toBeLessThan(0.15)
  })

  test('gives the data centre a PUE between 1.25 and 1.35', () => {
    const used = yearOf(siteOf('own-dc'), 2026, seed)
    const pue = (used['dc-e-in'] as number) / (used['dc-e-it'] as number)
    expect(pue).toBeGreaterThan(1.25)
    expect(pue).toBeLessThan(1.35)
  })
})
