import { against, type Rule } from '../alert-rules.ts'
import type { Indicator } from '../indicator.ts'
import type { Figure } from '../intensity.ts'
import type { Observation } from '../observation.ts'
import { nameIn } from '../organisation.ts'
import type { SiteEntry } from '../organisation-index.ts'
import { indicatorName } from '../quantity-names.ts'
import { ESTIMATED_ALLOWED } from '../target.ts'
import { amountText, unitRead } from './watched.ts'

/** An indicator of a site above or below its limit, over a day, month or year. Of a figure that is not given, or is estimated in good part, nothing is said. */
export function indicatorLimits(
  rule: Rule,
  indicator: Indicator,
  figures: readonly { readonly site: SiteEntry; readonly label: string; readonly figure: Figure }[],
  at: number,
): Observation[] {
  const limit = (rule.above ?? rule.below) as number
  const unit = unitRead(indicator)
  const name = indicatorName(indicator)
  return figures.map(({ site: { site }, label, figure: { value, estimated, reason } }) => {
    const known = value !== null && estimated <= ESTIMATED_ALLOWED
    return {
      subject: `site:${site.id}`,
      site: site.id,
      utility: null,
      seen: known ? against(value, rule) : 'unknown',
      at,
      value,
      limit,
      unit,
      summary: {
        en: `At ${nameIn('en', site)}, "${name.en}" was ${amountText(value, unit, 'en')} in ${label}; ${rule.above === null ? 'at least' : 'at most'} ${amountText(limit, unit, 'en')} is wanted.${reason === undefined ? '' : ` (${reason})`}`,
        zh: `${nameIn('zh', site)}的“${name.zh}”在 ${label} 为 ${amountText(value, unit, 'zh')}，${rule.above === null ? '不应低于' : '不应高于'} ${amountText(limit, unit, 'zh')}。`,
      },
      advice: {
        en: 'Compare numerator and denominator with last week: the figure on the page shows what each meter adds to it.',
        zh: '请将分子、分母与上周比较：页面上的指标可查看每块表计的贡献。',
      },
      cost: {},
    }
  })
}
