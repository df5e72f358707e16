import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Span } from '../../core/calendar.ts'
import { consumption, consumptionOf, piecesOf } from '../../core/consumption.ts'
import { withHolesFilled } from '../../core/holes.ts'
import { likeDays } from '../../core/like-days.ts'
import type { Occurrence } from '../../core/meter-event.ts'
import type { MeterRule } from '../../core/meter-rule.ts'
import type { ReadingSeries } from '../../core/reading.ts'
import { combine } from '../../core/rollup.ts'
import { HOUR_MS } from '../../core/window.ts'
import { gaugeRule, registerRule, utc } from '../support/rules.ts'
import { seriesOf } from '../support/series.ts'
import { declaredEvent, LENGTH, T, troubledReadings } from '../support/troubled-readings.ts'

const RUNS = { numRuns: 1000 }

const rules: readonly MeterRule[] = [
  registerRule({ digits: 6 }, { limitPerHour: 400 }),
  registerRule({ digits: 6, multiplier: 0.5 }, { limitPerHour: 120, minimumPerHour: 2 }),
  registerRule({ digits: 6 }),
  registerRule(),
  gaugeRule({ maxGap: 'PT1H' }, { limitPerHour: 2000 }),
]
const rule = fc.constantFrom(...rules)
/** Cuts a span where it may be cut. */
const cuts = fc.uniqueArray(fc.integer({ min: 1, max: LENGTH - 1 }), { minLength: 1, maxLength: 12 })

const sum = (rows: readonly { value: number }[]) => rows.reduce((total, { value }) => total + value, 0)
const between = (edges: readonly number[]): Span[] =>
  edges.slice(1).map((end, i) => ({ start: edges[i] as number, end }))
const hours: Span[] = between(Array.from({ length: 73 }, (_, h) => T + h * HOUR_MS))

/** With everything that estimates: what the aggregation does. */
function reckoned(
  series: ReadingSeries,
  of: MeterRule,
  spans: readonly Span[],
  occurrences: Occurrence[] = [],
) {
  const pieces = piecesOf(series, of, occurrences)
  const courseOf = likeDays(consumptionOf(pieces, of, hours), utc)
  return consumptionOf(withHolesFilled(pieces, of.limitPerHour, courseOf), of, spans, courseOf)
}

describe('whatever a meter sends', () => {
  it('any split of a span sums to the whole', () => {
    fc.assert(
      fc.property(troubledReadings, rule, cuts, (rows, of, at) => {
        const series = seriesOf(rows)
        const edges = [T, ...at.map((ms) => T + ms).sort((a, b) => a - b), T + LENGTH]
        const parts = reckoned(series, of, between(edges))
        const whole = reckoned(series, of, [{ start: T, end: T + LENGTH }])
        expect(sum(parts)).toBeCloseTo(sum(whole), 5)
        const put = combine({ start: T, end: T + LENGTH }, parts)
        expect(put.coveredMs).toBeCloseTo(whole[0]?.coveredMs as number, 3)
        expect(put.flags | (whole[0]?.flags as number)).toBe(put.flags)
      }),
      RUNS,
    )
  })

  it('no interval is negative, none is above the limit, and none is known for longer than it lasts', () => {
    fc.assert(
      fc.property(troubledReadings, rule, (rows, of) => {
        for (const row of reckoned(seriesOf(rows), of, hours)) {
          expect(row.value).toBeGreaterThanOrEqual(0)
          expect(row.head + row.tail + row.estimated).toBeGreaterThanOrEqual(0)
          // A face that shows whole units may count one more than the minute allows.
          expect(row.value).toBeLessThanOrEqual(of.limitPerHour * (1 + 1e-6) + 2 * of.multiplier)
          expect(row.coveredMs).toBeGreaterThanOrEqual(0)
          expect(row.coveredMs).toBeLessThanOrEqual(HOUR_MS * (1 + 1e-9))
        }
      }),
      RUNS,
    )
  })

  it('what is not known is never a number, and what is known never unflagged where it was not metered', () => {
    fc.assert(
      fc.property(troubledReadings, rule, (rows, of) => {
        for (const row of reckoned(seriesOf(rows), of, hours)) {
          if (row.coveredMs === 0) expect(row.value).toBe(0)
          expect(row.estimated).toBeLessThanOrEqual(row.value + 1e-9)
        }
      }),
      RUNS,
    )
  })
})

describe('declaring something and taking it back', () => {
  it('leaves the first numbers, and declaring it gives no negative ones', () => {
    fc.assert(
      fc.property(
        troubledReadings,
        rule,
        fc.array(declaredEvent, { minLength: 1, maxLength: 3 }),
        (rows, of, events) => {
          const series = seriesOf(rows)
          const fitting =
            of.kind === 'gauge'
              ? events.filter(({ kind }) => kind === 'exclude' || kind === 'correction')
              : events
          const before = reckoned(series, of, hours)
          const ordered = fitting.toSorted((a, b) => a.at - b.at)
          for (const row of reckoned(series, of, hours, ordered)) expect(row.value).toBeGreaterThanOrEqual(0)
          expect(reckoned(series, of, hours, [])).toEqual(before)
        },
      ),
      RUNS,
    )
  })
})

describe('duplicates', () => {
  it('of an instant change nothing, and neither does a unit that says the same', () => {
    fc.assert(
      fc.property(troubledReadings, rule, (rows, of) => {
        const plain = seriesOf(rows)
        const unit = of.kind === 'gauge' ? 'MW' : 'MWh'
        const sent: ReadingSeries = {
          ...plain,
          value: plain.value.map((value) => value / 1000),
          unit: rows.map(() => unit),
        }
        const found = consumption(sent, of, hours)
        const wanted = consumption(plain, of, hours)
        expect(sum(found)).toBeCloseTo(sum(wanted), 3)
      }),
      RUNS,
    )
  })
})
