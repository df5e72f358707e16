import { DAY_MS } from '../core/calendar.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Pages } from './book.ts'
import type { Delivery } from './delivery.ts'
import type { Outcome } from './outcome.ts'
import { shortened } from './shortened.ts'

/** What is not delivered by then has failed, counted from the first attempt. */
const GIVE_UP_MS = 3 * DAY_MS
const FIRST_RETRY_MS = 10_000
/** No longer between attempts, unless the receiver asks for it; also where only a person can help. */
const RETRY_MS = HOUR_MS
/** Whatever a receiver asks for, it is asked again within a day. */
const LONGEST_MS = DAY_MS
/** A message that is refused as it is gets no better by being repeated. */
const REFUSALS = 3

/** Writes down what came of an attempt. `chance` in [0, 1) spreads the retries of many. */
export function settle(pages: Pages, id: string, outcome: Outcome, now: number, chance: number): Pages {
  const delivery = pages.deliveries.find((one) => one.id === id)
  if (delivery?.state !== 'trying') return pages
  const settled = settledDelivery(delivery, outcome, now, chance)
  return {
    ...pages,
    deliveries: pages.deliveries.map((one) => (one.id === id ? settled : one)),
    ...(outcome.kind === 'gone' && {
      subscriptions: pages.subscriptions.map((one) =>
        one.id === delivery.subscription && one.state === 'active'
          ? { ...one, state: 'disabled' as const, reason: outcome.reason }
          : one,
      ),
    }),
  }
}

function settledDelivery(delivery: Delivery, outcome: Outcome, now: number, chance: number): Delivery {
  const tried = { ...delivery, attempts: delivery.attempts + 1, lastTriedAt: now }
  if (outcome.kind === 'delivered')
    return shortened({ ...tried, state: 'delivered', deliveredAt: now, lastError: null })
  const lastError = outcome.reason
  const dueAt = now + retryMs(tried.attempts, outcome, chance)
  const tooLate = dueAt > (delivery.frozenAt ?? delivery.createdAt) + GIVE_UP_MS
  const hopeless = outcome.kind === 'gone' || (outcome.kind === 'refused' && tried.attempts >= REFUSALS)
  // Of a test somebody waits for the answer.
  if (hopeless || tooLate || delivery.kind === 'test')
    return shortened({ ...tried, state: 'failed', lastError })
  return { ...tried, dueAt, lastError }
}

/** How long until the next attempt: doubled each time, spread by a half either way, and never sooner than asked. */
function retryMs(attempts: number, outcome: Outcome, chance: number): number {
  const spread = 0.5 + chance
  if (outcome.kind === 'barred') return Math.min(RETRY_MS, FIRST_RETRY_MS * 6 ** (attempts - 1)) * spread
  const usual = Math.min(RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1)) * spread
  const asked = outcome.kind === 'later' ? (outcome.afterMs ?? 0) : 0
  return Math.max(usual, Math.min(asked, LONGEST_MS))
}
