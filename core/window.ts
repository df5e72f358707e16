/** An hour of the epoch in milliseconds. */
export const HOUR_MS = 3_600_000

/** A span of whole UTC hours of one meter in which readings arrived, and which is to be recomputed. */
export interface Window {
  readonly meter: string
  /** Epoch milliseconds, on an hour, inclusive. */
  readonly from: number
  /** Epoch milliseconds, on an hour, exclusive. */
  readonly to: number
}

/** Joins windows of the same meter that overlap or touch. Order of the meters: first seen first. */
export function mergeWindows(windows: Iterable<Window>): Window[] {
  const byMeter = new Map<string, Window[]>()
  for (const window of windows) {
    const list = byMeter.get(window.meter)
    if (list === undefined) byMeter.set(window.meter, [window])
    else list.push(window)
  }
  return [...byMeter.values()].flatMap(joinSorted)
}

function joinSorted(windows: Window[]): Window[] {
  const joined: Window[] = []
  for (const next of windows.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && next.from <= last.to) {
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, next.to) }
    } else joined.push(next)
  }
  return joined
}
