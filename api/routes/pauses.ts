import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { endPause, pause } from '../../alerts/acts.ts'
import type { Pause } from '../../core/alert.ts'
import { pauseRowOf } from '../alert-rows.ts'
import { newPause, pauseRow } from '../alert-schema.ts'
import { type AlertingContext, pageOf } from '../context.ts'
import { checkNames, timeOf } from '../pause-checks.ts'
import { Problem } from '../problems.ts'
import { page } from '../schemas.ts'
import type { App } from '../typed.ts'

export function pausesRoutes(app: App, context: AlertingContext): void {
  const { alerts, clock } = context

  app.get(
    '/pauses',
    {
      schema: {
        tags: ['alerts'],
        summary: 'Silences and planned outages, the one that begins last first',
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(1000).default(100),
          after: z.string().optional(),
        }),
        response: { 200: page(pauseRow) },
      },
    },
    async ({ query: { limit, after } }) => {
      const all = alerts.book.pages.pauses.toSorted((a, b) => b.from - a.from)
      const { rows, next } = pageOf(all, ({ id }) => id, limit, after)
      return { rows: rows.map((one) => pauseRowOf(one, clock())), next }
    },
  )
  app.post(
    '/pauses',
    {
      schema: {
        tags: ['alerts'],
        summary: 'Silence alerts until an instant, or say beforehand that something will be off',
        body: newPause,
        response: { 201: pauseRow },
      },
    },
    async ({ body }, reply) => {
      const now = clock()
      checkNames(body.of, context)
      const from = body.from === undefined ? now : timeOf('from', body.from)
      const to = timeOf('to', body.to)
      if (to <= from) throw Problem.badField('to', `"${body.to}" does not come after its beginning.`)
      const { kind, by, note } = body
      const entered: Pause = {
        id: randomUUID(),
        kind,
        of: stated(body.of),
        from,
        to,
        by,
        note,
        enteredAt: now,
      }
      await alerts.book.change((pages) => pause(pages, entered))
      return reply.code(201).send(pauseRowOf(entered, now))
    },
  )
  app.delete(
    '/pauses/:id',
    {
      schema: {
        tags: ['alerts'],
        summary: 'End a pause now; what was to come is gone',
        params: z.object({ id: z.string() }),
        response: { 200: pauseRow },
      },
    },
    async ({ params: { id } }) => {
      const now = clock()
      const { pauses } = alerts.book.pages
      const found = pauses.find((one) => one.id === id)
      if (found === undefined) {
        const standing = pauses.filter(({ to }) => to > now)
        throw Problem.notFound(
          'pause',
          id,
          standing.map((one) => one.id),
        )
      }
      await alerts.book.change((pages) => endPause(pages, id, now))
      return pauseRowOf({ ...found, to: Math.min(found.to, Math.max(now, found.from)) }, now)
    },
  )
}

/** Without the fields that were left out. */
function stated(of: z.infer<typeof newPause>['of']): Pause['of'] {
  return Object.fromEntries(Object.entries(of).filter(([, list]) => list !== undefined))
}
