import { z } from 'zod'
import { type AlertingContext, pageOf } from '../context.ts'
import { page } from '../schemas.ts'
import { deliveryRowOf } from '../subscription-rows.ts'
import { deliveryRow } from '../subscription-schema.ts'
import type { App } from '../typed.ts'

export function deliveriesRoute(app: App, { alerts }: AlertingContext): void {
  app.get(
    '/deliveries',
    {
      schema: {
        tags: ['alerts'],
        summary: 'What was sent or is to be, newest first, with its attempts',
        querystring: z.object({
          subscription: z.string().optional().describe('Of all where left out'),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
          after: z.string().optional(),
        }),
        response: { 200: page(deliveryRow) },
      },
    },
    async ({ query: { subscription, limit, after } }) => {
      const { rows, next } = pageOf(
        alerts.subscriptions.deliveries(subscription),
        ({ id }) => id,
        limit,
        after,
      )
      return { rows: rows.map(deliveryRowOf), next }
    },
  )
}
