import type { Rule } from '../alert-rules.ts'
import { dateOf } from '../calendar.ts'
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
const inChinese: Partial<Record<Meter['utility'], string>> = {
  electricity: '电力',
  heat: '热力',
  'natural-gas': '天然气',
  diesel: '柴油',
  petrol: '汽油',
}

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
      const day = calendar.dayAt(at - 1)
      const lacking = new Map(
        site.meters.flatMap((meter): [string, string][] => {
          const unit = ruleOf(meter, calendar)?.unit
          if (unit === undefined || meter.role !== 'import' || !emitting.includes(meter.utility)) return []
          const rate = toGas()(unit, meter.utility, placeOf({ entry }), factors).at(day)
          return 'reason' in rate ? [[rate.reason, inChinese[meter.utility] ?? meter.utility]] : []
        }),
      )
      const reasons = [...lacking.keys()]
      const utilities = [...new Set(lacking.values())].join('、')
      return {
        subject: `site:${site.id}`,
        site: site.id,
        utility: null,
        seen: reasons.length > 0 ? 'breach' : 'clear',
        at,
        value: reasons.length,
        limit: 0,
        unit: '',
        summary: {
          en: `The emissions of ${nameIn('en', site)} cannot be told: ${reasons.join('; ')}.`,
          zh: `无法计算${nameIn('zh', site)}的排放量：${dateOf(day)} 没有${utilities}的排放因子，或其换算所需的热值、密度。`,
        },
        advice: {
          en: "State the factor in factors.yaml with its source, or carryForward where last year's is to go on.",
          zh: '请在 factors.yaml 中填写该因子及来源，或以 carryForward 沿用上一年。',
        },
        cost: {},
      }
    })
}
