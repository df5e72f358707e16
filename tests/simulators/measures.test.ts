import { describe, expect, test } from 'vitest'
import { freeCooling } from '../../core/free-cooling.ts'
import { Organisation, type Scope } from '../../core/organisation-index.ts'
import { periodOf } from '../../core/usage.ts'
import { type Measure, measures, measuresOf, savings } from '../../simulators/measures.ts'
import { Truth } from '../../simulators/truth.ts'
import { day, demo, SEED } from './support/demo.ts'

const organisation = new Organisation(demo)
const YEAR = organisation.calendar.spanOf('year', day('2025-01-01'))

/** What a measure spares in a year as its meter counts it: kWh, and m3 of natural gas. */
const SPARED: Readonly<Record<Measure, number>> = {
  'free-cooling': 400_000,
  'free-cooling-towers': 270_000,
  'washroom-sensors': 380_000,
  'dark-factory': 310_000,
  'screens-off': 140_000,
  floodlights: 65_000,
  'heat-recovery': 38_333_000 / 38.979,
}

function siteTruth(id: string, without: readonly Measure[]): Truth {
  const sites = demo.sites.filter((site) => site.id === id)
  return new Truth(new Organisation({ ...demo, sites, boundaries: [] }), SEED, YEAR, {
    without,
    twoWayFeed: 0,
  })
}

function used(truth: Truth, meter: string, span = YEAR): number {
  return truth.consumption(meter, span)?.value as number
}

describe.each(measures)('%s', (measure) => {
  const { meter } = savings[measure]
  const site = organisation.meters.get(meter)?.site as (typeof demo)['sites'][number]
  const utility = organisation.meters.get(meter)?.meter.utility
  const supply = site.meters.find((one) => one.role === 'import' && one.utility === utility)?.id as string
  const usual = siteTruth(site.id, [])
  const without = siteTruth(site.id, [measure])

  test('spares what the reports say, at its meter and at the supply', () => {
    for (const id of [meter, supply]) {
      const spared = used(without, id) - used(usual, id)
      expect(Math.abs(spared / SPARED[measure] - 1), id).toBeLessThan(0.01)
    }
  })

  test('changes nothing that does not hang together with it', () => {
    const others = site.meters.filter(({ id, role }) => role === 'submeter' && id !== meter)
    for (const { id } of others) {
      const below = site.meters.some(({ parent }) => parent === id)
      if (!below) expect(used(without, id), id).toBe(used(usual, id))
    }
  })
})

test('free cooling spares in winter, floodlights by night', () => {
  const spared = (measure: Measure, from: string, to: string) => {
    const { meter } = savings[measure]
    const site = organisation.meters.get(meter)?.site.id as string
    const span = { start: Date.parse(from), end: Date.parse(to) }
    return used(siteTruth(site, [measure]), meter, span) - used(siteTruth(site, []), meter, span)
  }
  const january = spared('free-cooling', '2025-01-01T00:00+08:00', '2025-02-01T00:00+08:00')
  const july = spared('free-cooling', '2025-07-01T00:00+08:00', '2025-08-01T00:00+08:00')
  expect(july).toBe(0)
  expect(january).toBeGreaterThan(50_000)
  expect(spared('floodlights', '2025-06-10T11:00+08:00', '2025-06-10T15:00+08:00')).toBe(0)
  expect(spared('floodlights', '2025-06-10T00:00+08:00', '2025-06-10T03:00+08:00')).toBeGreaterThan(30)
})

test('measures are read by name and refused with what there is', () => {
  expect(measuresOf('floodlights, free-cooling')).toEqual(['floodlights', 'free-cooling'])
  expect(measuresOf('')).toEqual([])
  expect(() => measuresOf('sunshine')).toThrow(/"sunshine"; there are free-cooling/)
})

test('free cooling by the threshold of the demo is about 90 days a year, and none where the measure is left out', () => {
  const scope = organisation.scope('site:own-dc') as Extract<Scope, { kind: 'site' }>
  const hours = (without: readonly Measure[]) => {
    const { lookup } = siteTruth('own-dc', without)
    return freeCooling(scope, periodOf('year', day('2025-01-01')), { lookup, now: YEAR.end })
  }
  const usual = hours([])
  expect(usual).toMatchObject({ coverage: 1, partial: false })
  expect((usual.value as number) / 24).toBeGreaterThan(80)
  expect((usual.value as number) / 24).toBeLessThan(100)
  expect(hours(['free-cooling']).value).toBe(0)
})
