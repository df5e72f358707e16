import { against, type Rule } from '../alert-rules.ts'
import type { Balance } from '../balance.ts'
import { DAY_MS } from '../calendar.ts'
import type { Observation } from '../observation.ts'
import type { Utility } from '../organisation.ts'
import type { SiteEntry } from '../organisation-index.ts'
import { amountText, called, percent } from './watched.ts'

/** The balance of one utility of a site over some days; only where it was metered is there a share. */
export interface Balanced {
  readonly site: SiteEntry
  readonly utility: Utility
  readonly balance: Balance
  /** Something of it was estimated. */
  readonly estimated: boolean
}

/** More than `above` of what a meter passed on, the supply's among them, reached no meter below it. */
export function unmetered(
  rule: Rule,
  balances: readonly Balanced[],
  { at, days }: { at: number; days: number },
): Observation[] {
  return balances.flatMap(({ site, utility, balance, estimated }) => {
    const parents = new Set(balance.nodes.map(({ parent, meter }) => (meter === null ? undefined : parent)))
    const supply = site.site.meters.find((meter) => meter.utility === utility && meter.role === 'import')
    return balance.nodes.flatMap((node): Observation[] => {
      // What hangs on an import by itself is told of that meter.
      const meter =
        node.meter ?? (balance.nodes.some((one) => one.meter === supply?.id) ? undefined : supply?.id)
      const found = site.site.meters.find(({ id }) => id === meter)
      if (found === undefined || !parents.has(node.meter)) return []
      const share = node.remainderShare
      const known = share !== null && !estimated
      const name = called({ ...site, meter: found })
      const part = percent(share ?? Number.NaN)
      const amount = (lang: 'en' | 'zh') => amountText(node.remainder, balance.unit, lang)
      return [
        {
          subject: `meter:${found.id}`,
          site: site.site.id,
          utility,
          seen: known ? against(share, rule) : 'unknown',
          at,
          since: at - days * DAY_MS,
          value: share,
          limit: rule.above,
          unit: '1',
          summary: {
            en: `${part} of what ${name.en} passed on in the last ${days} days (${amount('en')}) reached no meter below it.`,
            zh: `近 ${days} 天，${name.zh}之下有 ${part} 的用量（${amount('zh')}）未被下级表计计量。`,
          },
          advice: {
            en: 'Look for a load or a leak between this meter and those below it, a tap that nobody metered, or a submeter with a wrong multiplier.',
            zh: '请查找该表与下级表计之间的未计量负荷、漏损或私接，或倍率设置错误的分表。',
          },
          cost: {},
        },
      ]
    })
  })
}
