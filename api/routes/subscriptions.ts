import { z } from 'zod'
import type { Subscription } from '../../core/subscription.ts'
import { type AlertingContext, pageOf } from '../context.ts'
import { Problem } from '../problems.ts'
import { page } from '../schemas.ts'
import { deliveryRowOf, subscriptionRowOf } from '../subscription-rows.ts'
import { deliveryRow, newSubscription, subscriptionMade, subscriptionRow } from '../subscription-schema.ts'
import type { App } from '../typed.ts'

const tags = ['alerts']
const params = z.object({ id: z.string() })

export function subscriptionsRoutes(app: App, { alerts }: AlertingContext): void {
  const { subscriptions } = alerts

  function named(id: string): Subscription {
    const found = subscriptions.all.find((one) => one.id === id)
    if (found !== undefined) return found
    throw Problem.notFound(
      'subscription',
      id,
      subscriptions.all.map((one) => one.id),
    )
  }

  function rowOf(subscription: Subscription) {
    return subscriptionRowOf(subscription, subscriptions.deliveries(subscription.id))
  }

  async function removed(id: string) {
    const row = rowOf(named(id))
    await subscriptions.remove(id)
    return row
  }

  app.get(
    '/subscriptions',
    {
      schema: {
        tags,
        summary: 'Who hears of alerts, the oldest first; without secrets',
        querystring: z.object({
          limit: z.coerce.number().int().min(1).max(1000).default(100),
          after: z.string().optional(),
        }),
        response: { 200: page(subscriptionRow) },
      },
    },
    async ({ query: { limit, after } }) => {
      const { rows, next } = pageOf(subscriptions.all, ({ id }) => id, limit, after)
      return { rows: rows.map(rowOf), next }
    },
  )
  app.post(
    '/subscriptions',
    {
      schema: {
        tags,
        summary: 'Subscribe somebody; a webhook without a secret is given one, shown this once',
        body: newSubscription,
        response: { 201: subscriptionMade },
      },
    },
    async ({ body }, reply) => {
      const unknown = subscriptions.unknown(body)
      if (unknown.length > 0) throw Problem.badFields(unknown)
      const added = await subscriptions.add(body)
      const { channel } = added
      const made =
        channel.kind === 'webhook' && !('secret' in body.channel && body.channel.secret !== undefined)
      return reply
        .code(201)
        .send({ ...rowOf(added), ...(made && channel.secret !== undefined && { newSecret: channel.secret }) })
    },
  )
  app.delete(
    '/subscriptions/:id',
    {
      schema: {
        tags,
        summary: 'Forget a subscription, with all that was sent to it',
        params,
        response: { 200: subscriptionRow },
      },
    },
    async ({ params: { id } }) => removed(id),
  )
  app.delete(
    '/subscriptions',
    {
      schema: {
        tags,
        summary: 'The same, with the id in the query',
        querystring: z.strictObject({ id: z.string() }),
        response: { 200: subscriptionRow },
      },
    },
    async ({ query: { id } }) => removed(id),
  )
  app.post(
    '/subscriptions/:id/test',
    {
      schema: {
        tags,
        summary: 'Send a test now, and answer what came of it within ten seconds',
        params,
        response: { 200: deliveryRow },
      },
    },
    async ({ params: { id } }) => {
      named(id)
      const delivery = await subscriptions.test(id)
      // Somebody has removed it while the test was under way.
      if (delivery === null) throw Problem.notFound('subscription', id, [])
      return deliveryRowOf(delivery)
    },
  )
  app.post(
    '/subscriptions/:id/enable',
    {
      schema: {
        tags,
        summary: 'Take up a subscription again that its receiver had ended',
        params,
        response: { 200: subscriptionRow },
      },
    },
    async ({ params: { id } }) => {
      if (named(id).state === 'unsubscribed') throw ended(id)
      await subscriptions.enable(id)
      return rowOf(named(id))
    },
  )
}

function ended(id: string): Problem {
  return Problem.conflict(
    'unsubscribed',
    'Its receiver has unsubscribed',
    'id',
    `Whoever "${id}" goes to has ended it by the link in a message, and it stays so. Who wants it after all subscribes anew.`,
  )
}
