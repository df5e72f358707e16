import type { Calendar, Span } from '../core/calendar.ts'
import { DAY_MS } from '../core/calendar.ts'
import { consumptionOf, piecesOf } from '../core/consumption.ts'
import { exclusionsOf } from '../core/exclusion.ts'
import { facesIn } from '../core/faces.ts'
import type { CourseOf } from '../core/gap-shape.ts'
import { holesIn, withHolesFilled } from '../core/holes.ts'
import { LIKE_DAYS, likeDays } from '../core/like-days.ts'
import type { Occurrence } from '../core/meter-event.ts'
import type { MeterRule } from '../core/meter-rule.ts'
import { isOpen, type Pieces } from '../core/pieces.ts'
import type { ReadingSeries } from '../core/reading.ts'
import { settledAmid } from '../core/settled-amid.ts'
import { STILL_MOST_MS } from '../core/stuck.ts'
import { HOUR_MS, type Window } from '../core/window.ts'
import type { Neighbourhood } from './neighbourhood.ts'

/** A meter as its readings are reckoned. */
export interface ReckonedMeter {
  readonly rule: MeterRule
  readonly calendar: Calendar
  /** What is in force of its journal, in order of time; undefined where nothing ever was. */
  readonly occurrences: readonly Occurrence[] | undefined
}

/** What the readings in and around a window come to. */
export interface Reckoning {
  readonly pieces: Pieces
  readonly courseOf: CourseOf | undefined
  /** What hangs on the window: from the readings before it that tell what it is, to those after it. */
  readonly changed: Span
}

/** How far around a window is looked where what is near does not tell: as far as a register may stand still. */
const WIDE_MS = STILL_MOST_MS + 2 * DAY_MS
/** Meters that are seldom read are looked at further away, one reading after the other: the rules ask for a few. */
const SINGLY = 12
/** A meter with more readings than this on a side of a window is none of those. */
const OFTEN = 200

/** Reckons with all the readings that a window hangs on, and no more. */
export async function reckon(
  near: Neighbourhood,
  meter: ReckonedMeter,
  window: Pick<Window, 'from' | 'to'>,
): Promise<Reckoning> {
  const { rule, occurrences } = meter
  const { series, reach } = await settledReadings(near, rule, occurrences ?? [], window)
  const pieces = piecesOf(series, rule, occurrences)
  // What was declared, or taken back, may lie where no reading is.
  const changed =
    occurrences === undefined
      ? reach
      : { start: Math.min(reach.start, window.from), end: Math.max(reach.end, window.to) }
  const first = firstGap(pieces, changed)
  if (first === undefined) return { pieces, courseOf: undefined, changed }
  // From a reading on: what stood still over that instant is metered too.
  const before = first - (LIKE_DAYS + 3) * DAY_MS
  const from = (await countingBeside(near, occurrences ?? []).before(before)) ?? before
  const wide = (series.at[0] ?? from) <= from ? series : await near.between(from, lastOf(series, changed))
  const all = wide === series ? pieces : piecesOf(wide, rule, occurrences)
  const hours = meter.calendar.spans('hour', first - (LIKE_DAYS + 1) * DAY_MS, changed.end)
  const courseOf = likeDays(consumptionOf(all, rule, hours), meter.calendar)
  return { pieces: withHolesFilled(all, rule.limitPerHour, courseOf), courseOf, changed }
}

/** The readings that tell what a window is, and the span that it tells something of. */
export async function settledReadings(
  near: Neighbourhood,
  rule: MeterRule,
  occurrences: readonly Occurrence[],
  { from, to }: Pick<Window, 'from' | 'to'>,
): Promise<{ series: ReadingSeries; reach: Span }> {
  const counting = countingBeside(near, occurrences)
  let first = Math.min(near.from, (await counting.before(from)) ?? near.from)
  let last = Math.max(near.to - 1, (await counting.atOrAfter(to)) ?? near.to - 1)
  for (let wider = 0; ; wider += 1) {
    const series = await near.between(first, last)
    const face = facesIn(rule, series)
    const span = settledAmid(series.at, face, rule, occurrences, { from, to })
    const before = span.needsBefore ? await counting.before(series.at[0] ?? from) : null
    const after = span.needsAfter ? await counting.atOrAfter((series.at.at(-1) ?? to) + 1) : null
    const enough =
      wider > 0 &&
      (before === null || isMany(series, from - WIDE_MS, from)) &&
      (after === null || isMany(series, to, to + WIDE_MS))
    if (enough || wider > SINGLY || (before === null && after === null)) {
      return { series, reach: reachOf(span, series, before, after) }
    }
    const reach = wider === 0 ? WIDE_MS : 0
    if (before !== null) first = Math.min(before, from - reach, first)
    if (after !== null) last = Math.max(after, to + reach, last)
  }
}

/** Whether a meter is read so often that single readings further away would tell no more. */
function isMany({ at }: ReadingSeries, from: number, to: number): boolean {
  let many = 0
  for (const instant of at) if (instant >= from && instant < to) many += 1
  return many > OFTEN
}

/** The readings beside an instant, past those that are excluded: what they stand between reaches over them. */
function countingBeside(near: Neighbourhood, occurrences: readonly Occurrence[]) {
  const exclusions = exclusionsOf(occurrences)
  const over = (at: number) => exclusions.find((span) => span.start <= at && at < span.end)
  return {
    async before(at: number): Promise<number | null> {
      let found = await near.before(at)
      for (let span = over(found ?? Number.NaN); span !== undefined; span = over(found ?? Number.NaN))
        found = await near.before(span.start)
      return found
    },
    async atOrAfter(at: number): Promise<number | null> {
      let found = await near.atOrAfter(at)
      for (let span = over(found ?? Number.NaN); span !== undefined; span = over(found ?? Number.NaN))
        found = await near.atOrAfter(span.end)
      return found
    },
  }
}

/** What can be told: an hour that the readings at hand end in cannot, while more lie `before` or `after` them. */
function reachOf(span: Span, { at }: ReadingSeries, before: number | null, after: number | null): Span {
  return {
    start: before === null ? span.start : Math.max(span.start, (at[0] as number) + HOUR_MS),
    end: after === null ? span.end : Math.min(span.end, (at.at(-1) as number) - HOUR_MS),
  }
}

/** Where the first gap or hole begins of those that a span lies in or holds. */
function firstGap(pieces: Pieces, { start, end }: Span): number | undefined {
  const { from, to, length } = pieces
  const hole = holesIn(pieces).find((k) => (to[k] as number) < end && (from[k + 1] as number) > start)
  const first = hole === undefined ? Number.POSITIVE_INFINITY : (to[hole] as number)
  for (let k = 0; k < length && (from[k] as number) < Math.min(first, end); k += 1) {
    if ((to[k] as number) > start && isOpen(pieces, k)) return from[k]
  }
  return hole === undefined ? undefined : first
}

function lastOf(series: ReadingSeries, changed: Span): number {
  return Math.max(series.at.at(-1) ?? changed.end, changed.end)
}
