import { type Alert, type Notice, severities } from '../core/alert.ts'
import type { Subscription } from '../core/subscription.ts'
import type { Pages } from './book.ts'
import { collapse } from './collapse.ts'
import type { Delivery } from './delivery.ts'
import { dueOf, type Pace, toldAt, usualPace } from './pace.ts'

/** Of so many notices of a message the course is kept, for the chart; of the others it would only be weight. */
const COURSES = 12
/** Where nothing can go out for months, so many are held; older ones are counted. */
const HELD = 5000

/**
 * Puts notices into the message that gathers for each active subscription that wants them. Pure: the same book
 * and notices give the same; a notice that gathers or is under way already is not taken twice.
 */
export function gather(pages: Pages, notices: readonly Notice[], now: number, pace: Pace = usualPace): Pages {
  if (notices.length === 0) return pages
  const before = pages.deliveries
  const deliveries = pages.subscriptions
    .filter((subscription) => subscription.state === 'active')
    .reduce((all, subscription) => gatherFor(all, subscription, notices, now, pace), before)
  return deliveries === before ? pages : { ...pages, deliveries }
}

/** Whether a subscription is to hear of an alert. One that names sites or utilities hears of nothing that has none. */
export function wants({ of }: Pick<Subscription, 'of'>, alert: Alert): boolean {
  const among = (list: readonly string[] | undefined, value: string | null) =>
    list === undefined || (value !== null && list.includes(value))
  return (
    among(of.sites, alert.site) &&
    among(of.utilities, alert.utility) &&
    among(of.rules, alert.rule) &&
    severities.indexOf(alert.severity) >= severities.indexOf(of.severity ?? 'info')
  )
}

/** A message that gathers these notices, with when it is due and as what; null where nothing is left to tell. */
export function gathering(
  base: Pick<Delivery, 'id' | 'createdAt' | 'lastError' | 'more'>,
  subscription: Subscription,
  notices: readonly Notice[],
  told: readonly number[],
  pace: Pace,
): Delivery | null {
  if (notices.length === 0) return null
  const urgentAt = notices.find(isUrgent)?.at
  const dues = [dueOf(subscription, base.createdAt, false, told, pace)]
  if (urgentAt !== undefined)
    dues.push(dueOf(subscription, Math.max(base.createdAt, urgentAt), true, told, pace))
  const due = dues.reduce((first, other) => (other.at < first.at ? other : first))
  return {
    ...base,
    subscription: subscription.id,
    kind: due.beyondCap ? 'summary' : 'notices',
    notices,
    state: 'gathering',
    dueAt: due.at,
    attempts: 0,
    lastTriedAt: null,
    deliveredAt: null,
  }
}

/** For what is critical no quiet hours hold. */
export function isUrgent({ alert }: Notice): boolean {
  return alert.severity === 'critical'
}

/** An id that no message has: of a subscription there is one that gathers, and seldom another in the same instant. */
export function freshId(deliveries: readonly Delivery[], subscription: string, now: number): string {
  const taken = new Set(deliveries.map(({ id }) => id))
  let at = now
  while (taken.has(`${subscription}-${at.toString(36)}`)) at += 1
  return `${subscription}-${at.toString(36)}`
}

function gatherFor(
  deliveries: readonly Delivery[],
  subscription: Subscription,
  notices: readonly Notice[],
  now: number,
  pace: Pace,
): readonly Delivery[] {
  const own = deliveries.filter((one) => one.subscription === subscription.id)
  const underWay = new Set(
    own.filter((one) => one.state === 'trying').flatMap((one) => one.notices.map(({ id }) => id)),
  )
  const wanted = notices.filter((one) => wants(subscription, one.alert) && !underWay.has(one.id))
  if (wanted.length === 0) return deliveries
  const open = own.find((one) => one.state === 'gathering')
  // A retained document may have shown meanwhile what came and went.
  const tellsPassed = subscription.when !== 'immediate' || subscription.channel.kind === 'mqtt'
  const pending = pendingOf([...(open?.notices ?? []), ...wanted], tellsPassed)
  const fresh = () => ({
    id: freshId(deliveries, subscription.id, now),
    createdAt: now,
    lastError: null,
    more: 0,
  })
  const { id, createdAt, lastError, more } = open ?? fresh()
  const beyond = Math.max(0, pending.length - HELD)
  const next = gathering(
    { id, createdAt, lastError, more: more + beyond },
    subscription,
    lightened(pending.slice(beyond)),
    toldAt(own, subscription.id),
    pace,
  )
  return [...deliveries.filter((one) => one !== open), ...(next === null ? [] : [next])]
}

function pendingOf(notices: readonly Notice[], tellsPassed: boolean): Notice[] {
  const byAlert = new Map<string, readonly Notice[]>()
  for (const notice of notices) {
    const { id } = notice.alert
    byAlert.set(id, collapse(byAlert.get(id) ?? [], notice, { tellsPassed }))
  }
  return [...byAlert.values()].flat()
}

function lightened(notices: readonly Notice[]): Notice[] {
  return notices.map((notice, i) => {
    if (i < COURSES || notice.alert.course === undefined) return notice
    const { course: _, ...alert } = notice.alert
    return { ...notice, alert }
  })
}
