import type { LocalDay } from '../core/calendar.ts'
import type { Utility } from '../core/organisation.ts'
import { type CountedMeter, countedMeters, type SiteEntry } from '../core/organisation-index.ts'
import { consumptionDimension } from '../core/virtual-meter.ts'
import type { FigurePoint, Store } from '../store/store.ts'
import { known } from './known.ts'
import { nightFlows } from './night-flows.ts'

export const waters = ['tap-water', 'reclaimed-water', 'rainwater'] as const satisfies readonly Utility[]

/** The waters that meters bring into a site, with these meters: what runs at night may be a leak. */
export function nightWaters({ site, ...entry }: SiteEntry): { utility: Utility; meters: CountedMeter[] }[] {
  const scope = { kind: 'site' as const, id: `site:${site.id}`, entry: { ...entry, site } }
  return waters.flatMap((utility) => {
    const meters = countedMeters(scope, [utility]).filter(
      ({ meter }) => meter.role === 'import' && consumptionDimension(meter) === 'volume',
    )
    return meters.length === 0 ? [] : [{ utility, meters }]
  })
}

/** The least flow of the nights of `days`, which come in order, as `/night-flow` gives it; the points are at the days' starts. */
export async function nightFlowPoints(
  store: Store,
  site: SiteEntry,
  days: readonly LocalDay[],
  now: number,
): Promise<FigurePoint[]> {
  const points: FigurePoint[] = []
  for (const { utility, meters } of nightWaters(site)) {
    const tags = { scope: `site:${site.site.id}`, utility, unit: 'm3/h' }
    const flows = await nightFlows(store, meters, site.calendar, days, now)
    for (const [i, { value, share, coverage, estimated }] of flows.entries()) {
      points.push({
        measurement: 'night_flow',
        tags,
        fields: { value, known: known(value), share, share_known: known(share), coverage, estimated },
        at: site.calendar.startOfDay(days[i] as LocalDay),
      })
    }
  }
  return points
}
