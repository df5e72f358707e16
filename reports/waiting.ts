import { sitesOf } from '../core/organisation-index.ts'
import type { Store } from '../store/store.ts'
import type { Place } from './restating.ts'

/** Where so many windows wait, nobody looks which. */
const MANY = 10_000

/** Whether readings of a boundary and a year wait to be reckoned. */
export async function waitsFor(store: Store, { boundary, year }: Place): Promise<boolean> {
  const windows = await store.touched(MANY)
  if (windows.length === MANY) return true
  const spans = new Map(
    sitesOf(boundary).flatMap(({ site, calendar }) =>
      site.meters.map((meter) => [meter.id, year.spanAt(calendar)] as const),
    ),
  )
  return windows.some(({ meter, from, to }) => {
    const span = spans.get(meter)
    return span !== undefined && from < span.end && to > span.start
  })
}
