import { type BalanceNode, balance } from '../core/balance.ts'
import { commonUnit } from '../core/common-unit.ts'
import { balancedMeters, hierarchyOf } from '../core/hierarchy.ts'
import { type Utility, utilities } from '../core/organisation.ts'
import type { SiteEntry } from '../core/organisation-index.ts'
import { estimatedShare, type LocalPeriod, type Lookup } from '../core/usage.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'
import { waters } from './night-flow-points.ts'

/**
 * A utility of which something hangs below a site's supply, whenever that was, or a water, of which the supply is told
 * all the same; and the unit of its balance.
 */
export interface BalancedUtility {
  readonly utility: Utility
  readonly unit: string
}

export function balancedUtilities(site: SiteEntry): BalancedUtility[] {
  const hanging = (utility: Utility) =>
    hierarchyOf(site, utility, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).branches.length > 0
  const isWater = (utility: Utility) => waters.some((water) => water === utility)
  return utilities
    .filter((utility) => hanging(utility) || (isWater(utility) && balancedMeters(site, utility).length > 0))
    .map((utility) => ({ utility, unit: commonUnit(balancedMeters(site, utility)).unit }))
}

/**
 * How a site's supply was spread in days, months or years, as `/balance` gives it: what came in, what of it meters at
 * the end of their branch measured, and what no such meter did.
 */
export function balancePoints(
  site: SiteEntry,
  periods: readonly LocalPeriod[],
  lookup: Lookup,
  now: number,
): FigurePoint[] {
  return balancedUtilities(site).flatMap(({ utility, unit }) =>
    periods.map((period): FigurePoint => {
      const { nodes, unmetered } = balance(site, utility, period, lookup, now)
      const { used } = nodes[0] as BalanceNode
      const { remainder, remainderShare } = unmetered
      return {
        measurement: 'balance',
        tags: { scope: `site:${site.site.id}`, utility, unit, grain: period.grain },
        fields: {
          supply: used.value,
          coverage: used.coverage,
          estimated: estimatedShare(used.value, used.estimated),
          known: known(used.value),
          metered: used.value === null || remainder === null ? null : used.value - remainder,
          unmetered: remainder,
          unmetered_known: known(remainder),
          share: remainderShare,
          share_known: known(remainderShare),
        },
        at: period.spanAt(site.calendar).start,
      }
    }),
  )
}
