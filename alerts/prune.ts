import { DAY_MS } from '../core/calendar.ts'
import type { Pages } from './book.ts'
import type { Delivery } from './delivery.ts'

/** What was delivered can be looked at for so long, and what was not. */
const KEPT_MS = { delivered: 30 * DAY_MS, failed: 365 * DAY_MS } as const
const KEPT = 2000

/** Forgets messages that ended long ago. What is not delivered yet is never forgotten. */
export function prune(pages: Pages, now: number): Pages {
  const gone = new Set([...old(pages, 'delivered', now), ...old(pages, 'failed', now)])
  if (gone.size === 0) return pages
  return { ...pages, deliveries: pages.deliveries.filter((one) => !gone.has(one)) }
}

function old(pages: Pages, state: 'delivered' | 'failed', now: number): Delivery[] {
  const ended = pages.deliveries.filter((one) => one.state === state)
  const at = (one: Delivery) => one.deliveredAt ?? one.lastTriedAt ?? one.createdAt
  const newest = ended.sort((a, b) => at(b) - at(a))
  return newest.filter((one, i) => i >= KEPT || at(one) < now - KEPT_MS[state])
}
