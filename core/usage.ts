import type { Calendar, Grain, LocalDay, Span } from './calendar.ts'
import { dateOf, firstDay, nextDay } from './calendar.ts'
import { ruleOf } from './meter-rule.ts'
import type { Measurand } from './organisation.ts'
import type { CountedMeter } from './organisation-index.ts'
import { type Qualities, type Quality, worstOf } from './quality.ts'
import { type Consumption, estimatedPart, flagsOf } from './rollup.ts'
import { HOUR_MS } from './window.ts'

/** Above this a sum needs no word about its coverage: it would read 100.0 %. */
export const NEARLY_WHOLE = 0.9995

/** A span that each site has in its own zone: 2025 of a boundary is 2025 local at each of its sites. */
export interface Period {
  readonly grain: Grain
  /** The local year, month or day: `2025`, `2025-03`, `2025-03-31`; undefined of an hour or a quarter. */
  readonly label?: string
  spanAt(calendar: Calendar): Span
}

/** A local year, month or day. */
export interface LocalPeriod extends Period {
  readonly grain: 'day' | 'month' | 'year'
  readonly label: string
  readonly firstDay: LocalDay
}

/** How much of a date says which year, month or day it is. */
const LABEL_LENGTH = { year: 4, month: 7, day: 10 } as const

/** The day, month or year that a local day lies in. */
export function periodOf(grain: 'day' | 'month' | 'year', day: LocalDay): LocalPeriod {
  const first = firstDay(grain, day)
  return {
    grain,
    firstDay: first,
    label: dateOf(first).slice(0, LABEL_LENGTH[grain]),
    spanAt: (calendar) => calendar.spanOf(grain, first),
  }
}

/** The months of a year, or the days of a month. */
export function partsOf({ grain, firstDay: first }: LocalPeriod): LocalPeriod[] {
  if (grain === 'day') return []
  const finer = grain === 'year' ? 'month' : 'day'
  const parts: LocalPeriod[] = []
  const past = nextDay(grain, first)
  for (let day = first; day < past; day = nextDay(finer, day)) parts.push(periodOf(finer, day))
  return parts
}

/** The periods of a grain that overlap [from, to), by one calendar. Hours and quarters are the same instants everywhere. */
export function periods(
  grain: 'day' | 'month' | 'year',
  calendar: Calendar,
  from: number,
  to: number,
): LocalPeriod[]
export function periods(grain: Grain, calendar: Calendar, from: number, to: number): Period[]
export function periods(grain: Grain, calendar: Calendar, from: number, to: number): Period[] {
  if (grain === '15m' || grain === 'hour') {
    return calendar.spans(grain, from, to).map((span) => ({ grain, spanAt: () => span }))
  }
  const list: LocalPeriod[] = []
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

/** What one meter used in a period, in its own unit; of a sensor the mean. */
export type MeterUse =
  | { readonly state: 'unused' | 'not-begun'; readonly partial: boolean }
  | {
      readonly state: 'asked'
      readonly unit: string
      readonly partial: boolean
      readonly elapsedMs: number
      readonly covered: number
      /** Undefined where nothing is known. */
      readonly part: Consumption | undefined
    }

/**
 * What a meter used; `unused` where it was not in use in the period, `not-begun` where its part of the
 * period is to come. Undefined of a virtual meter, which has no readings.
 */
export function meterUse(
  { meter, calendar }: Pick<CountedMeter, 'meter' | 'calendar'>,
  period: Period,
  lookup: Lookup,
  now: number,
): MeterUse | undefined {
  const { start, end } = period.spanAt(calendar)
  const rule = ruleOf(meter, calendar)
  if (rule === undefined) return undefined
  const from = Math.max(start, rule.usedFrom)
  const to = Math.min(end, rule.usedTo)
  const partial = end > now
  if (to <= from) return { state: 'unused', partial: false }
  const elapsedMs = Math.min(to, now) - from
  if (elapsedMs <= 0) return { state: 'not-begun', partial }
  const kept = lookup(meter.id, period.grain, start)
  const part = kept !== undefined && rule.isMean ? meanOf(kept) : kept
  const covered = part === undefined ? 0 : part.coveredMs / Math.max(elapsedMs, part.coveredMs)
  return { state: 'asked', unit: rule.unit, partial, elapsedMs, covered, part }
}

/** What was kept as mean times hours, as the mean. */
function meanOf(kept: Consumption): Consumption {
  const hours = kept.coveredMs / HOUR_MS
  if (hours === 0) return kept
  const { value, head, tail, estimated } = kept
  return {
    ...kept,
    value: value / hours,
    head: head / hours,
    tail: tail / hours,
    estimated: estimated / hours,
  }
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
  factor: (unit: string, measurand: Measurand) => number | undefined,
): Usage {
  let value = 0
  let estimated = 0
  let coverage = 1
  let flags = 0
  let partial = false
  let begun = false
  let expected = false
  let worst = ''
  for (const counted of meters) {
    const { meter, weight } = counted
    const use = meterUse(counted, period, lookup, now)
    if (use === undefined) return unknown(`${meter.id} is a virtual meter, which has no readings`)
    // A meter that was not in use in the period is not asked.
    if (use.state === 'unused') continue
    expected = true
    partial ||= use.partial
    // Nor one whose part of the period has not begun: a site further west, or a meter to come.
    if (use.state !== 'asked') continue
    const toUnit = factor(use.unit, meter.utility)
    if (toUnit === undefined) return unknown(`${use.unit} of ${meter.utility} (${meter.id}) does not convert`)
    begun = true
    const { part, covered } = use
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
    quality: qualityOf(flags, coverage, partial),
    partial,
    ...(coverage < NEARLY_WHOLE && { reason: lacking(worst, coverage) }),
  }
}

/** What a span that still runs lacks is what the next reading brings. */
export function qualityOf(flags: Qualities, coverage: number, partial: boolean): Quality {
  return worstOf(flags, partial && coverage >= NEARLY_WHOLE ? 1 : coverage)
}

/** The estimated share of a value, 0..1. */
export function estimatedShare(value: number | null, estimated: number): number {
  if (value === null || estimated === 0) return 0
  return value === 0 ? 1 : Math.min(1, Math.abs(estimated / value))
}

export function lacking(meter: string, coverage: number): string {
  return `${meter} has data for ${(coverage * 100).toFixed(1)} % of the span`
}

function unknown(reason: string): Usage {
  return { value: null, coverage: 0, estimated: 0, quality: 'missing', partial: false, reason }
}
