import { z } from 'zod'
import { carriedKeys } from '../../core/amount.ts'
import type { Span } from '../../core/calendar.ts'
import { standardOf } from '../../core/facility.ts'
import type { Indicator } from '../../core/indicator.ts'
import { type Figure, figure } from '../../core/intensity.ts'
import { calendarOf, type Scope } from '../../core/organisation-index.ts'
import { begun } from '../begun.ts'
import { type Context, indicatorNamed, rfc3339, scopeNamed } from '../context.ts'
import { Problem } from '../problems.ts'
import { kpiRow, page } from '../schemas.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'

/** More figures than this are not reckoned for one query. */
const ROWS_MOST = 50_000

export function kpisRoute(app: App, context: Context): void {
  app.get(
    '/kpis',
    {
      schema: {
        tags: ['figures'],
        summary:
          'Indicators and intensities; null with a reason where undefined or where coverage is below 95 %',
        querystring: z.object({
          indicator: z.string().describe('One, or several with commas'),
          scope: z.string().describe('One, or several with commas'),
          grain: z.enum(['day', 'month', 'year']).default('year'),
          from: z.string().optional(),
          to: z.string().optional(),
        }),
        response: { 200: page(kpiRow) },
      },
    },
    async ({ query }) => {
      const now = context.clock()
      const wanted = [...new Set(query.indicator.split(','))].map(indicatorNamed)
      const scopes = [...new Set(query.scope.split(','))].map((text) => scopeNamed(context, text))
      const asked = scopes.map((scope) => {
        const calendar = calendarOf(scope, context.organisation)
        const periods = begun(query.grain, calendar, spanOf(query, calendar, query.grain, now), now)
        if (periods.length * wanted.length * scopes.length > ROWS_MOST) {
          throw Problem.badField('from', `More than ${ROWS_MOST} figures at once.`, [
            'a shorter span',
            'a coarser grain',
            'fewer scopes',
          ])
        }
        return { scope, calendar, periods }
      })
      const rows = await context.figures.reckon(now, (facts) =>
        asked.flatMap(({ scope, calendar, periods }) =>
          wanted.flatMap((indicator) =>
            periods.map((period) =>
              kpi(
                indicator,
                scope,
                period.spanAt(calendar),
                figure(indicator, scope, period, facts),
                standardOf(indicator, scope, period),
              ),
            ),
          ),
        ),
      )
      return { rows, next: null }
    },
  )
}

function kpi(indicator: Indicator, scope: Scope, span: Span, seen: Figure, standard: string | undefined) {
  const { value, numerator, denominator, coverage, estimated, quality, partial, reason, notes, factors } =
    seen
  const carried = carriedKeys(factors)
  return {
    indicator: indicator.id,
    scope: scope.id,
    start: rfc3339(span.start),
    end: rfc3339(span.end),
    unit: indicator.unit,
    value,
    numerator,
    denominator,
    coverage,
    estimated,
    quality,
    ...(partial && { partial: true as const }),
    ...(reason !== undefined && { reason }),
    ...(carried.length > 0 && { carryForward: carried }),
    ...(notes.length > 0 && { notes: [...notes] }),
    ...(standard !== undefined && { standard }),
  }
}
