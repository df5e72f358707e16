import { type Adjustment, adjusted, type Baseline, type DivisorIn } from './baseline.ts'
import type { Indicator } from './indicator.ts'
import { baselineOf, type Target, type TargetOf } from './target-file.ts'
import { ceilingVerdict, floorVerdict, pathVerdict, progressOf, towards, type Verdict } from './verdict.ts'
import { type Ask, yearFigure } from './year-months.ts'

/** What a target demands of a year, and how near a value comes to it. */
export interface Demand {
  readonly baseline: {
    readonly year: number
    readonly value: number | null
    /** Before it was adjusted. */
    readonly stated: number | null
  } | null
  readonly adjustments: readonly Adjustment[]
  readonly limit: number | null
  /** The limit of this very year: the path's value, or the limit itself. */
  readonly goal: number | null
  /** Why there is no path. */
  readonly reason?: string
  judge(value: number): { verdict: Verdict; progress: number } | null
  pathAt(year: number): number | null
}

/** A target with a path from a baseline. */
type Pathed = TargetOf<'reduction' | 'absolute'> | (TargetOf<'share'> & { baseline: object })

/** What a target of one year's figure demands; a cumulative one is of several. */
export function demandOf(
  target: Exclude<Target, { kind: 'cumulative' }>,
  indicator: Indicator,
  ask: Ask,
  year: number,
  divisorIn: DivisorIn,
): Demand {
  if (target.kind === 'ceiling' || target.kind === 'floor') return limitDemand(target, target.kind)
  if (target.kind === 'share' && target.baseline === undefined) return limitDemand(target, 'floor')
  return pathDemand(target as Pathed, indicator, ask, year, divisorIn)
}

function pathDemand(
  target: Pathed,
  indicator: Indicator,
  ask: Ask,
  year: number,
  divisorIn: DivisorIn,
): Demand {
  const { by } = target
  const base = baselineOf(target) as NonNullable<ReturnType<typeof baselineOf>>
  const found = base.value ?? yearFigure(ask, base.year).value
  // Nothing can be reduced from zero; a share may begin there.
  const stated = found !== null && (found > 0 || target.kind === 'share') ? found : null
  const at = (y: number): Baseline => {
    if (found === null) return lacking(`the baseline year ${base.year} has no figure`)
    if (stated === null) return lacking(`the baseline is ${found}, from which nothing can be reduced`)
    const { value, ...rest } = adjusted(target, indicator, stated, Math.min(y, year), divisorIn)
    return value === null || value > 0 || target.kind === 'share'
      ? { value, ...rest }
      : {
          ...rest,
          value: null,
          reason: `the baseline is ${value} as adjusted, from which nothing can be reduced`,
        }
  }
  const now = at(Math.max(year, base.year))
  const limitFrom = (value: number) => limitOf(target, value)
  const pathAt = (y: number) => {
    const { value } = y <= base.year ? { value: stated } : at(y)
    return value === null ? null : towards({ year: base.year, value }, limitFrom(value), by, y)
  }
  const limit = now.value === null ? null : limitFrom(now.value)
  const goal = pathAt(year)
  return {
    baseline: { year: base.year, value: now.value, stated },
    adjustments: now.adjustments,
    limit,
    goal,
    pathAt,
    ...(now.reason !== undefined && { reason: now.reason }),
    // A year on the way is held against its point on the path; the progress always against the end.
    judge: (projected) =>
      now.value === null || goal === null || limit === null || year <= base.year
        ? null
        : {
            verdict: pathVerdict(now.value, goal, projected, target.kind === 'share'),
            progress: progressOf(now.value, limit, projected, target.kind === 'share'),
          },
  }
}

function lacking(reason: string): Baseline {
  return { value: null, adjustments: [], reason }
}

function limitOf(target: Pathed, baseline: number): number {
  if (target.kind === 'reduction') return baseline * (1 - target.reduction)
  if (target.kind === 'share') return target.limit
  return target.limit ?? baseline * (target.to as number)
}

function limitDemand(
  { limit, staticFactors }: TargetOf<'ceiling' | 'floor' | 'share'>,
  kind: 'ceiling' | 'floor',
): Demand {
  const verdictOf = kind === 'ceiling' ? ceilingVerdict : floorVerdict
  return {
    baseline: null,
    adjustments: staticFactors.map(
      ({ from, what }) => ({ kind: 'static-factor', from, what, effect: null }) as Adjustment,
    ),
    limit,
    goal: limit,
    pathAt: () => limit,
    judge: (projected) => ({ verdict: verdictOf(projected / limit), progress: projected / limit }),
  }
}
