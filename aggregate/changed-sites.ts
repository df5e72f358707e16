import type { Organisation } from '../core/organisation-index.ts'
import type { Rollup } from '../core/rollup.ts'
import type { Store } from '../store/store.ts'

/** A site whose figures hang on something that has changed in [from, to), epoch milliseconds. */
export interface ChangedSite {
  readonly site: string
  readonly from: number
  readonly to: number
}

/** By meter, the hours that rollups which are put together change. */
export function changedSites(rollups: readonly Rollup[], organisation: Organisation): ChangedSite[] {
  const spans = new Map<string, { from: number; to: number }>()
  for (const { meter, grain, start, end } of rollups) {
    if (grain !== 'hour') continue
    const span = spans.get(meter)
    if (span === undefined) spans.set(meter, { from: start, to: end })
    else {
      span.from = Math.min(span.from, start)
      span.to = Math.max(span.to, end)
    }
  }
  return [...spans].flatMap(([meter, span]) => {
    const entry = organisation.meters.get(meter)
    return entry === undefined ? [] : [{ site: entry.site.id, ...span }]
  })
}

/** Meters asked for at once at most. */
const TOGETHER = 5000

/** The sites that have rollups up to `to`, each from the first year with any on. */
export async function sitesWithRollups(
  store: Store,
  organisation: Organisation,
  to: number,
): Promise<ChangedSite[]> {
  const first = new Map<string, number>()
  const meters = [...organisation.meters.keys()]
  for (let i = 0; i < meters.length; i += TOGETHER) {
    for (const { meter, start, coveredMs } of await store.rollups(
      meters.slice(i, i + TOGETHER),
      'year',
      0,
      to,
    )) {
      const site = organisation.meters.get(meter)?.site.id
      if (site === undefined || coveredMs === 0) continue
      first.set(site, Math.min(start, first.get(site) ?? start))
    }
  }
  return [...first].map(([site, from]) => ({ site, from, to }))
}
