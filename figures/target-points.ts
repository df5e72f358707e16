import { DAY_MS } from '../core/calendar.ts'
import { nameIn } from '../core/organisation.ts'
import { namedOf } from '../core/organisation-index.ts'
import type { Assessment } from '../core/target.ts'
import type { Target } from '../core/target-file.ts'
import type { Verdict } from '../core/verdict.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'
import { labels } from './labels.ts'
import type { Aim } from './standing.ts'

/** A verdict as a number, so that it can be a series; -1 is a target that is no more. */
export const verdictNumber: Readonly<Record<Verdict, number>> = {
  'on-track': 0,
  'at-risk': 1,
  'off-track': 2,
  'insufficient-data': 3,
}

/** Where a target stands in a year, and its path, as `/targets` gives them; the points are at the years' starts by `calendar`. */
export function targetPoints(
  target: Target,
  { indicator, scope, calendar }: Aim,
  year: number,
  seen: Assessment,
): FigurePoint[] {
  const tags = { target: target.id, scope: scope.id, unit: indicator.unit }
  const startOf = (y: number) => calendar.startOfDay(Date.UTC(y, 0, 1) / DAY_MS)
  const { outlook } = seen
  const baseline = seen.baseline?.value ?? null
  return [
    {
      measurement: 'target',
      tags: { ...tags, amount_unit: indicator.numerator.unit },
      fields: {
        ...labels(target),
        scope_en: nameIn('en', namedOf(scope)),
        scope_zh: nameIn('zh', namedOf(scope)),
        verdict: verdictNumber[seen.verdict],
        coverage: outlook.coverage,
        projected: outlook.projected,
        known: known(outlook.projected),
        low: outlook.low,
        high: outlook.high,
        band_known: known(outlook.low ?? outlook.high),
        actual: outlook.value,
        actual_known: known(outlook.value),
        path: seen.pathValue,
        limit: seen.limit,
        path_known: known(seen.pathValue),
        baseline,
        baseline_known: known(baseline),
        progress: seen.progress,
        progress_known: known(seen.progress),
        allowance: seen.allowanceRest,
        allowance_known: known(seen.allowanceRest),
      },
      at: startOf(year),
    },
    ...seen.path.map(
      ({ year: y, pathValue, actual }): FigurePoint => ({
        measurement: 'target_path',
        tags,
        fields: { year: y, path: pathValue, path_known: 1, actual, known: known(actual) },
        at: startOf(y),
      }),
    ),
  ]
}
