import { QUARTER_MS, type Span } from '../core/calendar.ts'
import { type MeterRule, ruleOf } from '../core/meter-rule.ts'
import type { MeterEntry, Organisation } from '../core/organisation-index.ts'
import { conversion } from '../core/quantity.ts'
import type { Consumption } from '../core/rollup.ts'
import type { Lookup } from '../core/usage.ts'
import type { Conditions } from './conditions.ts'
import { SiteMeters } from './meter.ts'

interface Course {
  readonly entry: MeterEntry
  readonly rule: MeterRule
  /** Consumption per thousandth that was counted. */
  readonly perThousandth: number
  /** What was counted up to each quarter hour, in thousandths; whole numbers, or of a gauge whole eighths. */
  readonly used: Float64Array
}

/**
 * What the simulated meters of an organisation truly used between two instants, whatever they may have
 * sent of it. Kept by the quarter hour, in whole thousandths, so any split of a span has the same sum.
 */
export class Truth {
  /** The first and the last instant that are known, epoch milliseconds, both on a quarter hour. */
  readonly from: number
  readonly to: number
  readonly #courses = new Map<string, Course>()

  constructor(organisation: Organisation, seed: string, { start, end }: Span, conditions?: Conditions) {
    this.from = Math.floor(start / QUARTER_MS) * QUARTER_MS
    this.to = Math.floor(end / QUARTER_MS) * QUARTER_MS
    for (const { site, calendar } of organisation.sites.values()) {
      const meters = new SiteMeters(site, calendar, seed, conditions)
      const courses = meters.meters.map((meter): Course => {
        const rule = ruleOf(meter, calendar) as MeterRule
        const toRule =
          meter.gauge === undefined ? 1 : (conversion(meter.gauge.unit, rule.readingUnit) as number)
        const used = new Float64Array((this.to - this.from) / QUARTER_MS + 1)
        const course = {
          entry: { site, calendar, meter },
          rule,
          perThousandth: (rule.multiplier * toRule) / 1000,
          used,
        }
        this.#courses.set(meter.id, course)
        return course
      })
      meters.begin(meters.facesAtFirst().map((thousandths) => ({ at: this.from, thousandths })))
      for (let i = 0, at = this.from; at <= this.to; i += 1, at += QUARTER_MS) {
        meters.walkTo(at)
        for (const [m, { used }] of courses.entries()) used[i] = meters.used(m, at)
      }
    }
  }

  /** The meters that it knows, with the unit of their consumption. */
  *meters(): Generator<{ readonly entry: MeterEntry; readonly unit: string }> {
    for (const { entry, rule } of this.#courses.values()) yield { entry, unit: rule.unit }
  }

  /**
   * What a meter used in the part of a span that is known, in its unit of consumption; undefined where it
   * is no simulated meter. Bounds that are on no quarter hour are refused.
   */
  consumption(meter: string, span: Span): Consumption | undefined {
    const course = this.#courses.get(meter)
    if (course === undefined) return undefined
    const { usedFrom, usedTo } = course.rule
    const start = Math.max(span.start, usedFrom, this.from)
    const end = Math.min(span.end, usedTo, this.to)
    const none = { ...span, value: 0, coveredMs: 0, head: 0, tail: 0, estimated: 0, flags: 0 }
    if (end <= start) return none
    const counted = this.#at(course, end) - this.#at(course, start)
    return { ...none, value: counted * course.perThousandth, coveredMs: end - start }
  }

  /** The same as `usage` and `figure` ask for it, so that indicators are reckoned from the truth by the very code that reckons them from readings. */
  readonly lookup: Lookup = (meter, grain, start) => {
    const calendar = this.#courses.get(meter)?.entry.calendar
    return calendar && this.consumption(meter, calendar.spanAt(grain, start))
  }

  #at({ used }: Course, instant: number): number {
    const i = (instant - this.from) / QUARTER_MS
    if (!Number.isInteger(i)) {
      throw new RangeError(
        `the truth is known by the quarter hour, not at ${new Date(instant).toISOString()}`,
      )
    }
    return used[i] as number
  }
}
