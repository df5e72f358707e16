import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../alerts/delivery.ts'
import { freezeDue, toBeTried } from '../../alerts/freeze.ts'
import { gather } from '../../alerts/gather.ts'
import { quietAt } from '../../alerts/pace.ts'
import { settle } from '../../alerts/settle.ts'
import type { Notice } from '../../core/alert.ts'
import type { Subscription } from '../../core/subscription.ts'
import { shrinkLimit } from '../support/shrink-limit.ts'
import { HOUR, MINUTE, NOON, noticeOf, pagesOf, subscriptionOf } from './support.ts'

const ALERTS = 6

/** Alerts that begin, are reminded of, and end, in minutes since noon; each in the order that it can have. */
const courses = fc
  .array(
    fc.record({
      critical: fc.boolean(),
      changes: fc.uniqueArray(fc.integer({ min: 0, max: 14 * 60 }), { minLength: 1, maxLength: 6 }),
    }),
    { minLength: 1, maxLength: ALERTS },
  )
  .map((alerts) =>
    alerts
      .flatMap(({ critical, changes }, i) =>
        changes
          .sort((a, b) => a - b)
          .map((minute, k) => {
            const kind = (['firing', 'reminder', 'resolved'] as const)[k % 3] as Notice['kind']
            const severity = critical ? ('critical' as const) : ('warning' as const)
            return { minute, notice: noticeOf(kind, { id: `a${i}`, severity }, NOON + minute * MINUTE) }
          }),
      )
      .sort((a, b) => a.minute - b.minute),
  )

const wishes = fc.record({
  when: fc.constantFrom('immediate', 'hourly', 'daily'),
  capPerHour: fc.integer({ min: 1, max: 12 }),
  quiet: fc.option(fc.constant({ from: '21:00', to: '06:30' }), { nil: undefined }),
  /** The receiver is away, minutes since noon. */
  away: fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 240 })),
})

interface Sent {
  readonly at: number
  readonly delivery: Delivery
}

/** Two days, minute by minute: what arrives, and when. */
function twoDays(
  subscription: Subscription,
  course: { minute: number; notice: Notice }[],
  away: [number, number],
) {
  let pages = pagesOf([subscription])
  const arrived: Sent[] = []
  let next = 0
  for (let minute = 0; minute <= 48 * 60; minute++) {
    const now = NOON + minute * MINUTE
    const first = next
    while (course[next]?.minute === minute) next += 1
    pages = gather(
      pages,
      course.slice(first, next).map(({ notice }) => notice),
      now,
    )
    pages = freezeDue(pages, now, () => null)
    for (const delivery of toBeTried(pages, now)) {
      const isAway = minute >= away[0] && minute < away[0] + away[1]
      const outcome = isAway ? { kind: 'later' as const, reason: 'away' } : { kind: 'delivered' as const }
      if (!isAway) arrived.push({ at: now, delivery })
      pages = settle(pages, delivery.id, outcome, now, 0.5)
    }
  }
  return { pages, arrived }
}

const run = (
  property: (seen: ReturnType<typeof twoDays> & { subscription: Subscription; course: Notice[] }) => void,
) =>
  fc.assert(
    fc.property(courses, wishes, (course, { quiet, away, ...wish }) => {
      const subscription = subscriptionOf({ ...wish, ...(quiet && { quiet }) } as Partial<Subscription>)
      property({
        ...twoDays(subscription, course, away),
        subscription,
        course: course.map((one) => one.notice),
      })
    }),
    { numRuns: 40, ...shrinkLimit },
  )

describe('whatever happens, and however long the receiver is away', () => {
  it('nobody is told anything twice, and what was told is what happened last', () => {
    run(({ arrived, pages, course, subscription }) => {
      const told = arrived.flatMap(({ delivery }) => delivery.notices)
      expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
      expect(new Set(arrived.map(({ delivery }) => delivery.id)).size).toBe(arrived.length)
      expect(pages.deliveries.every(({ state }) => state === 'delivered')).toBe(true)
      for (const id of new Set(course.map(({ alert }) => alert.id))) {
        const happened = course.filter(({ alert }) => alert.id === id)
        const heard = told.filter(({ alert }) => alert.id === id)
        const last = happened.at(-1) as Notice
        const stands = last.kind !== 'resolved'
        // What came and went unheard needs no word, unless in a digest.
        if (heard.length === 0) expect([stands, subscription.when]).toEqual([false, 'immediate'])
        else expect(heard.at(-1)?.kind !== 'resolved').toBe(stands)
      }
    })
  })

  it('messages keep their distance, and no hour has more than its cap', () => {
    run(({ arrived, subscription }) => {
      const times = arrived.map(({ at }) => at)
      const apart = times.slice(1).map((at, i) => at - (times[i] as number))
      if (subscription.when !== 'immediate') return
      expect(Math.min(Infinity, ...apart)).toBeGreaterThanOrEqual(5 * MINUTE)
      for (const at of times) {
        const within = times.filter((other) => other >= at && other < at + HOUR)
        expect(within.length).toBeLessThanOrEqual(subscription.capPerHour)
      }
    })
  })

  it('nothing comes in quiet hours without something critical, and what was made in them is nothing else', () => {
    run(({ arrived, subscription }) => {
      for (const { at, delivery } of arrived) {
        const critical = delivery.notices.filter(({ alert }) => alert.severity === 'critical').length
        if (quietAt(subscription, at) !== null) expect(critical).toBeGreaterThan(0)
        if (quietAt(subscription, delivery.frozenAt as number) !== null)
          expect(critical).toBe(delivery.notices.length)
      }
    })
  })
})
