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
  const windows: Window[] = []
  for (const { meter, rows } of changed) {
    const last = rows.at(-1)
    if (last === undefined || (newest.get(meter)?.at ?? 0) <= last.end) continue
    const after = await store.rollups([meter], 'hour', last.end, last.end + LIKE_DAYS * DAY_MS)
    for (const row of after) if (isGap(row)) windows.push(hoursOf(meter, row.start, row.end))
  }
  return mergeWindows(windows)
}

function isGap(row: Consumption): boolean {
  return (flagsOf(row) & ESTIMATED) !== 0 || row.coveredMs < row.end - row.start
}

function hoursOf(meter: string, start: number, end: number): Window {
  return { meter, from: Math.floor(start / HOUR_MS) * HOUR_MS, to: Math.ceil(end / HOUR_MS) * HOUR_MS }
}
