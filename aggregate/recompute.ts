import type { Calendar, Span } from '../core/calendar.ts'
import { consumptionOf } from '../core/consumption.ts'
import { inForceByMeter } from '../core/meter-event.ts'
import { ruleOf } from '../core/meter-rule.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { NO_READINGS } from '../core/reading.ts'
import { type Consumption, combine, isSame, type Rollup } from '../core/rollup.ts'
import { NEAR_MS, Neighbourhood } from '../figures/neighbourhood.ts'
import { reckon } from '../figures/reckoning.ts'
import type { Store } from '../store/store.ts'
import type { Task } from './chunks.ts'
import type { ForgottenYears } from './forgotten-years.ts'
import { laterGaps } from './later-gaps.ts'

/** Rows of one meter that were reckoned, without a break, and the calendar that they are carried up by. */
interface Reckoned {
  readonly meter: string
  readonly calendar: Calendar
  readonly rows: readonly Consumption[]
}

/**
 * The rollups that readings in these windows have changed: of each meter the hours that hang on its window,
 * and the days, months and years that they lie in; without those that are as they were. Reads what these
 * spans need and nothing else, so the work doesn't grow with the history. Years whose readings are forgotten
 * keep the figures that they have.
 */
export async function recompute(
  store: Store,
  organisation: Organisation,
  tasks: readonly Task[],
  forgotten: ForgottenYears,
): Promise<Rollup[]> {
  const hours = await reckonedHours(store, organisation, tasks, forgotten)
  const days = await carryUp(store, 'hour', 'day', hours)
  // Before the rollups are written: a kill in between leaves nothing undone.
  const gaps = await laterGaps(store, days.changed, await store.lastReadings())
  if (gaps.length > 0) await store.touch(gaps)
  const months = await carryUp(store, 'day', 'month', days.coarse)
  const years = await carryUp(store, 'month', 'year', months.coarse)
  const before = await store.rollups(
    years.coarse.map(({ meter }) => meter),
    'year',
    ...limitsOf(years.coarse.map(({ rows }) => rows)),
  )
  return [
    ...inGrain('hour', days.changed),
    ...inGrain('day', months.changed),
    ...inGrain('month', years.changed),
    ...inGrain('year', changedRows(years.coarse, byMeter(before))),
  ]
}

async function reckonedHours(
  store: Store,
  organisation: Organisation,
  tasks: readonly Task[],
  forgotten: ForgottenYears,
): Promise<Reckoned[]> {
  const journal = inForceByMeter(await store.journal())
  const known = tasks.flatMap((task) => {
    const entry = organisation.meters.get(task.meter)
    const rule = entry && ruleOf(entry.meter, entry.calendar)
    if (entry === undefined || rule === undefined) return []
    const { calendar } = entry
    const occurrences = journal.get(task.meter)
    return forgotten.reckonable(task, calendar).map((part) => ({ task: part, rule, calendar, occurrences }))
  })
  const span = {
    from: Math.min(...known.map(({ task }) => task.from)) - NEAR_MS,
    to: Math.max(...known.map(({ task }) => task.to)) + NEAR_MS,
  }
  const meters = [...new Set(known.map(({ task }) => task.meter))]
  const series = await store.readingsOf(meters, span.from, span.to)
  const newest = await store.lastReadings()
  const reckoned: Reckoned[] = []
  for (const { task, ...meter } of known) {
    const last = newest.get(task.meter)?.at ?? Number.NEGATIVE_INFINITY
    // Without a reading there may still be a correction.
    if (last < 0 && meter.occurrences === undefined) continue
    const near = new Neighbourhood(store, task.meter, span, series.get(task.meter) ?? NO_READINGS, last)
    const { pieces, courseOf, changed: reach } = await reckon(near, meter, task)
    const { within } = task
    const { calendar, rule } = meter
    const spans = calendar.spans('hour', Math.max(reach.start, within.start), Math.min(reach.end, within.end))
    if (spans.length === 0) continue
    reckoned.push({ meter: task.meter, calendar, rows: consumptionOf(pieces, rule, spans, courseOf) })
  }
  return reckoned
}

/**
 * The coarser spans that reckoned rows lie in, each combined from its stored parts with the reckoned ones put
 * in their place; and those of the reckoned ones that are not as they are stored.
 */
async function carryUp(
  store: Store,
  fine: 'hour' | 'day' | 'month',
  coarse: 'day' | 'month' | 'year',
  reckoned: readonly Reckoned[],
): Promise<{ coarse: Reckoned[]; changed: Reckoned[] }> {
  const plans = reckoned.map((one) => {
    const { rows, calendar } = one
    const span = { start: (rows[0] as Consumption).start, end: (rows.at(-1) as Consumption).end }
    return { ...one, span, spans: calendar.spans(coarse, span.start, span.end) }
  })
  const stored = byMeter(
    await store.rollups(
      plans.map(({ meter }) => meter),
      fine,
      ...limitsOf(plans.map(({ spans }) => spans)),
    ),
  )
  const combined = plans.map(({ meter, calendar, rows, span, spans }) => {
    // A meter that changed its zone has rows of the old one, which begin elsewhere and no longer count.
    const kept = (stored.get(meter) ?? []).filter(
      (row) =>
        (row.start < span.start || row.start >= span.end) &&
        calendar.spanAt(fine, row.start).start === row.start,
    )
    // What was reckoned runs without a break; around it the stored rows hold.
    const parts: Consumption[] = [
      ...kept.filter((row) => row.start < span.start),
      ...rows,
      ...kept.filter((row) => row.start >= span.end),
    ]
    return { meter, calendar, rows: combineEach(spans, parts) }
  })
  return { coarse: combined, changed: changedRows(reckoned, stored) }
}

/** The first start and the last end of lists of spans. */
function limitsOf(lists: readonly (readonly Span[])[]): [from: number, to: number] {
  if (lists.length === 0) return [0, 0]
  return [
    Math.min(...lists.map((spans) => (spans[0] as Span).start)),
    Math.max(...lists.map((spans) => (spans.at(-1) as Span).end)),
  ]
}

function changedRows(
  reckoned: readonly Reckoned[],
  stored: ReadonlyMap<string, readonly Rollup[]>,
): Reckoned[] {
  return reckoned.map(({ meter, calendar, rows }) => {
    const before = stored.get(meter) ?? []
    let i = 0
    const changed = rows.filter((row) => {
      while (i < before.length && (before[i] as Rollup).start < row.start) i += 1
      const was = before[i]
      return was === undefined || !isSame(row, was)
    })
    return { meter, calendar, rows: changed }
  })
}

function inGrain(grain: Rollup['grain'], reckoned: readonly Reckoned[]): Rollup[] {
  return reckoned.flatMap(({ meter, rows }) => rows.map((row) => ({ meter, grain, ...row })))
}

/** Combines the parts that begin in each span; both are in order. */
function combineEach(spans: readonly Span[], parts: readonly Consumption[]): Consumption[] {
  let i = 0
  return spans.map((span) => {
    while (i < parts.length && (parts[i] as Consumption).start < span.start) i += 1
    const begin = i
    while (i < parts.length && (parts[i] as Consumption).start < span.end) i += 1
    return combine(span, parts.slice(begin, i))
  })
}

function byMeter(rows: readonly Rollup[]): Map<string, Rollup[]> {
  const meters = new Map<string, Rollup[]>()
  for (const row of rows) {
    const list = meters.get(row.meter)
    if (list === undefined) meters.set(row.meter, [row])
    else list.push(row)
  }
  return meters
}
