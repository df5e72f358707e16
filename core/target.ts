import { type Allowance, allowanceOf } from './allowance.ts'
import type { Adjustment, DivisorIn } from './baseline.ts'
import { cumulativeDemand, cumulativeOutlook, cumulativePace } from './cumulative.ts'
import { type Demand, demandOf } from './demand.ts'
import type { Indicator } from './indicator.ts'
import { COVERAGE_NEEDED, type Figure } from './intensity.ts'
import type { Candidate } from './projection.ts'
import { isTally } from './source.ts'
import type { Target } from './target-file.ts'
import type { Verdict } from './verdict.ts'
import { type Ask, daysOf, yearFigure } from './year-months.ts'
import { type Outlook, outlook } from './year-outlook.ts'

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
export interface Assessment extends Allowance {
  readonly outlook: Outlook
  readonly baseline: Demand['baseline']
  readonly adjustments: readonly Adjustment[]
  readonly limit: number | null
  readonly pathValue: number | null
  /** Of what is held by its pace: what there should be by the last day that is known. */
  readonly pace: number | null
  readonly verdict: Verdict
  readonly progress: number | null
  readonly warnings: readonly string[]
  readonly reason?: string
  readonly path: readonly PathPoint[]
}

/** What besides the figures of its indicator a target may rest on. */
export interface Beside {
  /** What models make of the year's numerator. */
  readonly candidates?: readonly Candidate[]
  /** People and floor area, for baselines that are normalised by them. */
  readonly divisorIn?: DivisorIn
  /** The share of the year that has elapsed; by its complete months where left out. */
  readonly elapsed?: number
}

const noDivisor: DivisorIn = () => ({ value: null, reason: 'it is not known' })

/** Judges a target in a year. Pure: `ask` gives the figures of the target's indicator and scope. */
export function assess(
  target: Target,
  indicator: Indicator,
  ask: Ask,
  year: number,
  { candidates = [], divisorIn = noDivisor, elapsed }: Beside = {},
): Assessment {
  const isSum = target.kind === 'cumulative'
  const seen = isSum
    ? cumulativeOutlook(target, indicator, ask, year)
    : outlook(ask, year, indicator, candidates)
  const demand = isSum ? cumulativeDemand(target, year) : demandOf(target, indicator, ask, year, divisorIn)
  const { baseline, adjustments, limit, goal } = demand
  const judged = seen.projected === null ? null : demand.judge(seen.projected)
  const doubt = doubtIn(seen, demand, year)
  const monthsLeft = 12 * (1 - (elapsed ?? seen.monthsComplete / 12))
  return {
    outlook: seen,
    baseline,
    adjustments,
    limit,
    pathValue: goal,
    pace: paceOf(target, indicator, seen, year),
    verdict: doubt === undefined && judged !== null ? judged.verdict : 'insufficient-data',
    progress: judged?.progress ?? null,
    ...allowanceOf(target, indicator, seen, goal, year, monthsLeft),
    warnings: warningsOf(seen, isSum ? undefined : yearFigure(ask, year - 1)),
    ...(doubt !== undefined && { reason: doubt }),
    path: pathOf(target, demand, ask, year),
  }
}

/** T6 of the targets' cases: the share of the amount that the days so far should have brought. */
function paceOf(target: Target, { numerator }: Indicator, seen: Outlook, year: number): number | null {
  if (seen.days === 0) return null
  if (target.kind === 'cumulative') return year < target.from ? null : cumulativePace(target, year, seen.days)
  const isAmount = target.kind === 'floor' && isTally(numerator)
  return isAmount ? (target.limit * seen.days) / daysOf(year) : null
}

/** Why no verdict can be given, whatever the number says. */
function doubtIn(seen: Outlook, demand: Demand, year: number): string | undefined {
  if (demand.reason !== undefined) return demand.reason
  if (demand.baseline !== null && year <= demand.baseline.year)
    return `the path begins after ${demand.baseline.year}`
  if (seen.projected === null) return seen.reason ?? 'nothing is known of this year'
  if (seen.coverage < COVERAGE_NEEDED) {
    const because = seen.reason ?? seen.actual.reason
    return `coverage ${percent(seen.coverage)} is below ${percent(COVERAGE_NEEDED)}${because === undefined ? '' : `: ${because}`}`
  }
  if (seen.estimated > ESTIMATED_ALLOWED) {
    return `${percent(seen.estimated)} is estimated; at most ${percent(ESTIMATED_ALLOWED)} may be`
  }
  return undefined
}

function warningsOf(seen: Outlook, previous: Figure | undefined): string[] {
  const { projected, confidence } = seen
  const warnings: string[] = []
  if (confidence === 'low') warnings.push('low-confidence')
  const before = previous?.value ?? null
  if (projected !== null && before !== null && before !== 0) {
    if (Math.abs(projected / before - 1) > JUMP) warnings.push('jump')
  }
  return warnings
}

function pathOf(target: Target, demand: Demand, ask: Ask, year: number): PathPoint[] {
  const isSum = target.kind === 'cumulative'
  const by = target.by ?? year
  const first = isSum ? target.from : (demand.baseline?.year ?? Math.min(year, by) - 1)
  const points: PathPoint[] = []
  let sum: number | null = 0
  for (let y = first; y <= Math.max(by, year); y += 1) {
    const at = demand.pathAt(y)
    if (at === null) continue
    const figure = y <= year ? yearFigure(ask, y) : undefined
    const ofYear = isSum ? (figure?.numerator ?? null) : (figure?.value ?? null)
    sum = sum === null || ofYear === null || y > by ? null : sum + ofYear
    points.push({ year: y, pathValue: at, actual: isSum ? sum : ofYear, partial: figure?.partial ?? false })
  }
  return points
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
