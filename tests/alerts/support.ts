import type { Pages } from '../../alerts/book.ts'
import type { Delivery } from '../../alerts/delivery.ts'
import type { Names } from '../../alerts/letter.ts'
import type { Alert, Notice } from '../../core/alert.ts'
import type { Subscription } from '../../core/subscription.ts'

/** A Wednesday at noon in Shanghai. */
export const NOON = Date.parse('2026-03-04T12:00:00+08:00')
export const MINUTE = 60_000
export const HOUR = 3_600_000

export const alertOf = (over: Partial<Alert> = {}): Alert => ({
  id: 'a1',
  rule: 'night-flow',
  subject: 'meter:park-w',
  site: 'science-park',
  utility: 'water',
  kind: 'night-flow',
  severity: 'warning',
  status: 'firing',
  since: NOON - 2 * HOUR,
  firedAt: NOON,
  resolvedAt: null,
  acknowledged: null,
  flapping: false,
  summary: { en: 'Water runs at night: 1.8 m³/h', zh: '夜间持续用水:1.8 m³/h' },
  advice: { en: 'Look for a leak', zh: '检查是否漏水' },
  value: 1.8,
  limit: 0.4,
  unit: 'm3/h',
  cost: { m3: 3.6 },
  ...over,
})

export const names: Names = {
  site: (id, lang) => (id === 'science-park' ? { en: 'Science Park', zh: '科学园' }[lang] : id),
  rule: (id) => id,
}

let counted = 0

/** A notice of an alert; each has another id. */
export const noticeOf = (kind: Notice['kind'], alert: Partial<Alert> = {}, at = NOON): Notice => {
  counted += 1
  const ended = kind === 'resolved'
  const one = alertOf({ ...(ended && { status: 'resolved', resolvedAt: at }), ...alert })
  return { id: `${one.id}/${kind}/${counted}`, kind, at, alert: one }
}

export const subscriptionOf = (over: Partial<Subscription> = {}): Subscription => ({
  id: 's1',
  name: 'Duty',
  of: {},
  channel: { kind: 'webhook', url: 'http://127.0.0.1:9/' },
  lang: 'en',
  when: 'immediate',
  zone: 'Asia/Shanghai',
  capPerHour: 12,
  state: 'active',
  createdAt: 0,
  token: 'token-of-s1',
  ...over,
})

export const pagesOf = (subscriptions: readonly Subscription[], over: Partial<Pages> = {}): Pages => ({
  version: 1,
  alerts: [],
  memory: {},
  pauses: [],
  subscriptions,
  deliveries: [],
  ...over,
})

export const messagesTo = (pages: Pages, subscription: string): Delivery[] =>
  pages.deliveries.filter((one) => one.subscription === subscription)
