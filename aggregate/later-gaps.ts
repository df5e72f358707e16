import { DAY_MS } from '../core/calendar.ts'
import { LIKE_DAYS } from '../core/like-days.ts'
import { ESTIMATED } from '../core/quality.ts'
import { type Consumption, flagsOf } from '../core/rollup.ts'
import { HOUR_MS, mergeWindows, type Window } from '../core/window.ts'
import type { Store } from '../store/store.ts'

/** Hours of one meter that are other ones than they were, in order. */
interface Changed {
  readonly meter: string
  readonly rows: readonly Consumption[]
}

/**
 * The gaps in the four weeks after hours that are other ones now: their course is that of like days, so they
 * are to be reckoned anew as well. Nothing is looked for where nothing came later, as where readings arrive
 * in their order. `newest`: each meter's last reading.
 */
export async function laterGaps(
  store: Pick<Store, 'rollups'>,
  changed: readonly Changed[],
  newest: ReadonlyMap<string, { readonly at: number }>,
): Promise<Window[]> {
  const ends = new Map<string, number>()
  for (const { meter, rows } of changed) {
    const end = rows.at(-1)?.end
    if (end !== undefined && (newest.get(meter)?.at ?? 0) > end) ends.set(meter, end)
  }
  if (ends.size === 0) return []
  const first = Math.min(...ends.values())
  const last = Math.max(...ends.values()) + REACH_MS
  const after = await store.rollups([...ends.keys()], 'hour', first, last)
  const gaps = after.filter(({ meter, ...row }) => {
    const end = ends.get(meter) as number
    return row.start >= end && row.start < end + REACH_MS && isGap(row)
  })
  return mergeWindows(gaps.map(({ meter, start, end }) => hoursOf(meter, start, end)))
}

/** A day more: where the clock goes back, the like hour lies an hour further away. */
const REACH_MS = (LIKE_DAYS + 1) * DAY_MS

function isGap(row: Consumption): boolean {
  return (flagsOf(row) & ESTIMATED) !== 0 || row.coveredMs < row.end - row.start
}

function hoursOf(meter: string, start: number, end: number): Window {
  return { meter, from: Math.floor(start / HOUR_MS) * HOUR_MS, to: Math.ceil(end / HOUR_MS) * HOUR_MS }
}
