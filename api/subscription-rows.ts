import type { z } from 'zod'
import type { Delivery } from '../alerts/delivery.ts'
import { shownChannel } from '../alerts/subscriptions.ts'
import type { Subscription } from '../core/subscription.ts'
import { instantOrNull } from './alert-rows.ts'
import { rfc3339 } from './context.ts'
import type { deliveryRow, subscriptionRow } from './subscription-schema.ts'

/** A subscription without its secrets. `deliveries`: its own, the newest first. */
export function subscriptionRowOf(
  subscription: Subscription,
  deliveries: readonly Delivery[],
): z.infer<typeof subscriptionRow> {
  const { token: _, of, channel, createdAt, ...plain } = subscription
  const last = deliveries.find(({ attempts }) => attempts > 0)
  return {
    ...plain,
    of: {
      ...(of.sites !== undefined && { sites: [...of.sites] }),
      ...(of.utilities !== undefined && { utilities: [...of.utilities] }),
      ...(of.rules !== undefined && { rules: [...of.rules] }),
      ...(of.severity !== undefined && { severity: of.severity }),
    },
    channel: shownChannel(channel),
    createdAt: rfc3339(createdAt),
    waiting: deliveries.filter(({ state }) => state === 'gathering' || state === 'trying').length,
    last: last === undefined ? null : { id: last.id, state: last.state, ...triedOf(last) },
  }
}

export function deliveryRowOf(delivery: Delivery): z.infer<typeof deliveryRow> {
  const { id, subscription, kind, notices, more, createdAt, state, dueAt } = delivery
  return {
    id,
    subscription,
    kind,
    notices: notices.map(({ alert, at, ...notice }) => ({
      ...notice,
      at: rfc3339(at),
      alert: alert.id,
      severity: alert.severity,
      summary: alert.summary,
    })),
    more,
    createdAt: rfc3339(createdAt),
    state,
    dueAt: rfc3339(dueAt),
    ...triedOf(delivery),
  }
}

function triedOf({ attempts, lastTriedAt, lastError, deliveredAt }: Delivery) {
  return {
    attempts,
    lastTriedAt: instantOrNull(lastTriedAt),
    lastError,
    deliveredAt: instantOrNull(deliveredAt),
  }
}
