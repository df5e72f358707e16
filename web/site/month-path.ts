import type { TargetDetail, TargetRow } from '../answers.ts'
import { isShare } from '../format.ts'

/**
 * The target whose path an indicator of a site can be held against: the site's own, or an intensity or share
 * of a boundary. An amount of a boundary says nothing of one of its sites.
 */
export function pathTargetOf(
  targets: readonly TargetRow[],
  indicator: string,
  scope: string,
): TargetRow | undefined {
  const comparable = targets.filter(
    (one) =>
      one.indicator === indicator &&
      one.pathValue !== null &&
      (one.scope === scope || isShare(one.unit) || one.unit.includes('/')),
  )
  return comparable.find((one) => one.scope === scope) ?? comparable[0]
}

/**
 * What the path allows in each of the twelve months: a share is the same in all; the path of a year is
 * spread as the target's own months are. Undefined where these are not known.
 */
export function pathByMonth({ pathValue, months, unit }: TargetDetail): readonly number[] | undefined {
  if (pathValue === null) return undefined
  if (isShare(unit)) return Array.from({ length: 12 }, () => pathValue)
  const sums = months.flatMap(({ pathCumulative }) => pathCumulative ?? [])
  const whole = sums.at(-1)
  if (sums.length !== 12 || whole === undefined || whole === 0) return undefined
  return sums.map((sum, i) => (pathValue * (sum - (sums[i - 1] ?? 0))) / whole)
}
