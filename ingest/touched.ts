import type { ReadingBatch } from '../core/reading.ts'
import { HOUR_MS, mergeWindows, type Window } from '../core/window.ts'

/** A meter's newest reading among those that were just stored. */
export interface NewestReading {
  readonly at: number
  readonly value: number
  /** Empty where the reading came without one. */
  readonly unit: string
  readonly receivedAt: number
}

export interface Touched {
  readonly windows: readonly Window[]
  readonly newest: ReadonlyMap<string, NewestReading>
  readonly readings: number
}

/** The stretch of hours that a meter's readings are in at the moment, and its newest reading. */
interface Run {
  from: number
  to: number
  newestAt: number
  batch: ReadingBatch
  index: number
}

/** What a batch touches, in one pass: readings that stay in the hour before cost a comparison. */
export function touchedBy(batches: readonly ReadingBatch[]): Touched {
  const runs = new Map<string, Run>()
  const windows: Window[] = []
  let readings = 0
  for (const batch of batches) {
    readings += batch.length
    const here: (Run | undefined)[] = new Array(batch.meters.length)
    for (let i = 0; i < batch.length; i++) {
      const no = batch.meter[i] as number
      const at = batch.at[i] as number
      const run = here[no]
      if (run !== undefined && at >= run.from && at < run.to) {
        if (at >= run.newestAt) renew(run, batch, i, at)
      } else here[no] = moved(runs, windows, batch, i, at)
    }
  }
  for (const [meter, run] of runs) windows.push({ meter, from: run.from, to: run.to })
  return { windows: mergeWindows(windows), newest: newestOf(runs), readings }
}

/** The meter's run after a reading outside the hours it was in: it grows by an hour, or begins anew. */
function moved(runs: Map<string, Run>, windows: Window[], batch: ReadingBatch, i: number, at: number): Run {
  const meter = batch.meters[batch.meter[i] as number] as string
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS
  const run = runs.get(meter)
  if (run === undefined) {
    const first = { from: hour, to: hour + HOUR_MS, newestAt: at, batch, index: i }
    runs.set(meter, first)
    return first
  }
  if (hour === run.to) run.to += HOUR_MS
  else if (hour < run.from || hour > run.to) {
    windows.push({ meter, from: run.from, to: run.to })
    run.from = hour
    run.to = hour + HOUR_MS
  }
  if (at >= run.newestAt) renew(run, batch, i, at)
  return run
}

function renew(run: Run, batch: ReadingBatch, index: number, at: number): void {
  run.newestAt = at
  run.batch = batch
  run.index = index
}

function newestOf(runs: ReadonlyMap<string, Run>): Map<string, NewestReading> {
  const newest = new Map<string, NewestReading>()
  for (const [meter, { batch, index, newestAt }] of runs) {
    newest.set(meter, {
      at: newestAt,
      value: batch.value[index] as number,
      unit: batch.units[batch.unit[index] as number] ?? '',
      receivedAt: batch.receivedAt,
    })
  }
  return newest
}
