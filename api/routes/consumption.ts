import { z } from 'zod'
import type { Calendar, Grain } from '../../core/calendar.ts'
import { commonUnit } from '../../core/common-unit.ts'
import { type Use, type Utility, uses, utilities } from '../../core/organisation.ts'
import { calendarOf, type Scope } from '../../core/organisation-index.ts'
import { estimatedShare, type Period, usage } from '../../core/usage.ts'
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
          scope: z
            .string()
            .describe(
              'meter:<id>, area:<site>/<id>, site:<id> or boundary:<id>; or several with commas, whose rows come scope by scope on one page',
            ),
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
      const scopes = [...new Set(query.scope.split(','))].map((text) => scopeNamed(context, text))
      const [only] = scopes
      if (only !== undefined && scopes.length === 1) {
        const { shown, more, rowOf } = await reckoned(context, only, query, query.limit)
        const rows = shown.map(rowOf)
        return { rows, next: more ? (rows.at(-1)?.start ?? null) : null }
      }
      if (query.after !== undefined) throw Problem.badField('after', 'Several scopes come on one page.')
      const rows: z.infer<typeof consumptionRow>[] = []
      for (const scope of scopes) {
        const { shown, more, rowOf } = await reckoned(context, scope, query, query.limit - rows.length)
        if (more) throw tooMany(query.limit)
        for (const period of shown) rows.push({ scope: scope.id, ...rowOf(period) })
      }
      return { rows, next: null }
    },
  )
}

interface Query {
  readonly utility?: Utility | undefined
  readonly use?: Use | undefined
  readonly grain: Grain
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly after?: string | undefined
}

/** The periods of a query, at most `limit`, and what a scope used in each. */
async function reckoned(context: Context, scope: Scope, query: Query, limit: number) {
  const meters = metersAsked(scope, query.utility, query.use)
  const calendar = rowCalendar(context, scope, query.grain)
  const now = context.clock()
  const span = spanOf(query, calendar, query.grain, now)
  const asked = begun(query.grain, calendar, span, now, query.after)
  const shown = asked.slice(0, limit)
  const consumptions = new Consumptions(context.store)
  await consumptions.fetch(meters, shown)
  const { unit, factor } = commonUnit(meters)
  const rowOf = (period: Period) => {
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
  }
  return { shown, more: asked.length > shown.length, rowOf }
}

function tooMany(limit: number): Problem {
  return Problem.badField('scope', `Several scopes come on one page, which has more than ${limit} rows.`, [
    'a shorter span',
    'a coarser grain',
    'fewer scopes',
  ])
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
