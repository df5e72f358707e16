import type { Calendar, Span } from '../core/calendar.ts'
import { consumptionOf } from '../core/consumption.ts'
import { inForceByMeter } from '../core/meter-event.ts'
import { ruleOf } from '../core/meter-rule.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { NO_READINGS } from '../core/reading.ts'
import { type Consumption, combine, type Rollup } from '../core/rollup.ts'
import { mergeWindows } from '../core/window.ts'
import { NEAR_MS, Neighbourhood } from '../figures/neighbourhood.ts'
import { reckon } from '../figures/reckoning.ts'
import type { Store } from '../store/store.ts'
import type { Task } from './chunks.ts'
import type { ForgottenYears } from './forgotten-years.ts'
import { laterGaps } from './later-gaps.ts'

/** Rows of one meter that have changed, without a break, and the calendar that they are carried up by. */
interface Changed {
  readonly meter: string
  readonly calendar: Calendar
  readonly rows: readonly Consumption[]
}

/**
 * The rollups that readings in these windows can have changed: of each meter the hours between the
 * nearest reading before its window and the nearest after, and the days, months and years that they lie
 * in. Reads what these spans need and nothing else, so the work doesn't grow with the history. Years whose
 * readings are forgotten keep the figures that they have.
 */
export async function recompute(
  store: Store,
  organisation: Organisation,
  tasks: readonly Task[],
  forgotten: ForgottenYears,
): Promise<Rollup[]> {
  const hours = await changedHours(store, organisation, tasks, forgotten)
  // Before the rollups are written: a kill in between leaves nothing undone.
  const gaps = await laterGaps(store, hours, await store.lastReadings())
  if (gaps.length > 0) await store.touch(mergeWindows(gaps))
  const days = await carryUp(store, 'hour', 'day', hours)
  const months = await carryUp(store, 'day', 'month', days)
  const years = await carryUp(store, 'month', 'year', months)
  const inGrain = (grain: Rollup['grain'], changed: readonly Changed[]) =>
    changed.flatMap(({ meter, rows }) => rows.map((row) => ({ meter, grain, ...row })))
  return [
    ...inGrain('hour', hours),
    ...inGrain('day', days),
    ...inGrain('month', months),
    ...inGrain('year', years),
  ]
}

async function changedHours(
  store: Store,
  organisation: Organisation,
  tasks: readonly Task[],
  forgotten: ForgottenYears,
): Promise<Changed[]> {
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
  const changed: Changed[] = []
  for (const { task, ...meter } of known) {
    const last = newest.get(task.meter)?.at
    if (last === undefined) continue
    const near = new Neighbourhood(store, task.meter, span, series.get(task.meter) ?? NO_READINGS, last)
    const { pieces, courseOf, changed: reach } = await reckon(near, meter, task)
    const { within } = task
    const { calendar, rule } = meter
    const spans = calendar.spans('hour', Math.max(reach.start, within.start), Math.min(reach.end, within.end))
    if (spans.length === 0) continue
    changed.push({ meter: task.meter, calendar, rows: consumptionOf(pieces, rule, spans, courseOf) })
  }
  return changed
}

/** The coarser spans that changed rows lie in, each combined from its stored parts with the changed ones put in their place. */
async function carryUp(
  store: Store,
  fine: 'hour' | 'day' | 'month',
  coarse: 'day' | 'month' | 'year',
  changed: readonly Changed[],
): Promise<Changed[]> {
  const plans = changed.map(({ meter, calendar, rows }) => {
    const changedSpan = { start: (rows[0] as Consumption).start, end: (rows.at(-1) as Consumption).end }
    return {
      meter,
      calendar,
      rows,
      changedSpan,
      spans: calendar.spans(coarse, changedSpan.start, changedSpan.end),
    }
  })
  const from = Math.min(...plans.map(({ spans }) => (spans[0] as Span).start))
  const to = Math.max(...plans.map(({ spans }) => (spans.at(-1) as Span).end))
  const stored = byMeter(
    plans.length === 0
      ? []
      : await store.rollups(
          plans.map(({ meter }) => meter),
          fine,
          from,
          to,
        ),
  )
  return plans.map(({ meter, calendar, rows, changedSpan, spans }) => {
    // A meter that changed its zone has rows of the old one, which begin elsewhere and no longer count.
    const kept = (stored.get(meter) ?? []).filter(
      (row) => calendar.spanAt(fine, row.start).start === row.start,
    )
    // What was changed runs without a break; around it the stored rows hold.
    const parts: Consumption[] = [
      ...kept.filter((row) => row.start < changedSpan.start),
      ...rows,
      ...kept.filter((row) => row.start >= changedSpan.end),
    ]
    return { meter, calendar, rows: combineEach(spans, parts) }
  })
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
