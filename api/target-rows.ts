import type { z } from 'zod'
import { carriedKeys } from '../core/amount.ts'
import type { Driver } from '../core/drivers.ts'
import type { Facts } from '../core/facts.ts'
import type { Organisation } from '../core/organisation-index.ts'
import type { Candidate } from '../core/projection.ts'
import { quantityName } from '../core/quantity-names.ts'
import { targetDrivers } from '../core/target-drivers.ts'
import { baselineOf, type Target } from '../core/target-file.ts'
import { targetMonths } from '../core/target-months.ts'
import { yearFigure } from '../core/year-months.ts'
import { type Aim, asking, type Standing, stand } from '../figures/standing.ts'
import { bothNames, namesOfScope } from './names.ts'
import type { targetDetail, targetRow } from './target-schema.ts'

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

/** The same with the course of its year and what drives it. */
export function targetDetailOf(
  target: Target,
  aim: Aim,
  year: number,
  facts: Facts,
  candidates: readonly Candidate[],
): z.infer<typeof targetDetail> {
  const { indicator, scope } = aim
  const { organisation } = facts.plan
  const seen = stand(target, aim, year, facts, candidates)
  const ask = asking(aim, facts)
  const drivers = targetDrivers(target, indicator, scope, year, seen, facts)
  return {
    ...targetRowOf(target, aim, year, seen),
    previous: { year: year - 1, value: yearFigure(ask, year - 1).value },
    drivers: drivers.map(({ parts, ...one }) => ({
      ...one,
      unit: indicator.unit,
      parts: parts.map((part) => named(part, organisation)),
    })),
    monthsUnit: typeof indicator.denominator === 'object' ? indicator.unit : indicator.numerator.unit,
    months: targetMonths(target, indicator, ask, year, seen),
  }
}

type Part = z.infer<typeof targetDetail>['drivers'][number]['parts'][number]

function named({ parts, ...driver }: Driver, organisation: Organisation): Part {
  return {
    ...driver,
    name: nameOf(driver, organisation),
    ...(parts !== undefined && { parts: parts.map((part) => named(part, organisation)) }),
  }
}

function nameOf({ kind, id }: Driver, organisation: Organisation): { en: string; zh: string } {
  const scope = organisation.scope(kind === 'meter' ? `meter:${id}` : id)
  if (scope !== undefined) return namesOfScope(scope)
  if (kind === 'remainder') return { en: 'Not metered below', zh: '未分项计量' }
  const [quantity = '', ...more] = id.split('/')
  const name = quantityName(DENOMINATOR_QUANTITY[quantity] ?? quantity) ?? { en: id, zh: id }
  const rest = more.length === 0 ? '' : more.join(', ')
  return rest === '' ? name : { en: `${name.en}: ${rest}`, zh: `${name.zh}：${rest}` }
}

/** Denominators go by the names of what is entered of them. */
const DENOMINATOR_QUANTITY: Readonly<Record<string, string>> = {
  employees: 'employees-fulltime-yearend',
  'employees-average': 'employees-fulltime-average',
}
