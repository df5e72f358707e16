import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { localDay } from '../../core/calendar.ts'
import { entryQuantities } from '../../core/entry-quantities.ts'
import { type Context, pageAfter, rfc3339, scopeNamed } from '../context.ts'
import { Problem } from '../problems.ts'
import { entryRow, page } from '../schemas.ts'
import type { App } from '../typed.ts'

const newEntry = z.strictObject({
  scope: z.string().min(1),
  quantity: z.string().min(1),
  kind: z.string().max(100).default(''),
  item: z.string().max(200).default(''),
  period: z.string().describe('A year, month or day: 2025, 2025-03, 2025-03-31'),
  value: z.number(),
  unit: z.string().min(1),
  source: z.string().min(1).max(500).describe('Where the figure comes from'),
  note: z.string().max(2000).default(''),
  by: z.string().max(200).default(''),
})

export function entriesRoutes(app: App, context: Context): void {
  const { store, clock } = context
  app.post(
    '/entries',
    {
      schema: {
        tags: ['entries'],
        summary: 'Enter a figure that no meter gives; appended, never overwritten',
        body: newEntry,
        response: { 201: entryRow },
      },
    },
    async ({ body }, reply) => {
      check(body, context)
      const enteredAt = clock()
      const entry = { id: randomUUID(), ...body, enteredAt }
      await store.addEntry(entry)
      context.publications.changed()
      return reply.code(201).send({ ...entry, enteredAt: rfc3339(enteredAt) })
    },
  )
  app.get(
    '/entries',
    {
      schema: {
        tags: ['entries'],
        summary: 'Entries in order of arrival',
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(10_000).default(1000),
          after: z.string().optional(),
        }),
        response: { 200: page(entryRow) },
      },
    },
    async ({ query }) => {
      const { rows, next } = pageAfter(await store.entries(query.limit, query.after), query.after)
      return { rows: rows.map((entry) => ({ ...entry, enteredAt: rfc3339(entry.enteredAt) })), next }
    },
  )
}

function check(body: z.infer<typeof newEntry>, context: Context): void {
  const scope = scopeNamed(context, body.scope)
  if (scope.kind === 'meter')
    throw Problem.badField('scope', 'A meter has readings, not entries.', ['site', 'area', 'boundary'])
  const quantity = Object.hasOwn(entryQuantities, body.quantity) ? entryQuantities[body.quantity] : undefined
  if (quantity === undefined) {
    throw Problem.badField('quantity', `"${body.quantity}" cannot be entered.`, Object.keys(entryQuantities))
  }
  if (!Object.hasOwn(quantity.units, body.unit))
    throw Problem.badField('unit', `${body.quantity} is not in ${body.unit}.`, Object.keys(quantity.units))
  const [, year = '', month = '-01', day = '-01'] = /^(\d{4})(-\d\d)?(-\d\d)?$/.exec(body.period) ?? []
  if (localDay(`${year}${month}${day}`) === undefined) {
    throw Problem.badField('period', `"${body.period}" is no period.`, ['2025', '2025-03', '2025-03-31'])
  }
}
