import { z } from 'zod'
import { type Indicator, indicators, metersOf } from '../../core/indicator.ts'
import { type Facts, type Figure, figure } from '../../core/intensity.ts'
import { calendarOf, type Scope } from '../../core/organisation-index.ts'
import type { Period } from '../../core/usage.ts'
import { Consumptions } from '../../figures/consumptions.ts'
import { begun } from '../begun.ts'
import { type Context, rfc3339, scopeNamed } from '../context.ts'
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
      const consumptions = new Consumptions(context.store)
      const facts: Facts = { lookup: consumptions.lookup, now }
      const rows = []
      for (const scope of scopes) {
        const calendar = calendarOf(scope, context.organisation)
        const periods = begun(query.grain, calendar, spanOf(query, calendar, query.grain, now), now)
        if (periods.length * wanted.length * scopes.length > ROWS_MOST) {
          throw Problem.badField('from', `More than ${ROWS_MOST} figures at once.`, [
            'a shorter span',
            'a coarser grain',
            'fewer scopes',
          ])
        }
        await consumptions.fetch(
          wanted.flatMap((indicator) => metersOf(indicator, scope)),
          periods,
        )
        for (const indicator of wanted) {
          for (const period of periods) {
            const { start, end } = period.spanAt(calendar)
            rows.push(kpi(indicator, scope, { start, end }, figure(indicator, scope, period, facts)))
          }
        }
      }
      return { rows, next: null }
    },
  )
}

function indicatorNamed(id: string): Indicator {
  const indicator = indicators.get(id)
  if (indicator === undefined)
    throw Problem.badField('indicator', `There is no indicator "${id}".`, [...indicators.keys()])
  return indicator
}

function kpi(indicator: Indicator, scope: Scope, span: ReturnType<Period['spanAt']>, seen: Figure) {
  const { partial, reason, ...known } = seen
  return {
    indicator: indicator.id,
    scope: scope.id,
    start: rfc3339(span.start),
    end: rfc3339(span.end),
    unit: indicator.unit,
    ...known,
    ...(partial && { partial: true as const }),
    ...(reason !== undefined && { reason }),
  }
}
