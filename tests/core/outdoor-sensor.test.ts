import { describe, expect, it } from 'vitest'
import { consumption } from '../../core/consumption.ts'
import { ruleOf } from '../../core/meter-rule.ts'
import type { Meter } from '../../core/organisation.ts'
import { checkOrganisation } from '../../core/organisation-check.ts'
import { ESTIMATED } from '../../core/quality.ts'
import { combine, estimatedPart } from '../../core/rollup.ts'
import { HOUR_MS } from '../../core/window.ts'
import { organisationFile, site } from '../support/organisation.ts'
import { utc } from '../support/rules.ts'
import { seriesOf } from '../support/series.ts'

const sensor = {
  id: 'air',
  utility: 'outdoor-temperature',
  role: 'sensor',
  gauge: { unit: 'degC', maxGap: 'PT1H' },
} as const
const rule = ruleOf(organisationFile([site({ id: 's', meters: [sensor] })]).sites[0]?.meters[0] as Meter, utc)

function hoursOf(rows: readonly (readonly [hour: number, degrees: number])[], count: number) {
  const spans = Array.from({ length: count }, (_, h) => ({ start: h * HOUR_MS, end: (h + 1) * HOUR_MS }))
  const series = seriesOf(rows.map(([hour, degrees]) => [hour * HOUR_MS, degrees]))
  return consumption(series, rule as NonNullable<typeof rule>, spans)
}

describe('a sensor of outdoor temperature', () => {
  it('counts degrees below zero as they are', () => {
    const hours = hoursOf(
      [
        [0, 4],
        [1, -6],
        [2, -10],
      ],
      2,
    )
    expect(hours.map(({ value }) => value)).toEqual([-1, -8])
    expect(hours.map(({ flags }) => flags)).toEqual([0, 0])
    expect(combine({ start: 0, end: 2 * HOUR_MS }, hours)).toMatchObject({
      value: -9,
      coveredMs: 2 * HOUR_MS,
    })
  })

  it.each([-127, 85, 999])('leaves out %s degrees, which the air never has', (broken) => {
    const [hour] = hoursOf(
      [
        [0, -2],
        [0.5, broken],
        [1, -4],
      ],
      1,
    )
    expect(hour).toMatchObject({ value: -3, coveredMs: HOUR_MS })
  })

  it('is known of nothing across a longer gap than its reach', () => {
    const [first, second] = hoursOf(
      [
        [0, 1],
        [0.5, 1],
        [2, 1],
      ],
      2,
    )
    expect(first?.coveredMs).toBe(HOUR_MS / 2)
    expect(second?.coveredMs).toBe(0)
  })

  it('has an estimated part where the degrees are below zero, and none where nothing is estimated', () => {
    const span = { start: 0, end: HOUR_MS, coveredMs: HOUR_MS, head: 0, tail: 0 }
    expect(estimatedPart({ ...span, value: -5, estimated: 0, flags: 0 })).toBe(0)
    expect(estimatedPart({ ...span, value: -5, estimated: -2, flags: ESTIMATED })).toBe(2)
  })
})

describe('a configuration', () => {
  const findings = (...meters: object[]) =>
    checkOrganisation(organisationFile([site({ id: 's', meters: meters as never })])).map(
      ({ path, message }) => `${path.slice(4).join('.')}: ${message}`,
    )

  it('may have one sensor a site', () => {
    expect(findings(sensor)).toEqual([])
    expect(findings(sensor, { ...sensor, id: 'roof' })).toEqual([
      'role: site "s" has "air" already; a site has one sensor of outdoor temperature',
    ])
  })

  it.each([
    [{ role: 'submeter' }, 'role: submeter is no role of outdoor-temperature; sensor is'],
    [{ utility: 'heat' }, 'utility: a sensor does not measure heat; outdoor-temperature it does'],
    [{ gauge: { unit: 'kW' } }, 'gauge.unit: kW is no temperature; degC is'],
    [{ parent: 'e' }, 'parent: not of a sensor'],
    [{ limitPerHour: 40 }, 'limitPerHour: not of a sensor'],
    [{ area: 'attic' }, 'area: no area "attic" at site "s"'],
  ])('with %j is refused', (change, message) => {
    expect(findings({ ...sensor, ...change })).toEqual([message])
  })

  it('that adds a temperature to a virtual meter is refused', () => {
    const virtual = { id: 'v', utility: 'electricity', role: 'virtual', formula: 'air' }
    expect(findings(sensor, virtual)).toEqual([
      'formula: "air" measures temperature, which is no amount of electricity; energy is',
    ])
  })
})
