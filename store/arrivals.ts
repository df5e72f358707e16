import type { Arrival, Conflict } from './store.ts'

/**
 * What came for one instant, in order of arrival, as a conflict; undefined where it is none. An arrival that
 * was stored twice, as after a kill, counts where it came last; of several in a row that say the same, the
 * last one is told.
 */
export function conflictOf(at: number, stored: readonly Arrival[]): Conflict | undefined {
  const distinct = new Map<string, Arrival>()
  for (const arrival of stored) {
    const key = `${arrival.value}|${arrival.receivedAt}|${arrival.unit}`
    distinct.delete(key)
    distinct.set(key, arrival)
  }
  const list = [...distinct.values()]
  const arrivals = list.filter((arrival, i) => {
    const next = list[i + 1]
    return next === undefined || !sameReading(arrival, next)
  })
  return arrivals.length > 1 ? { at, arrivals } : undefined
}

/** Whether two arrivals say the same. */
export function sameReading(a: Arrival, b: Arrival): boolean {
  return a.value === b.value && a.unit === b.unit
}
