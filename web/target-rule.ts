import type { TargetRow } from './answers.ts'
import type { Locale } from './i18n.ts'
import { wantsMore } from './target-kind.ts'

/** What a target demands, in a line; empty where its limit is not known. */
export function ruleOf(target: TargetRow, { text, format }: Locale): string {
  const { baseline, baselineOf, limit, from, by, unit, kind, year } = target
  if (limit === null) return ''
  if (kind !== 'share' && baseline && baselineOf) {
    const share = format.percent(1 - limit / baseline)
    return text.ruleReduction(share, by ?? year, baselineOf.year)
  }
  const amount = format.amount(limit, unit)
  if (kind === 'cumulative' && from !== null && by !== null) return text.ruleCumulative(amount, from, by)
  if (wantsMore(target)) return by === null ? text.ruleFloor(amount) : text.ruleFloorBy(amount, by)
  return text.ruleCeiling(amount)
}
