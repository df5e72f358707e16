import { ruleOf } from '../core/consumption.ts'
import type { Organisation } from '../core/organisation-index.ts'
import type { Rollup } from '../core/rollup.ts'
import { mergeWindows } from '../core/window.ts'
import type { Store, TouchedWindow } from '../store/store.ts'
import { recompute } from './recompute.ts'

/** Windows taken off the list at once. */
const TAKE = 2000
/** Rollups written at once: enough to be quick, few enough that a reader sees figures move. */
const WRITE_ROWS = 60_000

/** Whose rollups were written, and the touched hours that they answer. */
export interface Changed {
  readonly meters: readonly string[]
  readonly from: number
  readonly to: number
}

/**
 * Takes the windows that wait, longest waiting first, and writes what they change. Doing it again
 * writes the same. Resolves to what was changed, or null when nothing waited. Told to stop, it leaves the
 * rest on the list.
 */
export async function aggregateOnce(
  store: Store,
  organisation: Organisation,
  stopped: () => boolean = () => false,
): Promise<Changed | null> {
  const taken = await store.touched(TAKE)
  if (taken.length === 0) return null
  const merged = mergeWindows(taken)
  let rows: Rollup[] = []
  const done: string[] = []
  let settled: TouchedWindow[] = []
  const flush = async () => {
    await store.putRollups(rows, settled)
    rows = []
    settled = []
  }
  for (const [i, window] of merged.entries()) {
    if (stopped()) break
    const entry = organisation.meters.get(window.meter)
    const rule = entry && ruleOf(entry.meter)
    if (entry !== undefined && rule !== undefined) {
      rows.push(...(await recompute(store, { meter: window.meter, rule, calendar: entry.calendar }, window)))
      done.push(window.meter)
    }
    if (merged[i + 1]?.meter === window.meter) {
      // The next window of this meter carries on from what this one wrote.
      await store.putRollups(rows, [])
      rows = []
      continue
    }
    settled.push(...taken.filter((touched) => touched.meter === window.meter))
    if (rows.length >= WRITE_ROWS) await flush()
  }
  await flush()
  return {
    meters: [...new Set(done)],
    from: Math.min(...merged.map((window) => window.from)),
    to: Math.max(...merged.map((window) => window.to)),
  }
}
