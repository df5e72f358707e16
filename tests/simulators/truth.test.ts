import fc from 'fast-check'
import { expect, test } from 'vitest'
import { QUARTER_MS } from '../../core/calendar.ts'
import { consumption } from '../../core/consumption.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import { ruleOf } from '../../core/meter-rule.ts'
import { Organisation } from '../../core/organisation-index.ts'
import { periodOf } from '../../core/usage.ts'
import { SiteMeters } from '../../simulators/meter.ts'
import { Truth } from '../../simulators/truth.ts'
import { day, demo, SEED, yearOf } from './support/demo.ts'

const organisation = new Organisation(demo)
const SPAN = { start: Date.UTC(2026, 2, 20), end: Date.UTC(2026, 3, 3) }
const QUARTERS = (SPAN.end - SPAN.start) / QUARTER_MS
const truth = new Truth(organisation, SEED, SPAN)

const quarter = fc.integer({ min: 0, max: QUARTERS }).map((q) => SPAN.start + q * QUARTER_MS)
const meter = fc.constantFrom(
  ...[...truth.meters()]
    .filter(({ entry }) => entry.meter.role !== 'sensor')
    .map(({ entry }) => entry.meter.id),
)

function usedBy(id: string, start: number, end: number): number {
  return truth.consumption(id, { start, end })?.value as number
}

test('the sum over any split of a span is what the span has', () => {
  fc.assert(
    fc.property(meter, fc.array(quarter, { minLength: 2, maxLength: 12 }), (id, instants) => {
      const bounds = instants.toSorted((a, b) => a - b)
      const parts = bounds.slice(1).map((end, i) => usedBy(id, bounds[i] as number, end))
      const whole = usedBy(id, bounds[0] as number, bounds.at(-1) as number)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(whole, 6)
      for (const part of parts) expect(part).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('readings every 15 minutes come to the truth, of gauges too', () => {
  const hours = organisation.calendar.spans('hour', SPAN.start, SPAN.end)
  for (const { site, calendar } of organisation.sites.values()) {
    const meters = new SiteMeters(site, calendar, SEED)
    meters.begin(meters.facesAtFirst().map((thousandths) => ({ at: SPAN.start, thousandths })))
    const at = Float64Array.from({ length: QUARTERS + 1 }, (_, q) => SPAN.start + q * QUARTER_MS)
    const faces = meters.meters.map(() => new Float64Array(at.length))
    for (const [i, instant] of at.entries()) {
      meters.walkTo(instant)
      for (const [m, face] of faces.entries()) face[i] = meters.value(m, instant)
    }
    for (const [m, { id }] of meters.meters.entries()) {
      const entry = organisation.meters.get(id)
      const rule = ruleOf(entry?.meter as never, calendar) as NonNullable<ReturnType<typeof ruleOf>>
      const series = { at, value: faces[m] as Float64Array, unit: null, receivedAt: at }
      for (const { start, end, value } of consumption(series, rule, hours)) {
        // The digits of a float: a face of 9 digits with three decimals, times its multiplier.
        expect(Math.abs(value - usedBy(id, start, end)), id).toBeLessThan(1e-5)
      }
    }
  }
})

test('a gauge read by the minute comes to the truth as well', () => {
  const { site, calendar } = organisation.sites.get('wuhan-hq') as NonNullable<
    ReturnType<typeof organisation.sites.get>
  >
  const meters = new SiteMeters(site, calendar, SEED)
  meters.begin(meters.facesAtFirst().map((thousandths) => ({ at: SPAN.start, thousandths })))
  const m = meters.meters.findIndex(({ id }) => id === 'wuhan-e-it')
  let area = 0
  let before = meters.value(m, SPAN.start)
  for (let at = SPAN.start + 60_000; at <= SPAN.start + 86_400_000; at += 60_000) {
    meters.walkTo(at)
    const now = meters.value(m, at)
    area += (before + now) / 120
    before = now
  }
  // A gauge shows three decimals.
  expect(Math.abs(area - usedBy('wuhan-e-it', SPAN.start, SPAN.start + 86_400_000))).toBeLessThan(0.01)
})

test('indicators are reckoned from the truth as from readings', () => {
  const facts = factsOf(planOf(organisation), truth.lookup, SPAN.end)
  const scope = organisation.scope('boundary:own-offices')
  const energy = indicators.get('energy-per-employee')
  const known = figure(energy as never, scope as never, periodOf('day', day('2026-03-29')), facts)
  expect(known).toMatchObject({ coverage: 1, estimated: 0, partial: false })
  expect(known.value).toBeGreaterThan(0)
})

test('a day of 23 hours has 23 hours of truth', () => {
  const { start, end } = organisation.sites
    .get('munich-office')
    ?.calendar.spanOf('day', day('2026-03-29')) ?? {
    start: 0,
    end: 0,
  }
  expect(truth.consumption('muc-e-in', { start, end })?.coveredMs).toBe(23 * 3_600_000)
})

test('a year of truth is a year of loads, to a tenth of a thousandth of a unit an hour', () => {
  const site = organisation.sites.get('own-dc')?.site as NonNullable<(typeof demo)['sites'][number]>
  const { start, end } = organisation.calendar.spanOf('year', day('2025-01-01'))
  const year = new Truth(new Organisation({ ...demo, sites: [site], boundaries: [] }), SEED, { start, end })
  for (const [id, used] of Object.entries(yearOf(site, 2025))) {
    const multiplier = organisation.meters.get(id)?.meter.register?.multiplier ?? 1
    const counted = year.consumption(id, { start, end })?.value as number
    expect(Math.abs(counted - used), id).toBeLessThan(0.0001 * multiplier * 8760)
  }
})

test('what lies outside or on no quarter hour is not made up', () => {
  expect(truth.consumption('nobody', SPAN)).toBeUndefined()
  expect(() => usedBy('muc-e-in', SPAN.start + 1, SPAN.end)).toThrow(/quarter hour/)
  const later = { start: SPAN.end, end: SPAN.end + QUARTER_MS }
  expect(truth.consumption('muc-e-in', later)).toMatchObject({ value: 0, coveredMs: 0 })
  const half = { start: SPAN.end - QUARTER_MS, end: SPAN.end + QUARTER_MS }
  expect(truth.consumption('muc-e-in', half)?.coveredMs).toBe(QUARTER_MS)
})
