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
      const look = async (most: number) => pageAfter(await store.quarantine(most, after), after)
      const isWanted = (row: Quarantined) =>
        (code === undefined || row.issue.code === code) && (topic === undefined || row.topic === topic)
      const seen = await look(every ? limit : LOOKED_THROUGH)
      const past = placePast(seen.rows, isWanted, limit)
      // Where a page ends only the store can tell.
      const { rows, next } = past === null ? seen : await look(past)
      return { rows: rows.filter(isWanted).map(rowOf), next }
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

/** How many rows hold the first `limit` wanted ones, where there are more of these; null where there are not. */
function placePast(
  rows: readonly Quarantined[],
  isWanted: (row: Quarantined) => boolean,
  limit: number,
): number | null {
  const wanted = rows.flatMap((row, i) => (isWanted(row) ? [i] : []))
  return wanted.length > limit ? (wanted[limit - 1] as number) + 1 : null
}

function rowOf({ issue, receivedAt, ...kept }: Quarantined): z.infer<typeof quarantineRow> {
  return { ...kept, time: rfc3339(receivedAt), code: issue.code, reason: issue.message }
}
