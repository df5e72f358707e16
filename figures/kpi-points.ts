import { type Calendar, DAY_MS, type LocalDay } from '../core/calendar.ts'
import { categoryStated } from '../core/facility.ts'
import type { Facts } from '../core/facts.ts'
import { type Indicator, indicators, possibleIndicators, scopeFor } from '../core/indicator.ts'
import { figure } from '../core/intensity.ts'
import type { Scope } from '../core/organisation-index.ts'
import { qualities } from '../core/quality.ts'
import { indicatorName } from '../core/quantity-names.ts'
import { metersOfQuantity } from '../core/source.ts'
import { periodOf } from '../core/usage.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'
import { labels } from './labels.ts'

/** The indicators that something in a scope measures. */
export function measuredIndicators(scope: Scope): Indicator[] {
  return [...indicators.values()].filter(
    (indicator) => metersOfQuantity(indicator.numerator, scopeFor(indicator, scope)).length > 0,
  )
}

/** Of those that are possible: by the day no people, floor area or revenue, which are no matter of days. */
function written(scope: Scope, grain: 'day' | 'month' | 'year', { plan }: Facts): Indicator[] {
  return possibleIndicators(scope, plan).filter(
    ({ denominator }) => grain !== 'day' || typeof denominator !== 'string',
  )
}

/**
 * Every indicator that is possible of a scope in the days, months or years that begin on `firstDays`, as `/kpis`
 * gives it; the points are at their starts by `calendar`. A month or year stands beside the same one of
 * the year before, because no query can lay two years over each other.
 */
export function kpiPoints(
  scope: Scope,
  calendar: Calendar,
  grain: 'day' | 'month' | 'year',
  firstDays: readonly LocalDay[],
  facts: Facts,
): FigurePoint[] {
  const periods = firstDays.map((day) => periodOf(grain, day))
  const before = grain === 'day' ? [] : firstDays.map((day) => periodOf(grain, aYearBefore(day)))
  return written(scope, grain, facts).flatMap((indicator) => {
    const tags = { indicator: indicator.id, scope: scope.id, unit: indicator.unit, grain }
    return periods.map((period, i): FigurePoint => {
      const { value, numerator, denominator, coverage, estimated, quality, partial, factors } = figure(
        indicator,
        scope,
        period,
        facts,
      )
      const earlier = before[i]
      const previous = earlier === undefined ? null : figure(indicator, scope, earlier, facts).value
      return {
        measurement: 'kpi',
        tags,
        fields: {
          value,
          numerator,
          denominator,
          coverage,
          estimated,
          quality: qualities.indexOf(quality),
          partial: partial ? 1 : 0,
          carried: factors.some(({ carriedForward }) => carriedForward) ? 1 : 0,
          ...(indicator.id === 'pue' && { category: categoryStated(scope) }),
          ...(grain !== 'day' && { previous, previous_known: known(previous) }),
          ...(grain === 'year' && labels({ id: indicator.id, name: indicatorName(indicator) })),
          known: known(value),
        },
        at: period.spanAt(calendar).start,
      }
    })
  })
}

/** The first day of the same month a year earlier. */
export function aYearBefore(firstOfMonth: LocalDay): LocalDay {
  const date = new Date(firstOfMonth * DAY_MS)
  return Date.UTC(date.getUTCFullYear() - 1, date.getUTCMonth(), 1) / DAY_MS
}
