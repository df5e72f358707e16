import type { Calendar, Grain, LocalDay, Span } from './calendar.ts'
import { firstDay, nextDay } from './calendar.ts'
import { ruleOf } from './meter-rule.ts'
import type { Utility } from './organisation.ts'
import type { CountedMeter } from './organisation-index.ts'
import { type Quality, worstOf } from './quality.ts'
import { type Consumption, estimatedPart, flagsOf } from './rollup.ts'

/** Above this a sum needs no word about its coverage: it would read 100.0 %. */
const NEARLY_WHOLE = 0.9995

/** A span that each site has in its own zone: 2025 of a boundary is 2025 local at each of its sites. */
export interface Period {
  readonly grain: Grain
  spanAt(calendar: Calendar): Span
}

/** The day, month or year that a local day lies in. */
export function periodOf(grain: 'day' | 'month' | 'year', day: LocalDay): Period {
  return { grain, spanAt: (calendar) => calendar.spanOf(grain, day) }
}

/** The periods of a grain that overlap [from, to), by one calendar. Hours and quarters are the same instants everywhere. */
export function periods(grain: Grain, calendar: Calendar, from: number, to: number): Period[] {
  if (grain === '15m' || grain === 'hour') {
    return calendar.spans(grain, from, to).map((span) => ({ grain, spanAt: () => span }))
  }
  const list: Period[] = []
  for (
    let day = firstDay(grain, calendar.dayAt(from));
    calendar.startOfDay(day) < to;
    day = nextDay(grain, day)
  ) {
    const period = periodOf(grain, day)
    const span = period.spanAt(calendar)
    // Where the date line was moved, a day is missing.
    if (span.end > span.start) list.push(period)
  }
  return list
}

/** Where consumptions of single meters are looked up, by meter, grain and start. */
export type Lookup = (meter: string, grain: Grain, start: number) => Consumption | undefined

/** What meters used together in a period. */
export interface Usage {
  /** In the unit asked for; null where nothing is known, with `reason`. */
  readonly value: number | null
  /** Share of the elapsed part of the period for which there is data: of the worst of the meters. */
  readonly coverage: number
  /** The estimated part, in the unit asked for. */
  readonly estimated: number
  /** The worst of its parts, and of what is missing of them. */
  readonly quality: Quality
  /** The period still runs. */
  readonly partial: boolean
  readonly reason?: string
}

/**
 * The sum over meters, each with its weight and converted by `factor(unit, utility)`. A sum is as well
 * covered as its worst meter: where one of them has nothing, the sum is unknown, not smaller.
 */
export function usage(
  meters: readonly CountedMeter[],
  period: Period,
  lookup: Lookup,
  now: number,
  factor: (unit: string, utility: Utility) => number | undefined,
): Usage {
  let value = 0
  let estimated = 0
  let coverage = 1
  let flags = 0
  let partial = false
  let begun = false
  let expected = false
  let worst = ''
  for (const { meter, calendar, weight } of meters) {
    const { start, end } = period.spanAt(calendar)
    const rule = ruleOf(meter, calendar)
    if (rule === undefined) return unknown(`${meter.id} is a virtual meter, which has no readings`)
    const from = Math.max(start, rule.usedFrom)
    const to = Math.min(end, rule.usedTo)
    // A meter that was not in use in the period is not asked.
    if (to <= from) continue
    expected = true
    const toUnit = factor(rule.unit, meter.utility)
    if (toUnit === undefined)
      return unknown(`${rule.unit} of ${meter.utility} (${meter.id}) has no heat value`)
    if (end > now) partial = true
    const elapsedMs = Math.min(to, now) - from
    // Nor one whose part of the period has not begun: a site further west, or a meter to come.
    if (elapsedMs <= 0) continue
    begun = true
    const part = lookup(meter.id, period.grain, start)
    const covered = part === undefined ? 0 : part.coveredMs / Math.max(elapsedMs, part.coveredMs)
    if (covered < coverage || (covered === 0 && worst === '')) {
      coverage = covered
      worst = meter.id
    }
    if (part === undefined) continue
    value += weight * toUnit * part.value
    estimated += Math.abs(weight) * toUnit * estimatedPart(part)
    flags |= flagsOf(part)
  }
  if (!expected) return unknown('no meter measures it')
  if (!begun) return { ...unknown('the span has not begun'), partial }
  if (coverage === 0) {
    return { ...unknown(`no readings from ${worst} in this span`), partial }
  }
  return {
    value,
    coverage,
    estimated,
    // What a span that still runs lacks is what the next reading brings.
    quality: worstOf(flags, partial && coverage >= NEARLY_WHOLE ? 1 : coverage),
    partial,
    ...(coverage < NEARLY_WHOLE && { reason: lacking(worst, coverage) }),
  }
}

/** The estimated share of a value, 0..1. */
export function estimatedShare(value: number | null, estimated: number): number {
  if (value === null || estimated === 0) return 0
  return value === 0 ? 1 : Math.min(1, Math.abs(estimated / value))
}

function lacking(meter: string, coverage: number): string {
  return `${meter} has data for ${(coverage * 100).toFixed(1)} % of the span`
}

function unknown(reason: string): Usage {
  return { value: null, coverage: 0, estimated: 0, quality: 'missing', partial: false, reason }
}
