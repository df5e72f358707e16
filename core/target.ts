import type { Indicator } from './indicator.ts'
import { COVERAGE_NEEDED, type Figure } from './intensity.ts'
import type { Target } from './target-file.ts'
import {
  ceilingVerdict,
  floorVerdict,
  pathValue,
  progressOf,
  reductionVerdict,
  type Verdict,
} from './verdict.ts'
import { type Ask, type Outlook, outlook, yearFigure } from './year-outlook.ts'

/** A target rests on no more than this share of estimated consumption (DOMAIN, section 5). */
export const ESTIMATED_ALLOWED = 0.1
/** A change of more than this from one year to the next asks for a look at boundary and denominator. */
const JUMP = 0.25

export interface PathPoint {
  readonly year: number
  readonly pathValue: number
  readonly actual: number | null
  readonly partial: boolean
}

/** Where a target stands in a year. */
export interface Assessment {
  readonly outlook: Outlook
  readonly baseline: { readonly year: number; readonly value: number | null } | null
  readonly limit: number | null
  readonly pathValue: number | null
  readonly verdict: Verdict
  readonly progress: number | null
  /** What may still be used this year, in the numerator's unit; negative when exceeded. */
  readonly allowanceRest: number | null
  readonly warnings: readonly string[]
  readonly reason?: string
  readonly path: readonly PathPoint[]
}

/** What a target demands of a year, and how near a value comes to it. */
interface Demand {
  readonly baseline: { readonly year: number; readonly value: number | null } | null
  readonly limit: number | null
  /** The limit of this very year: the path's value, or the limit itself. */
  readonly goal: number | null
  judge(value: number): { verdict: Verdict; progress: number } | null
  pathAt(year: number): number | null
}

/** Judges a target in a year. Pure: `ask` gives the figures of the target's indicator and scope. */
export function assess(target: Target, indicator: Indicator, ask: Ask, year: number): Assessment {
  const seen = outlook(ask, year, indicator.denominator)
  const demand = target.kind === 'reduction' ? reductionDemand(target, ask, year) : limitDemand(target)
  const { baseline, limit, goal } = demand
  const judged = seen.projected === null ? null : demand.judge(seen.projected)
  const doubt = doubtIn(seen, demand, year)
  return {
    outlook: seen,
    baseline,
    limit,
    pathValue: goal,
    verdict: doubt === undefined && judged !== null ? judged.verdict : 'insufficient-data',
    progress: judged?.progress ?? null,
    allowanceRest: target.kind === 'floor' ? null : allowance(indicator, seen.actual, goal),
    warnings: warningsOf(seen, yearFigure(ask, year - 1)),
    ...(doubt !== undefined && { reason: doubt }),
    path: pathOf(demand, ask, year, target.by ?? year),
  }
}

function reductionDemand(target: Extract<Target, { kind: 'reduction' }>, ask: Ask, year: number): Demand {
  const found = target.baseline.value ?? yearFigure(ask, target.baseline.year).value
  // Nothing can be reduced from zero.
  const value = found !== null && found > 0 ? found : null
  const baseline = { year: target.baseline.year, value }
  const pathAt = (at: number) =>
    value === null ? null : pathValue({ year: baseline.year, value }, target.reduction, target.by, at)
  const limit = pathAt(target.by)
  const goal = pathAt(year)
  return {
    baseline,
    limit,
    goal,
    pathAt,
    // A year on the way is held against its point on the path; the progress always against the end.
    judge: (projected) =>
      value === null || goal === null || limit === null || year <= baseline.year
        ? null
        : {
            verdict: reductionVerdict(progressOf(value, goal, projected)),
            progress: progressOf(value, limit, projected),
          },
  }
}

function limitDemand({ kind, limit }: Extract<Target, { kind: 'ceiling' | 'floor' }>): Demand {
  const verdictOf = kind === 'ceiling' ? ceilingVerdict : floorVerdict
  return {
    baseline: null,
    limit,
    goal: limit,
    pathAt: () => limit,
    judge: (projected) => ({ verdict: verdictOf(projected / limit), progress: projected / limit }),
  }
}

/** Why no verdict can be given, whatever the number says. */
function doubtIn(seen: Outlook, demand: Demand, year: number): string | undefined {
  if (demand.baseline !== null && demand.baseline.value === null)
    return `the baseline year ${demand.baseline.year} has no figure`
  if (demand.baseline !== null && year <= demand.baseline.year)
    return `the path begins after ${demand.baseline.year}`
  if (seen.projected === null) return seen.reason ?? 'nothing is known of this year'
  if (seen.coverage < COVERAGE_NEEDED) {
    return `coverage ${percent(seen.coverage)} is below ${percent(COVERAGE_NEEDED)}${seen.actual.reason === undefined ? '' : `: ${seen.actual.reason}`}`
  }
  if (seen.estimated > ESTIMATED_ALLOWED) {
    return `${percent(seen.estimated)} is estimated; at most ${percent(ESTIMATED_ALLOWED)} may be`
  }
  return undefined
}

/** T2 of the targets' cases: limit × employees − used so far. */
function allowance(indicator: Indicator, actual: Figure, goal: number | null): number | null {
  // Too little data to know what was used is too little to say what is left.
  if (!actual.partial || goal === null || actual.numerator === null || actual.value === null) return null
  if (indicator.denominator === undefined) return goal - actual.numerator
  if (typeof indicator.denominator !== 'string' || actual.denominator === null) return null
  return goal * actual.denominator - actual.numerator
}

function warningsOf(seen: Outlook, previous: Figure): string[] {
  const { projected } = seen
  const warnings: string[] = []
  if (seen.method === 'straight-line') warnings.push('low-confidence')
  if (projected !== null && previous.value !== null && previous.value !== 0) {
    if (Math.abs(projected / previous.value - 1) > JUMP) warnings.push('jump')
  }
  return warnings
}

function pathOf(demand: Demand, ask: Ask, year: number, by: number): PathPoint[] {
  const first = demand.baseline?.year ?? Math.min(year, by) - 1
  const points: PathPoint[] = []
  for (let y = first; y <= Math.max(by, year); y += 1) {
    const at = demand.pathAt(y)
    if (at === null) continue
    const figure = y <= year ? yearFigure(ask, y) : undefined
    points.push({ year: y, pathValue: at, actual: figure?.value ?? null, partial: figure?.partial ?? false })
  }
  return points
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
