import type { Calendar, Span } from '../core/calendar.ts'
import { consumption, type MeterRule } from '../core/consumption.ts'
import { type Consumption, combine, type Rollup } from '../core/rollup.ts'
import type { Store } from '../store/store.ts'
import { Neighbourhood } from './neighbourhood.ts'

/** The meter whose windows are recomputed, and how. */
export interface Subject {
  readonly meter: string
  readonly rule: MeterRule
  readonly calendar: Calendar
}

/**
 * The rollups that readings in [from, to) can have changed: the hours between the nearest reading
 * before and the nearest after, and the days, months and years that they lie in. Reads what these
 * spans need and nothing else, so the work doesn't grow with the history.
 */
export async function recompute(
  store: Store,
  subject: Subject,
  window: { from: number; to: number },
): Promise<Rollup[]> {
  const { meter, rule, calendar } = subject
  const near = await Neighbourhood.of(store, meter, window)
  const reach = await changedSpan(near, rule, window)
  const hours = calendar.spans('hour', reach.start, reach.end)
  const first = hours[0]
  const last = hours.at(-1)
  if (first === undefined || last === undefined) return []
  const from = (await near.before(first.start)) ?? first.start
  const to = (await near.from(last.end)) ?? last.end
  const hourRows = consumption(await near.between(from, to), rule, hours)

  const inGrain = (grain: Rollup['grain'], rows: readonly Consumption[]) =>
    rows.map((row) => ({ meter, grain, ...row }))
  const days = await carryUp(store, subject, 'hour', 'day', hourRows)
  const months = await carryUp(store, subject, 'day', 'month', days)
  const years = await carryUp(store, subject, 'month', 'year', months)
  return [
    ...inGrain('hour', hourRows),
    ...inGrain('day', days),
    ...inGrain('month', months),
    ...inGrain('year', years),
  ]
}

/** From the nearest reading before the window to the nearest after it: what lies between hangs on them. */
async function changedSpan(
  near: Neighbourhood,
  rule: MeterRule,
  { from, to }: { from: number; to: number },
): Promise<Span> {
  // Where nothing came before or after, the window's own first or last reading is the edge.
  const before = (await near.before(from)) ?? (await near.from(from)) ?? from
  const after = (await near.from(to)) ?? (await near.before(to)) ?? to
  // A gauge's readings are never joined over more than its reach, so nothing further away can change.
  return { start: Math.max(before, from - rule.reachMs), end: Math.min(after, to + rule.reachMs) }
}

/** The coarser spans that changed rows lie in, each combined from its stored parts with the changed ones put in their place. */
async function carryUp(
  store: Store,
  { meter, calendar }: Subject,
  fine: 'hour' | 'day' | 'month',
  coarse: 'day' | 'month' | 'year',
  changed: readonly Consumption[],
): Promise<Consumption[]> {
  const first = changed[0]
  const last = changed.at(-1)
  if (first === undefined || last === undefined) return []
  const spans = calendar.spans(coarse, first.start, last.end)
  const whole = { start: spans[0]?.start ?? first.start, end: spans.at(-1)?.end ?? last.end }
  // What was changed runs without a break from `first` to `last`; around it the stored rows hold.
  const stored = await store.rollups([meter], fine, whole.start, whole.end)
  const parts: Consumption[] = [
    ...stored.filter((row) => row.start < first.start),
    ...changed,
    ...stored.filter((row) => row.start >= last.end),
  ]
  let i = 0
  return spans.map((span) => {
    const begin = i
    while (i < parts.length && (parts[i] as Consumption).start < span.end) i += 1
    return combine(span, parts.slice(begin, i))
  })
}
