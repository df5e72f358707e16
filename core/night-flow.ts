import { type Calendar, type LocalDay, QUARTER_MS, type Span } from './calendar.ts'
import { COVERAGE_NEEDED } from './intensity.ts'
import type { CountedMeter } from './organisation-index.ts'
import { type Quality, WHOLE, worstQuality } from './quality.ts'
import { conversion } from './quantity.ts'
import { estimatedShare, type Lookup, type Period, periodOf, periods, type Usage, usage } from './usage.ts'
import { HOUR_MS } from './window.ts'

/** When nobody ought to use water, by the local clock. */
const FROM_HOUR = 2
const TO_HOUR = 4
/** Readings every quarter of an hour come with some minutes of play. */
const QUARTERLY_MS = QUARTER_MS + 300_000

/** The length of the intervals that the least flow is looked for among. */
export type FlowGrain = '15m' | 'hour'

/** The least flow of a night: what runs though nobody draws it, and so perhaps a leak. */
export interface NightFlow {
  /** In m3/h: of all intervals of the night the least mean flow. Null with `reason`. */
  readonly value: number | null
  /** When that interval began, epoch milliseconds; the first of several. */
  readonly at: number | null
  readonly over: FlowGrain
  /** Of the night. */
  readonly coverage: number
  /** Share of what flowed in the night that was estimated. */
  readonly estimated: number
  /** The worst of the night: any interval might have been the least. */
  readonly quality: Quality
  /** Of the mean flow of the day; null where that is not known or 0. */
  readonly share: number | null
  readonly reason?: string
}

/**
 * From 02:00 to 04:00 of a local day. On the day of a change of clocks the night has the hours that the
 * clocks show: one where they skip from two to three, three where they show two to three twice.
 */
export function nightOf(calendar: Calendar, day: LocalDay): Span {
  return { start: calendar.hourOf(day, FROM_HOUR), end: calendar.hourOf(day, TO_HOUR) }
}

/** Whether readings at these instants, in order, say what flowed in each quarter of an hour of a night. */
export function readQuarterly(at: ArrayLike<number>, { start, end }: Span): boolean {
  let last = Number.NEGATIVE_INFINITY
  for (let i = 0; i < at.length; i += 1) {
    const next = at[i] as number
    if (next > start && next - last > QUARTERLY_MS) return false
    if (next >= end) return true
    last = next
  }
  return false
}

/** The intervals of a night. */
export function intervalsOf(calendar: Calendar, night: Span, over: FlowGrain): Period[] {
  return periods(over, calendar, night.start, night.end)
}

/** The least flow of the night of a local day, of meters of volume together, each with its weight. */
export function nightFlow(
  meters: readonly CountedMeter[],
  calendar: Calendar,
  day: LocalDay,
  over: FlowGrain,
  lookup: Lookup,
  now: number,
): NightFlow {
  const night = nightOf(calendar, day)
  const none = { value: null, at: null, over, estimated: 0, share: null }
  if (now < night.end) return { ...none, coverage: 0, quality: 'missing', reason: 'the night has not ended' }
  const used = (period: Period) => usage(meters, period, lookup, now, (unit) => conversion(unit, 'm3'))
  const intervals = intervalsOf(calendar, night, over).map((period) => ({
    span: period.spanAt(calendar),
    used: used(period),
  }))
  const known = {
    over,
    coverage: meanCoverage(intervals),
    quality: worstQuality(intervals.map((one) => one.used.quality)),
  }
  const lacking = intervals.find((one) => one.used.value === null || one.used.coverage < WHOLE)
  if (lacking !== undefined || intervals.length === 0) {
    const reason = lacking?.used.reason ?? 'data is lacking'
    return { ...none, ...known, reason: `the night is not wholly covered: ${reason}` }
  }
  const flows = intervals.map(
    ({ span, used }) => ((used.value as number) * HOUR_MS) / (span.end - span.start),
  )
  const value = Math.min(...flows)
  const at = intervals[flows.indexOf(value)]?.span.start as number
  const total = intervals.reduce((sum, one) => sum + (one.used.value as number), 0)
  const estimated = intervals.reduce((sum, one) => sum + one.used.estimated, 0)
  const mean = meanFlow(used(periodOf('day', day)), calendar.spanOf('day', day))
  return {
    ...known,
    value,
    at,
    estimated: estimatedShare(total, estimated),
    ...(typeof mean === 'number' ? { share: value / mean } : { share: null, reason: mean.reason }),
  }
}

function meanCoverage(intervals: readonly { span: Span; used: Usage }[]): number {
  let covered = 0
  let whole = 0
  for (const { span, used } of intervals) {
    covered += used.coverage * (span.end - span.start)
    whole += span.end - span.start
  }
  return whole === 0 ? 0 : covered / whole
}

/** The mean flow of a day in m3/h, or why there is none to compare with. */
function meanFlow({ value, coverage, partial, reason }: Usage, day: Span): number | { reason: string } {
  if (partial) return { reason: 'no share: the day still runs' }
  if (value === null || coverage < COVERAGE_NEEDED)
    return { reason: `no share: ${reason ?? 'data is lacking'}` }
  return value > 0
    ? (value * HOUR_MS) / (day.end - day.start)
    : { reason: 'no share: nothing flowed that day' }
}
