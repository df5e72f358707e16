import type { Subscription } from '../core/subscription.ts'
import type { Pages } from './book.ts'
import type { Delivery } from './delivery.ts'
import { freshId, gathering, isUrgent } from './gather.ts'
import { type Pace, quietAt, toldAt, usualPace } from './pace.ts'
import { shortened } from './shortened.ts'

/** Why nothing can go out on a subscription's channel for now; null where it can. */
export type Lack = (subscription: Subscription) => string | null

/**
 * Closes the messages that are due, so that they can be tried. Of a subscription one is under way at a time: what
 * happens while a receiver is away gathers into the next, instead of a queue that falls upon it when it is back.
 * What lacks a way out stays as it is and says so.
 */
export function freezeDue(pages: Pages, now: number, lack: Lack, pace: Pace = usualPace): Pages {
  const subscriptions = new Map(pages.subscriptions.map((one) => [one.id, one]))
  const due = pages.deliveries.filter((one) => one.state === 'gathering' && one.dueAt <= now)
  let deliveries = pages.deliveries
  for (const one of due) {
    const next = closed(deliveries, one, subscriptions.get(one.subscription), now, lack, pace)
    if (next.length === 1 && next[0] === one) continue
    deliveries = deliveries.flatMap((other) => (other === one ? next : [other]))
  }
  return deliveries === pages.deliveries ? pages : { ...pages, deliveries }
}

/** The messages that are to be tried now, those that wait longest first. Quiet hours hold for what is late as well. */
export function toBeTried(pages: Pages, now: number): Delivery[] {
  const subscriptions = new Map(pages.subscriptions.map((one) => [one.id, one]))
  const due = pages.deliveries.filter((one) => {
    if (one.state !== 'trying' || one.dueAt > now) return false
    return mayGo(one, subscriptions.get(one.subscription), now)
  })
  return due.sort((a, b) => a.dueAt - b.dueAt)
}

/** Whether the quiet hours let a message go. */
function mayGo(one: Delivery, subscription: Subscription | undefined, now: number): boolean {
  const anyTime = subscription === undefined || one.kind === 'test' || one.notices.some(isUrgent)
  return anyTime || quietAt(subscription, now) === null
}

/** What becomes of one that is due. */
function closed(
  deliveries: readonly Delivery[],
  delivery: Delivery,
  subscription: Subscription | undefined,
  now: number,
  lack: Lack,
  pace: Pace,
): readonly Delivery[] {
  if (subscription?.state !== 'active') {
    const why =
      subscription === undefined ? 'the subscription is gone' : `the subscription is ${subscription.state}`
    return [shortened({ ...delivery, state: 'failed', lastError: why })]
  }
  const reason = lack(subscription)
  if (reason !== null)
    return reason === delivery.lastError ? [delivery] : [{ ...delivery, lastError: reason }]
  const own = deliveries.filter((one) => one.subscription === subscription.id)
  if (own.some((one) => one.state === 'trying' && one.kind !== 'test')) return [delivery]
  const told = toldAt(own, subscription.id)
  const again = gathering(delivery, subscription, delivery.notices, told, pace)
  if (again === null) return []
  if (again.dueAt > now) return [again]
  const quiet = quietAt(subscription, now) !== null
  const going = quiet ? delivery.notices.filter(isUrgent) : delivery.notices
  const frozen: Delivery = {
    ...delivery,
    kind: again.kind,
    notices: going,
    state: 'trying',
    frozenAt: now,
    dueAt: now,
    lastError: null,
  }
  const left = delivery.notices.filter((one) => !going.includes(one))
  const { createdAt } = delivery
  const base = { id: freshId(deliveries, subscription.id, now), createdAt, lastError: null, more: 0 }
  const rest = gathering(base, subscription, left, [...told, now], pace)
  return rest === null ? [frozen] : [frozen, rest]
}
