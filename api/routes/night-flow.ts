import { z } from 'zod'
import { type Utility, utilities } from '../../core/organisation.ts'
import { type CountedMeter, countedMeters, type Scope } from '../../core/organisation-index.ts'
import { consumptionDimension } from '../../core/virtual-meter.ts'
import { nightFlows } from '../../figures/night-flows.ts'
import { begun } from '../begun.ts'
import { type Context, rfc3339, scopeNamed } from '../context.ts'
import { Problem } from '../problems.ts'
import { nightFlowRow, page } from '../schemas.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'
import { utilityOf } from '../utility.ts'

export function nightFlowRoute(app: App, context: Context): void {
  app.get(
    '/night-flow',
    {
      schema: {
        tags: ['figures'],
        summary: 'The least flow of each night, which hints at a leak',
        description:
          "Of each local day the least mean flow between 02:00 and 04:00, over quarters of an hour where every meter was read so often that night, else over hours. A site's is that of its import meters together.",
        querystring: z.object({
          scope: z.string().describe('meter:<id> or site:<id>'),
          utility: z.enum(utilities).optional().describe('May be left out for a meter'),
          from: z.string().optional(),
          to: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(1100).default(400),
          after: z.string().optional(),
        }),
        response: { 200: page(nightFlowRow) },
      },
    },
    async ({ query }) => {
      const scope = scopeNamed(context, query.scope)
      if (scope.kind !== 'meter' && scope.kind !== 'site') {
        throw Problem.badField('scope', `${scope.id} has no night flow.`, ['meter:<id>', 'site:<id>'])
      }
      const meters = metersOf(scope, query.utility)
      const { calendar } = scope.entry
      const now = context.clock()
      const asked = begun('day', calendar, spanOf(query, calendar, 'day', now), now, query.after)
      const shown = asked.slice(0, query.limit).map((period) => period.spanAt(calendar))
      const days = shown.map(({ start }) => calendar.dayAt(start))
      const flows = await nightFlows(context.store, meters, calendar, days, now)
      const rows = flows.map(({ at, ...flow }, i) => ({
        start: rfc3339(shown[i]?.start as number),
        end: rfc3339(shown[i]?.end as number),
        ...flow,
        unit: 'm3/h' as const,
        at: at === null ? null : rfc3339(at),
      }))
      return { rows, next: asked.length > shown.length ? (rows.at(-1)?.start ?? null) : null }
    },
  )
}

/** The meters whose flow is meant: of a site all that bring the utility in. */
function metersOf(scope: Scope, asked: Utility | undefined): CountedMeter[] {
  const utility = utilityOf(scope, asked)
  const counted = countedMeters(scope, [utility])
  const meters = scope.kind === 'site' ? counted.filter(({ meter }) => meter.role === 'import') : counted
  if (meters.length === 0) throw Problem.badField('utility', `No meter imports ${utility} at ${scope.id}.`)
  const other = meters.find(({ meter }) => consumptionDimension(meter) !== 'volume')
  if (other !== undefined) {
    const field = scope.kind === 'meter' ? 'scope' : 'utility'
    throw Problem.badField(field, `"${other.meter.id}" does not measure a volume.`, [
      'what is metered in L or m3',
    ])
  }
  return meters
}
