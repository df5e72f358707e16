import { ruleOf } from './meter-rule.ts'
import type { Utility } from './organisation.ts'
import { type CountedMeter, countedMeters, type MeterEntry, type SiteEntry } from './organisation-index.ts'

/** A meter below a site's supply. */
export interface Branch extends CountedMeter {
  /** The meter that it hangs on; null where that is the supply. */
  readonly hangsOn: string | null
}

/** How the meters of one utility hang together at a site. */
export interface Hierarchy {
  /** What makes up the site's consumption: imports, generation, exports. */
  readonly supply: readonly CountedMeter[]
  /** All that hang below it, in the order of the configuration. */
  readonly branches: readonly Branch[]
}

/**
 * The hierarchy of a site's meters in use somewhere in [from, to). A submeter hangs on its parent, without
 * one on the supply as a whole. Where the parent is not in use it hangs on the next one up that is. An
 * import or a generation on which something hangs is a branch of the supply itself.
 */
export function hierarchyOf(site: SiteEntry, utility: Utility, from: number, to: number): Hierarchy {
  const supply = countedMeters({ kind: 'site', id: `site:${site.site.id}`, entry: site }, [utility])
  const used = balancedMeters(site, utility).filter((entry) => inUse(entry, from, to))
  const byId = new Map(site.site.meters.map((meter) => [meter.id, meter]))
  const parentOf = ({ meter }: MeterEntry): string | null => {
    let id = meter.parent
    while (id !== undefined && !used.some((entry) => entry.meter.id === id)) id = byId.get(id)?.parent
    return id ?? null
  }
  const submeters = used
    .filter(({ meter }) => meter.role === 'submeter')
    .map((entry) => ({ ...entry, hangsOn: parentOf(entry) }))
  const carrying = new Set(submeters.map(({ hangsOn }) => hangsOn))
  const carriers = used
    .filter(({ meter }) => meter.role !== 'submeter' && carrying.has(meter.id))
    .map((entry) => ({ ...entry, hangsOn: null }))
  return { supply, branches: [...carriers, ...submeters] }
}

/** All meters with readings of a utility at a site, whenever they were in use. */
export function balancedMeters(site: SiteEntry, utility: Utility): CountedMeter[] {
  return site.site.meters
    .filter((meter) => meter.utility === utility && meter.role !== 'virtual')
    .map((meter) => ({ ...site, meter, weight: 1 }))
}

/** Whether a meter with readings was in use at some instant of [from, to). */
function inUse({ meter, calendar }: MeterEntry, from: number, to: number): boolean {
  const rule = ruleOf(meter, calendar)
  return rule !== undefined && rule.usedFrom < to && rule.usedTo > from
}
