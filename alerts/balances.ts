import type { Balanced } from '../core/alerts/unmetered.ts'
import { balance } from '../core/balance.ts'
import { DAY_MS } from '../core/calendar.ts'
import { hierarchyOf } from '../core/hierarchy.ts'
import { type Utility, utilities } from '../core/organisation.ts'
import type { SiteEntry } from '../core/organisation-index.ts'
import { isPlanned, outagesOf } from '../core/pause.ts'
import type { Consumption } from '../core/rollup.ts'
import { combine } from '../core/rollup.ts'
import type { Lookup, Period } from '../core/usage.ts'
import type { Scene } from './scene.ts'

/** A remainder is the small difference of large sums: a day of it says little. */
export const BALANCE_DAYS = 2

/** The balances of the sites over the last days, of every utility of which something hangs on something. */
export async function balancesAt({ sites, source, day, at, pauses }: Scene): Promise<Balanced[]> {
  const calendar = sites[0]?.calendar
  if (calendar === undefined) return []
  const start = calendar.startOfDay(day - BALANCE_DAYS + 1)
  const span = { start, end: at }
  const hanging = sites.flatMap((site) =>
    utilities
      .filter((utility) => hierarchyOf(site, utility, start, at).branches.length > 0)
      .map((utility) => ({ site, utility })),
  )
  const meters = hanging.flatMap(({ site, utility }) => metersOf(site, utility))
  const days = new Map<string, Consumption[]>()
  for (const row of await source.store.rollups(meters, 'day', start, at)) {
    days.set(row.meter, [...(days.get(row.meter) ?? []), row])
  }
  const lookup: Lookup = (meter) => {
    const rows = days.get(meter)
    return rows && combine(span, rows)
  }
  const period: Period = { grain: 'day', spanAt: () => span }
  return hanging.map(({ site, utility }) => ({
    site,
    utility,
    balance: balance(site, utility, period, lookup, at),
    estimated:
      isPlanned(outagesOf(pauses, site.site.id), at - BALANCE_DAYS * DAY_MS, at) ||
      metersOf(site, utility).some((meter) => (days.get(meter) ?? []).some(({ flags }) => flags !== 0)),
  }))
}

function metersOf({ site }: SiteEntry, utility: Utility): string[] {
  return site.meters
    .filter((meter) => meter.utility === utility && meter.role !== 'virtual')
    .map(({ id }) => id)
}
