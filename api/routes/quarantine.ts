import { z } from 'zod'
import type { Quarantined } from '../../core/reading.ts'
import { type Context, pageAfter, rfc3339 } from '../context.ts'
import { page, quarantineReasonRow, quarantineRow } from '../schemas.ts'
import type { App } from '../typed.ts'

/** So many of the newest are looked through for one answer. */
const LOOKED_THROUGH = 10_000

export function quarantineRoutes(app: App, { store, clock }: Context): void {
  app.get(
    '/quarantine',
    {
      schema: {
        tags: ['readings'],
        summary: 'Messages that could not be taken, newest first, with the reason',
        querystring: z.object({
          code: z.string().optional().describe('Of this reason only'),
          topic: z.string().optional().describe('Of this topic only'),
          limit: z.coerce.number().int().min(1).max(10_000).default(1000),
          after: z.string().optional(),
        }),
        response: {
          200: page(quarantineRow).describe(
            `With code or topic ${LOOKED_THROUGH} are looked through for a page: it may be short, or empty, and still have a next`,
          ),
        },
      },
    },
    async ({ query: { code, topic, limit, after } }) => {
      const every = code === undefined && topic === undefined
      const seen = pageAfter(await store.quarantine(every ? limit : LOOKED_THROUGH, after), after)
      const wanted = seen.rows.filter(
        (row) =>
          (code === undefined || row.issue.code === code) && (topic === undefined || row.topic === topic),
      )
      const shown = wanted.slice(0, limit)
      const next = wanted.length > limit ? (shown.at(-1)?.id ?? null) : seen.next
      return { rows: shown.map(rowOf), next }
    },
  )
  app.get(
    '/quarantine/reasons',
    {
      schema: {
        tags: ['readings'],
        summary: 'Why messages could not be taken, the most frequent reason first',
        response: { 200: page(quarantineReasonRow) },
      },
    },
    async () => {
      const counts = await store.quarantinedIn(0, clock() + 1)
      const rows = [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count)
      return { rows, next: null }
    },
  )
}

function rowOf({ issue, receivedAt, ...kept }: Quarantined): z.infer<typeof quarantineRow> {
  return { ...kept, time: rfc3339(receivedAt), code: issue.code, reason: issue.message }
}
