import { z } from 'zod'
import { DAY_MS } from '../../core/calendar.ts'
import { freeCooling, freeCoolingMeters, hoursOver } from '../../core/free-cooling.ts'
import { Consumptions } from '../../figures/consumptions.ts'
import { begun } from '../begun.ts'
import { type Context, rfc3339, scopeNamed } from '../context.ts'
import { Problem } from '../problems.ts'
import { page, time } from '../schemas.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'

const freeCoolingRow = z.object({
  start: time,
  end: time,
  value: z.number().nullable(),
  unit: z.literal('h'),
  coverage: z.number().describe('Share of the hours that are over for which the ratio is known: 0..1'),
  partial: z.literal(true).optional().describe('The span still runs'),
  reason: z.string().optional(),
})

/** A page begins no later than this after its first row: each row looks at all its hours. */
const PAGE_MS = 5 * 366 * DAY_MS

export function freeCoolingRoute(app: App, context: Context): void {
  app.get(
    '/free-cooling',
    {
      schema: {
        tags: ['figures'],
        summary: 'Hours in which a data centre was cooled by the cold outside',
        description:
          'Hours whose electricity for cooling was at most `threshold.atMost` of that for IT, as the site states it in organisation.yaml. Null with a reason where it states nothing, or where less than 95 % of the hours are known.',
        querystring: z.object({
          scope: z.string().describe('site:<id> of a data centre'),
          grain: z.enum(['day', 'month', 'year']).default('month'),
          from: z.string().optional(),
          to: z.string().optional(),
          limit: z.coerce
            .number()
            .int()
            .min(1)
            .max(1100)
            .default(400)
            .describe('Rows of a page, which ends after five years as well'),
          after: z.string().optional(),
        }),
        response: {
          200: page(freeCoolingRow).extend({
            threshold: z
              .object({ atMost: z.number(), source: z.string() })
              .nullable()
              .describe('kWh of cooling per kWh of IT, and who says so; null where the site states none'),
          }),
        },
      },
    },
    async ({ query }) => {
      const scope = scopeNamed(context, query.scope)
      if (scope.kind !== 'site' || scope.entry.site.kind !== 'data-center') {
        const centres = [...context.organisation.sites.values()].filter(
          ({ site }) => site.kind === 'data-center',
        )
        const accepted = centres.map(({ site }) => `site:${site.id}`)
        throw Problem.badField('scope', `${scope.id} is no data centre.`, accepted)
      }
      const { calendar, site } = scope.entry
      const now = context.clock()
      const asked = begun(query.grain, calendar, spanOf(query, calendar, query.grain, now), now, query.after)
      const until = (asked[0]?.spanAt(calendar).start ?? now) + PAGE_MS
      const shown = asked.slice(0, query.limit).filter((period) => period.spanAt(calendar).start < until)
      const { cooling, it } = freeCoolingMeters(scope)
      const consumptions = new Consumptions(context.store)
      await consumptions.fetch(
        [...cooling, ...it],
        shown.flatMap((period) => hoursOver(scope, period, now)),
      )
      const rows = shown.map((period) => {
        const { start, end } = period.spanAt(calendar)
        const { partial, ...seen } = freeCooling(scope, period, { lookup: consumptions.lookup, now })
        return {
          start: rfc3339(start),
          end: rfc3339(end),
          ...seen,
          unit: 'h' as const,
          ...(partial && { partial: true as const }),
        }
      })
      return {
        rows,
        next: asked.length > shown.length ? (rows.at(-1)?.start ?? null) : null,
        threshold: site.freeCooling ?? null,
      }
    },
  )
}
