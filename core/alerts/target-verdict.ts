import type { Rule } from '../alert-rules.ts'
import type { Indicator } from '../indicator.ts'
import type { Observation } from '../observation.ts'
import { nameIn } from '../organisation.ts'
import { type Scope, sitesOf } from '../organisation-index.ts'
import type { Assessment } from '../target.ts'
import type { Target } from '../target-file.ts'
import { amountText, unitRead } from './watched.ts'

/** A projection of low confidence, as a straight line from a winter's month is, alarms nobody before so many complete months. */
const MONTHS_OF_DOUBT = 6

/** A target as it stands today. */
export interface Stand {
  readonly target: Target
  readonly indicator: Indicator
  readonly scope: Scope
  readonly year: number
  readonly seen: Pick<Assessment, 'verdict' | 'pathValue' | 'limit'> & {
    readonly outlook: Pick<Assessment['outlook'], 'projected' | 'confidence' | 'monthsComplete'>
  }
}

/**
 * A target whose projection to the year's end is at risk, or off its track, and no mere guess. Where a target at risk has gone off
 * track, that is told by the other rule, and this one holds.
 */
export function targetVerdicts(rule: Rule, stands: readonly Stand[], at: number): Observation[] {
  return stands
    .filter(({ target }) => rule.targets?.includes(target.id) ?? true)
    .map(({ target, indicator, scope, year, seen: { verdict, pathValue, limit, outlook } }) => {
      const sites = sitesOf(scope)
      const seen =
        verdict === 'insufficient-data' || (verdict !== 'on-track' && isDoubtful(outlook))
          ? 'unknown'
          : verdict === rule.verdict
            ? 'breach'
            : verdict === 'off-track'
              ? 'between'
              : 'clear'
      const goal = pathValue ?? limit
      const projected = outlook.projected
      const unit = unitRead(indicator)
      const amount = (value: number | null, lang: 'en' | 'zh') => amountText(value, unit, lang)
      const how =
        verdict === 'off-track' ? { en: 'off track', zh: '偏离目标' } : { en: 'at risk', zh: '存在风险' }
      return {
        subject: `target:${target.id}`,
        site: sites.length === 1 ? (sites[0]?.site.id ?? null) : null,
        utility: null,
        seen,
        at,
        value: projected,
        limit: goal,
        unit,
        summary: {
          en: `The target "${nameIn('en', target)}" is ${how.en}: ${amount(projected, 'en')} is projected for ${year}, ${amount(goal, 'en')} is wanted.`,
          zh: `目标“${nameIn('zh', target)}”${how.zh}：${year} 年预计为 ${amount(projected, 'zh')}，目标值 ${amount(goal, 'zh')}。`,
        },
        advice: {
          en: 'The page of the target shows which sites and meters drive it, and what is still allowed this year.',
          zh: '目标页面列出主要影响的站点与表计，以及今年剩余的允许量。',
        },
        cost: {},
      }
    })
}

function isDoubtful({ confidence, monthsComplete }: Stand['seen']['outlook']): boolean {
  return confidence === 'low' && monthsComplete < MONTHS_OF_DOUBT
}
