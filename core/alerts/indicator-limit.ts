import { against, type Rule } from '../alert-rules.ts'
import type { Indicator } from '../indicator.ts'
import type { Figure } from '../intensity.ts'
import type { Observation } from '../observation.ts'
import { nameIn } from '../organisation.ts'
import type { SiteEntry } from '../organisation-index.ts'
import { ESTIMATED_ALLOWED } from '../target.ts'
import { round } from './watched.ts'

/** An indicator of a site above or below its limit, over a day, month or year. Of a figure that is not given, or is estimated in good part, nothing is said. */
export function indicatorLimits(
  rule: Rule,
  indicator: Indicator,
  figures: readonly { readonly site: SiteEntry; readonly label: string; readonly figure: Figure }[],
  at: number,
): Observation[] {
  const limit = (rule.above ?? rule.below) as number
  const unit = indicator.unit === '1' ? '' : ` ${indicator.unit}`
  return figures.map(({ site: { site }, label, figure: { value, estimated, reason } }) => {
    const known = value !== null && estimated <= ESTIMATED_ALLOWED
    const shown = value === null ? '–' : round(value)
    return {
      subject: `site:${site.id}`,
      site: site.id,
      utility: null,
      seen: known ? against(value, rule) : 'unknown',
      at,
      value,
      limit,
      unit: indicator.unit,
      summary: {
        en: `${indicator.id} of ${nameIn('en', site)} was ${shown}${unit} in ${label}; ${rule.above === null ? 'at least' : 'at most'} ${round(limit)} is wanted.${reason === undefined ? '' : ` (${reason})`}`,
        zh: `${nameIn('zh', site)}的 ${indicator.id} 在 ${label} 为 ${shown}${unit}，${rule.above === null ? '不应低于' : '不应高于'} ${round(limit)}。`,
      },
      advice: {
        en: 'Compare numerator and denominator with last week: the figure on the page shows what each meter adds to it.',
        zh: '请将分子、分母与上周比较：页面上的指标可查看每块表计的贡献。',
      },
      cost: {},
    }
  })
}
