import { z } from 'zod'
import { type Balance, type BalanceNode, balance } from '../../core/balance.ts'
import type { Span } from '../../core/calendar.ts'
import { balancedMeters } from '../../core/hierarchy.ts'
import { utilities, utilitiesAt } from '../../core/organisation.ts'
import { estimatedShare, type Usage } from '../../core/usage.ts'
import { Consumptions } from '../../figures/consumptions.ts'
import { begun } from '../begun.ts'
import { type Context, rfc3339, scopeNamed } from '../context.ts'
import { Problem } from '../problems.ts'
import { balanceRow, page } from '../schemas.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'

export function balanceRoute(app: App, context: Context): void {
  app.get(
    '/balance',
    {
      schema: {
        tags: ['figures'],
        summary: 'How a utility was spread over the meters of a site, and what remained unmetered',
        description:
          'Of every node: value = the values of the nodes that name it as `parent` + `remainder`. Submeters without a parent hang on the supply; an import or generation on which submeters hang is a node as well.',
        querystring: z.object({
          scope: z.string().describe('site:<id>'),
          utility: z.enum(utilities),
          grain: z.enum(['day', 'month', 'year']).default('month'),
          from: z.string().optional(),
          to: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(5000).default(1000),
          after: z.string().optional(),
        }),
        response: { 200: page(balanceRow) },
      },
    },
    async ({ query }) => {
      const { utility, grain, limit, after } = query
      const scope = scopeNamed(context, query.scope)
      if (scope.kind !== 'site') throw Problem.badField('scope', `${scope.id} is no site.`, ['site:<id>'])
      const { entry } = scope
      const meters = balancedMeters(entry, utility)
      if (meters.length === 0) {
        const there = utilitiesAt(entry.site)
        throw Problem.badField('utility', `No meter measures ${utility} at ${scope.id}.`, there)
      }
      const now = context.clock()
      const asked = begun(grain, entry.calendar, spanOf(query, entry.calendar, grain, now), now, after)
      const shown = asked.slice(0, limit)
      const consumptions = new Consumptions(context.store)
      await consumptions.fetch(meters, shown)
      const rows = shown.map((period) =>
        rowOf(period.spanAt(entry.calendar), balance(entry, utility, period, consumptions.lookup, now), now),
      )
      return { rows, next: asked.length > shown.length ? (rows.at(-1)?.start ?? null) : null }
    },
  )
}

function rowOf({ start, end }: Span, seen: Balance, now: number): z.infer<typeof balanceRow> {
  const supply = seen.nodes[0] as BalanceNode
  return {
    start: rfc3339(start),
    end: rfc3339(end),
    unit: seen.unit,
    ...(end > now && { partial: true as const }),
    supply: {
      ...amountOf(supply.used),
      imported: seen.imported?.value ?? null,
      generated: seen.generated?.value ?? null,
      exported: seen.exported?.value ?? null,
      unmetered: seen.unmetered,
    },
    nodes: seen.nodes.map(({ used, ...node }) => ({ ...node, ...amountOf(used) })),
  }
}

function amountOf({ value, coverage, estimated, quality, reason }: Usage) {
  const known = { value, coverage, estimated: estimatedShare(value, estimated), quality }
  return reason === undefined ? known : { ...known, reason }
}
