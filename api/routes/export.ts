import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Span } from '../../core/calendar.ts'
import { OLDEST_YEAR } from '../../core/retention.ts'
import { readingLines } from '../../store/reading-lines.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problems.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'

const LINES = 'text/plain; charset=utf-8'
const PARQUET = 'application/vnd.apache.parquet'
/** Readings are taken up to ten minutes ahead of the clock. */
const AHEAD_MS = 10 * 60_000

export function exportRoute(app: App, context: Context): void {
  app.get(
    '/export/readings',
    {
      schema: {
        tags: ['readings'],
        summary: 'All readings as they came, as a file of line protocol or Parquet',
        description:
          'Line protocol as it stands in an InfluxDB, times in nanoseconds; Parquet with the columns meter, at, value, unit, received_at. A unit that is empty is that of the meter. Each instant of a meter once, as it came last. Parquet can be had from the embedded store only.',
        querystring: z.object({
          format: z.enum(['lp', 'parquet']).default('lp'),
          meter: z.string().optional().describe('One, or several with commas; all where left out'),
          from: z.string().optional().describe('Everything where `from` and `to` are left out'),
          to: z.string().optional(),
        }),
        response: {
          200: {
            description: 'The file',
            content: { [LINES]: { schema: z.any() }, [PARQUET]: { schema: z.any() } },
          },
        },
      },
    },
    async ({ query }, reply) => {
      const { store, organisation, clock } = context
      const meters = await metersOf(query.meter, context)
      const span =
        query.from === undefined && query.to === undefined
          ? { start: Date.UTC(OLDEST_YEAR, 0, 1), end: clock() + AHEAD_MS }
          : spanOf(query, organisation.calendar, 'year', clock())
      if (query.format === 'parquet') return sendParquet(reply, meters, span, context)
      return reply
        .type(LINES)
        .header('content-disposition', 'attachment; filename="readings.lp"')
        .send(Readable.from(readingLines(store, meters, span.start, span.end)))
    },
  )
}

/** Those asked for, or all that there is a reading of, also where the configuration has forgotten them. */
async function metersOf(asked: string | undefined, { store, organisation }: Context): Promise<string[]> {
  const stored = [...(await store.lastReadings()).keys()].sort()
  if (asked === undefined) return stored
  const known = new Set([...organisation.meters.keys(), ...stored])
  const meters = [...new Set(asked.split(','))]
  for (const meter of meters) if (!known.has(meter)) throw Problem.notFound('meter', meter, [...known])
  return meters
}

/** Parquet is written as a whole: it goes to a file first, which is gone when the answer has been sent. */
async function sendParquet(
  reply: FastifyReply,
  meters: readonly string[],
  { start, end }: Span,
  { store, scratch }: Context,
): Promise<FastifyReply> {
  if (store.exportParquet === undefined) {
    throw Problem.badField('format', `Parquet cannot be had from ${store.name}.`, ['lp'])
  }
  await mkdir(scratch, { recursive: true })
  const path = join(scratch, `${randomBytes(8).toString('hex')}.parquet`)
  const remove = () => rm(path, { force: true }).catch(() => {})
  const size = await store
    .exportParquet(path, meters, start, end)
    .then(async () => (await stat(path)).size)
    .catch(async (error) => {
      await remove()
      throw error
    })
  const file = createReadStream(path)
  file.once('close', remove)
  return reply
    .type(PARQUET)
    .header('content-disposition', 'attachment; filename="readings.parquet"')
    .header('content-length', size)
    .send(file)
}
