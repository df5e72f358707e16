import type { z } from 'zod'
import { carriedKeys } from '../core/amount.ts'
import { baselineOf, type Target } from '../core/target-file.ts'
import type { Aim, Standing } from '../figures/standing.ts'
import { bothNames, namesOfScope } from './names.ts'
import type { targetRow } from './target-schema.ts'

/** A target as it stands in a year. */
export function targetRowOf(
  target: Target,
  { indicator, scope }: Aim,
  year: number,
  seen: Standing,
): z.infer<typeof targetRow> {
  const { outlook, baseline, reason } = seen
  const carried = carriedKeys(outlook.actual.factors)
  const stated = baselineOf(target)
  const amountUnit = indicator.numerator.unit
  const ofShare = typeof indicator.denominator === 'object'
  return {
    id: target.id,
    name: bothNames(target),
    indicator: indicator.id,
    scope: scope.id,
    scopeName: namesOfScope(scope),
    source: target.source ?? null,
    kind: target.kind,
    year,
    unit: indicator.unit,
    from: target.kind === 'cumulative' ? target.from : null,
    by: target.by ?? null,
    baseline: baseline?.value ?? null,
    baselineOf:
      stated === undefined
        ? null
        : { year: stated.year, proxy: stated.proxy, source: stated.source ?? target.source ?? null },
    baselineStated: baseline?.stated ?? null,
    adjustments: seen.adjustments.map(({ what, ...adjustment }) => ({
      ...adjustment,
      ...(what !== undefined && { what: bothNames({ id: '', name: what }) }),
    })),
    changes: [...seen.changes],
    limit: seen.limit,
    pathValue: seen.pathValue,
    pace: seen.pace,
    actual: outlook.value,
    projected: outlook.projected,
    low: outlook.low,
    high: outlook.high,
    confidence: outlook.confidence,
    method: outlook.method,
    projections: outlook.projections.map((one) => one),
    verdict: seen.verdict,
    progress: seen.progress,
    coverage: outlook.coverage,
    estimated: outlook.estimated,
    monthsComplete: outlook.monthsComplete,
    allowanceRest: seen.allowanceRest,
    allowancePerMonth: seen.allowancePerMonth,
    allowanceUnit: seen.allowanceRest === null ? null : amountUnit,
    neededRest: seen.neededRest,
    neededPerMonth: seen.neededPerMonth,
    neededUnit: seen.neededRest === null ? null : ofShare ? indicator.unit : amountUnit,
    warnings: [...seen.warnings],
    ...(carried.length > 0 && { carryForward: carried }),
    ...(reason !== undefined && { reason }),
    path: seen.path.map(({ partial, ...point }) => ({
      ...point,
      ...(partial && { partial: true as const }),
    })),
  }
}
