import { z } from 'zod'
import type { Calendar, Grain } from '../../core/calendar.ts'
import { commonUnit } from '../../core/common-unit.ts'
import { uses, utilities } from '../../core/organisation.ts'
import { calendarOf, type Scope } from '../../core/organisation-index.ts'
import { estimatedShare, usage } from '../../core/usage.ts'
import { Consumptions } from '../../figures/consumptions.ts'
import { begun } from '../begun.ts'
import { commonClock } from '../common-clock.ts'
import { type Context, rfc3339, scopeNamed } from '../context.ts'
import { metersAsked } from '../meters-asked.ts'
import { Problem } from '../problems.ts'
import { consumptionRow, grainParam, page } from '../schemas.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'

export function consumptionRoute(app: App, context: Context): void {
  app.get(
    '/consumption',
    {
      schema: {
        tags: ['figures'],
        summary: 'Consumption of one utility, with how well it is covered',
        querystring: z.object({
          scope: z.string().describe('meter:<id>, area:<site>/<id>, site:<id> or boundary:<id>'),
          utility: z
            .enum(utilities)
            .optional()
            .describe('May be left out for a meter, and with a use that only one utility has'),
          use: z
            .enum(uses)
            .optional()
            .describe(
              'Only what meters of this use measure; a meter beneath another of the use is in that one',
            ),
          grain: grainParam.default('day'),
          from: z.string().optional(),
          to: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(100_000).default(50_000),
          after: z.string().optional(),
        }),
        response: { 200: page(consumptionRow) },
      },
    },
    async ({ query }) => {
      const scope = scopeNamed(context, query.scope)
      const meters = metersAsked(scope, query.utility, query.use)
      const calendar = rowCalendar(context, scope, query.grain)
      const now = context.clock()
      const span = spanOf(query, calendar, query.grain, now)
      const asked = begun(query.grain, calendar, span, now, query.after)
      const shown = asked.slice(0, query.limit)
      const consumptions = new Consumptions(context.store)
      await consumptions.fetch(meters, shown)
      const { unit, factor } = commonUnit(meters)
      const rows = shown.map((period) => {
        const { start, end } = period.spanAt(calendar)
        const used = usage(meters, period, consumptions.lookup, now, factor)
        return {
          start: rfc3339(start),
          end: rfc3339(end),
          value: used.value,
          unit,
          coverage: used.coverage,
          estimated: estimatedShare(used.value, used.estimated),
          quality: used.quality,
          ...(used.partial && { partial: true as const }),
          ...(used.reason !== undefined && { reason: used.reason }),
        }
      })
      return { rows, next: asked.length > shown.length ? (rows.at(-1)?.start ?? null) : null }
    },
  )
}

/** A grain's rows are in the scope's own zone; the hours of several sites where their clocks run alike. */
function rowCalendar({ organisation }: Context, scope: Scope, grain: Grain): Calendar {
  if (grain !== 'hour' && grain !== '15m') return calendarOf(scope, organisation)
  const calendar = commonClock(scope, organisation)
  if (calendar !== undefined) return calendar
  throw Problem.badField('grain', `The sites of ${scope.id} are in several time zones.`, [
    'day',
    'month',
    'year',
  ])
}
