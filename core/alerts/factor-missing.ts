import type { Rule } from '../alert-rules.ts'
import type { FactorBook } from '../factor.ts'
import { ruleOf } from '../meter-rule.ts'
import type { Observation } from '../observation.ts'
import { type Meter, nameIn } from '../organisation.ts'
import type { SiteEntry } from '../organisation-index.ts'
import { placeOf } from '../plan.ts'
import { toGas } from '../rate.ts'
import { heedsSite } from '../rule-scope.ts'

/** What burns, or is bought from those who burn: without a factor its emissions are unknown. */
const emitting: readonly Meter['utility'][] = ['electricity', 'heat', 'natural-gas', 'diesel', 'petrol']

/** Sites of whose energy no emission factor holds today. */
export function factorsMissing(
  rule: Rule,
  sites: readonly SiteEntry[],
  factors: FactorBook,
  at: number,
): Observation[] {
  return sites
    .filter((entry) => heedsSite(rule, entry))
    .map((entry) => {
      const { site, calendar } = entry
      const reasons = new Set(
        site.meters.flatMap((meter) => {
          const unit = ruleOf(meter, calendar)?.unit
          if (unit === undefined || meter.role !== 'import' || !emitting.includes(meter.utility)) return []
          const rate = toGas()(unit, meter.utility, placeOf({ entry }), factors).at(calendar.dayAt(at - 1))
          return 'reason' in rate ? [rate.reason] : []
        }),
      )
      const list = [...reasons].join('; ')
      return {
        subject: `site:${site.id}`,
        site: site.id,
        utility: null,
        seen: reasons.size > 0 ? 'breach' : 'clear',
        at,
        value: reasons.size,
        limit: 0,
        unit: '1',
        summary: {
          en: `The emissions of ${nameIn('en', site)} cannot be told: ${list}.`,
          zh: `无法计算${nameIn('zh', site)}的排放量：${list}。`,
        },
        advice: {
          en: "State the factor in factors.yaml with its source, or carryForward where last year's is to go on.",
          zh: '请在 factors.yaml 中填写该因子及来源，或以 carryForward 沿用上一年。',
        },
        cost: {},
      }
    })
}
