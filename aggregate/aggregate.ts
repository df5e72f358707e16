import type { Organisation } from '../core/organisation-index.ts'
import type { Store } from '../store/store.ts'
import { chunksOf } from './chunks.ts'
import { ForgottenYears } from './forgotten-years.ts'
import { recompute } from './recompute.ts'

/** Windows taken off the list at once. */
const TAKE = 2000

/** Whose rollups were written, and the touched hours that they answer. */
export interface Changed {
  readonly meters: readonly string[]
  readonly from: number
  readonly to: number
  /** Windows that changed nothing, because they lie in forgotten years. */
  readonly inForgottenYears: number
}

/** Where rollups are put: the store, or what stands in front of it. */
export type RollupSink = Pick<Store, 'putRollups'>

export interface AggregateOptions {
  /** The years whose figures are left alone. */
  readonly forgotten?: ForgottenYears
  /** True from when on no more is begun. */
  readonly stopped?: () => boolean
  readonly sink?: RollupSink
}

/**
 * Takes the windows that wait, longest waiting first, and writes what they change. Doing it again
 * writes the same. Resolves to what was changed, or null when nothing waited. Told to stop, it leaves the
 * rest on the list.
 */
export async function aggregateOnce(
  store: Store,
  organisation: Organisation,
  { forgotten = new ForgottenYears(), stopped = () => false, sink = store }: AggregateOptions = {},
): Promise<Changed | null> {
  const taken = await store.touched(TAKE)
  if (taken.length === 0) return null
  await forgotten.load(store)
  for (const tasks of chunksOf(taken)) {
    if (stopped()) break
    const settled = tasks.flatMap((task) => task.settles)
    await sink.putRollups(await recompute(store, organisation, tasks, forgotten), settled)
  }
  return {
    meters: [...new Set(taken.map((window) => window.meter))].filter((meter) =>
      organisation.meters.has(meter),
    ),
    from: Math.min(...taken.map((window) => window.from)),
    to: Math.max(...taken.map((window) => window.to)),
    inForgottenYears: taken.filter((window) => {
      const calendar = organisation.meters.get(window.meter)?.calendar
      return calendar !== undefined && forgotten.reckonable(window, calendar).length === 0
    }).length,
  }
}
