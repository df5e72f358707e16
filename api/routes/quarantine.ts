import { z } from 'zod'
import { type Context, pageAfter, rfc3339 } from '../context.ts'
import { page, quarantineRow } from '../schemas.ts'
import type { App } from '../typed.ts'

export function quarantineRoute(app: App, { store }: Context): void {
  app.get(
    '/quarantine',
    {
      schema: {
        tags: ['readings'],
        summary: 'Messages that could not be taken, newest first, with the reason',
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(10_000).default(1000),
          after: z.string().optional(),
        }),
        response: { 200: page(quarantineRow) },
      },
    },
    async ({ query }) => {
      const { rows, next } = pageAfter(await store.quarantine(query.limit, query.after), query.after)
      return {
        rows: rows.map(({ issue, receivedAt, ...kept }) => ({
          ...kept,
          time: rfc3339(receivedAt),
          code: issue.code,
          reason: issue.message,
        })),
        next,
      }
    },
  )
}
