import { DAY_MS } from '../core/calendar.ts'
import { isMetered, LIKE_DAYS } from '../core/like-days.ts'
import { ESTIMATED } from '../core/quality.ts'
import { type Consumption, flagsOf } from '../core/rollup.ts'
import { HOUR_MS, type Window } from '../core/window.ts'
import type { Store } from '../store/store.ts'

/** Hours of one meter that were reckoned anew, without a break. */
interface Reckoned {
  readonly meter: string
  readonly rows: readonly Consumption[]
}

/**
 * The gaps in the four weeks after what was reckoned anew: their course is that of like days, so they are
 * to be reckoned anew as well where an hour that was metered is another one now. Nothing is looked for
 * where nothing came later, as where readings arrive in their order. `newest`: each meter's last reading.
 */
export async function laterGaps(
  store: Pick<Store, 'rollups'>,
  changed: readonly Reckoned[],
  newest: ReadonlyMap<string, { readonly at: number }>,
): Promise<Window[]> {
  const windows: Window[] = []
  for (const { meter, rows } of changed) {
    const first = rows[0]
    const last = rows.at(-1)
    if (first === undefined || last === undefined || (newest.get(meter)?.at ?? 0) <= last.end) continue
    const before = await store.rollups([meter], 'hour', first.start, last.end + LIKE_DAYS * DAY_MS)
    const stored = new Map(before.map((row) => [row.start, row]))
    if (!rows.some((row) => differs(row, stored.get(row.start)))) continue
    for (const { start, end } of before) {
      const row = stored.get(start) as Consumption
      if (start >= last.end && isGap(row)) windows.push(hoursOf(meter, start, end))
    }
  }
  return windows
}

/** Whether an hour that like days may use is another one than it was. */
function differs(row: Consumption, stored: Consumption | undefined): boolean {
  const was = stored !== undefined && isMetered(stored)
  return isMetered(row) !== was || (was && row.value !== stored.value)
}

function isGap(row: Consumption): boolean {
  return (flagsOf(row) & ESTIMATED) !== 0 || row.coveredMs < row.end - row.start
}

function hoursOf(meter: string, start: number, end: number): Window {
  return { meter, from: Math.floor(start / HOUR_MS) * HOUR_MS, to: Math.ceil(end / HOUR_MS) * HOUR_MS }
}
