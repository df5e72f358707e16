import { z } from 'zod'
import { meterQuality } from '../../core/meter-quality.ts'
import type { LocalPeriod } from '../../core/usage.ts'
import { Consumptions } from '../../figures/consumptions.ts'
import { begun } from '../begun.ts'
import { type Context, rfc3339 } from '../context.ts'
import { Problem } from '../problems.ts'
import { conflictRow, meterQualityRow, page } from '../schemas.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'

/** More days of meters than this are not looked through for one query. */
const DAYS_MOST = 400_000
const CONFLICTS_MOST = 1000

const querystring = z.object({
  site: z.string().optional().describe('Of this site only'),
  from: z.string().optional(),
  to: z.string().optional(),
})

export function dataQualityRoutes(app: App, context: Context): void {
  const { organisation, store, clock } = context

  function metersOf(site: string | undefined) {
    if (site !== undefined && !organisation.sites.has(site))
      throw Problem.notFound('site', site, [...organisation.sites.keys()])
    return [...organisation.meters.values()].filter(
      (entry) => entry.meter.role !== 'virtual' && (site === undefined || entry.site.id === site),
    )
  }

  app.get(
    '/data-quality',
    {
      schema: {
        tags: ['figures'],
        summary: 'How well each meter is known over a span, and the day to look at first',
        description:
          'Of this year where no span is given. A virtual meter is as well known as its parts, and is left out.',
        querystring,
        response: { 200: page(meterQualityRow) },
      },
    },
    async ({ query }) => {
      const now = clock()
      const entries = metersOf(query.site)
      const days = new Map<object, readonly LocalPeriod[]>()
      for (const { calendar } of entries) {
        if (!days.has(calendar))
          days.set(calendar, begun('day', calendar, spanOf(query, calendar, 'month', now), now))
      }
      const consumptions = new Consumptions(store)
      const all = entries.reduce((sum, { calendar }) => sum + (days.get(calendar)?.length ?? 0), 0)
      if (all > DAYS_MOST) {
        throw Problem.badField('from', `More than ${DAYS_MOST} days of meters at once.`, [
          'a shorter span',
          'one site',
        ])
      }
      for (const [calendar, periods] of days) {
        await consumptions.fetch(
          entries.filter((entry) => entry.calendar === calendar),
          periods,
        )
      }
      const rows = entries.flatMap((entry) => {
        const known = meterQuality(entry, days.get(entry.calendar) ?? [], consumptions.lookup, now)
        return known === undefined ? [] : [{ meter: entry.meter.id, ...known }]
      })
      return { rows, next: null }
    },
  )
  app.get(
    '/conflicts',
    {
      schema: {
        tags: ['readings'],
        summary: 'Instants for which different values came, the newest first; the last arrival counts',
        description: `Of this month where no span is given; at most ${CONFLICTS_MOST}.`,
        querystring,
        response: { 200: page(conflictRow) },
      },
    },
    async ({ query }) => {
      const rows: z.infer<typeof conflictRow>[] = []
      for (const { meter, calendar } of metersOf(query.site)) {
        const { start, end } = spanOf(query, calendar, 'day', clock())
        for (const { at, arrivals } of await store.conflicts(meter.id, start, end)) {
          rows.push({
            meter: meter.id,
            at: rfc3339(at),
            arrivals: arrivals.map((one) => ({ ...one, receivedAt: rfc3339(one.receivedAt) })),
          })
        }
        // A year that was told twice has more than memory should hold.
        rows.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).splice(CONFLICTS_MOST)
      }
      return { rows, next: null }
    },
  )
}
