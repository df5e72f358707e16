import { z } from 'zod'
import { readingUnitOf } from '../../core/organisation.ts'
import { type Context, instantAfter, rfc3339 } from '../context.ts'
import { Problem } from '../problems.ts'
import { page, readingRow } from '../schemas.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'

export function readingsRoute(app: App, { organisation, store, clock }: Context): void {
  app.get(
    '/readings',
    {
      schema: {
        tags: ['readings'],
        summary: 'Readings of a meter as they came, oldest first',
        querystring: z.object({
          meter: z.string(),
          from: z.string().optional(),
          to: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(250_000).default(100_000),
          after: z.string().optional(),
        }),
        response: { 200: page(readingRow) },
      },
    },
    async ({ query }) => {
      const entry = organisation.meters.get(query.meter)
      if (entry === undefined) throw Problem.notFound('meter', query.meter, [...organisation.meters.keys()])
      const span = spanOf(query, entry.calendar, 'day', clock())
      const last = instantAfter(query.after)
      const found = await store.readings(
        query.meter,
        Math.max(span.start, last + 1),
        span.end,
        query.limit + 1,
      )
      const ownUnit = readingUnitOf(entry.meter) ?? ''
      const length = Math.min(found.at.length, query.limit)
      const rows = Array.from({ length }, (_, i) => ({
        at: rfc3339(found.at[i] as number),
        value: found.value[i] as number,
        unit: found.unit?.[i] || ownUnit,
        receivedAt: rfc3339(found.receivedAt[i] as number),
        flags: [],
      }))
      return { rows, next: found.at.length > length ? (rows.at(-1)?.at ?? null) : null }
    },
  )
}
