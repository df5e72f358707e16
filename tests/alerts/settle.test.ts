import { describe, expect, it } from 'vitest'
import type { Pages } from '../../alerts/book.ts'
import { freezeDue, toBeTried } from '../../alerts/freeze.ts'
import { gather } from '../../alerts/gather.ts'
import type { Outcome } from '../../alerts/outcome.ts'
import { prune } from '../../alerts/prune.ts'
import { retryAfterMs } from '../../alerts/retry-after.ts'
import { settle } from '../../alerts/settle.ts'
import { HOUR, MINUTE, messagesTo, NOON, noticeOf, pagesOf, subscriptionOf } from './support.ts'

const DAY = 24 * HOUR

const frozen = (): Pages => {
  const pages = gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON)
  return freezeDue(pages, NOON + MINUTE, () => null)
}

/** Tries it whenever it is due, until it has ended; when it was tried, milliseconds from the first. */
function tries(outcome: Outcome, chance = 0.5) {
  let pages = frozen()
  const at: number[] = []
  for (let one = messagesTo(pages, 's1')[0]; one?.state === 'trying' && at.length < 1000; ) {
    at.push(one.dueAt - (NOON + MINUTE))
    pages = settle(pages, one.id, outcome, one.dueAt, chance)
    one = messagesTo(pages, 's1')[0]
  }
  return { at, pages, message: messagesTo(pages, 's1')[0] }
}

describe('a message that does not get through', () => {
  it('is tried for three days, more and more seldom, and is listed with its reason then', () => {
    const { at, message } = tries({ kind: 'later', reason: 'HTTP 503' })
    expect(at.slice(0, 5)).toEqual([0, 10_000, 30_000, 70_000, 150_000])
    expect(at.at(-1)).toBeGreaterThan(3 * DAY - 2 * HOUR)
    expect(at.at(-1)).toBeLessThanOrEqual(3 * DAY)
    expect(at.length).toBeLessThan(100)
    expect(message).toMatchObject({ state: 'failed', lastError: 'HTTP 503', deliveredAt: null })
    expect(message?.notices.length).toBe(1)
  })

  it.each([0, 0.999])('spreads its attempts: %d', (chance) => {
    const { at } = tries({ kind: 'later', reason: 'HTTP 503' }, chance)
    expect(at[1]).toBeCloseTo(10_000 * (0.5 + chance))
  })

  it('is not tried sooner than the receiver asks', () => {
    const { at } = tries({ kind: 'later', reason: 'HTTP 429', afterMs: 20 * MINUTE })
    expect(at.slice(0, 3)).toEqual([0, 20 * MINUTE, 40 * MINUTE])
  })

  it('is tried again within a day, whatever the receiver asks', () => {
    const { at } = tries({ kind: 'later', reason: 'HTTP 429', afterMs: 90 * DAY })
    expect(at[1]).toBe(DAY)
  })

  it('is tried for days where somebody has to let us in', () => {
    const { at } = tries({ kind: 'barred', reason: 'HTTP 401' })
    expect(at.slice(0, 3)).toEqual([0, 10_000, 70_000])
    expect(at.at(-1)).toBeGreaterThan(2 * DAY)
  })

  it('has failed at the third refusal of what it says', () => {
    const { at, message } = tries({ kind: 'refused', reason: 'HTTP 400: no such field' })
    expect(at.length).toBe(3)
    expect(message).toMatchObject({ state: 'failed', lastError: 'HTTP 400: no such field' })
  })

  it('disables the subscription where the receiver is gone for good', () => {
    const { at, pages, message } = tries({ kind: 'gone', reason: 'HTTP 410' })
    expect(at.length).toBe(1)
    expect(pages.subscriptions[0]).toMatchObject({ state: 'disabled', reason: 'HTTP 410' })
    expect(message?.state).toBe('failed')
  })

  it('waits for the end of quiet hours with its next attempt', () => {
    const subscriptions = [subscriptionOf({ quiet: { from: '12:00', to: '14:00' } })]
    const pages = { ...frozen(), subscriptions }
    expect(toBeTried(pages, NOON + HOUR)).toEqual([])
    expect(toBeTried(pages, NOON + 2 * HOUR).length).toBe(1)
  })
})

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Wed, 04 Mar 2026 04:01:30 GMT', 90_000],
    ['Wednesday, 04-Mar-26 04:01:30 GMT', 90_000],
    ['Wed, 04 Mar 2026 03:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['2026', 2_026_000],
    [null, undefined],
  ])('%j is %s ms', (value, ms) => {
    expect(retryAfterMs(value, NOON)).toBe(ms)
  })
})

describe('what was delivered', () => {
  const delivered = (count: number, at: number) => {
    const { message, pages } = tries({ kind: 'delivered' })
    const deliveries = Array.from({ length: count }, (_, i) => ({
      ...(message as NonNullable<typeof message>),
      id: `d${i}`,
      deliveredAt: at + i,
    }))
    return { ...pages, deliveries }
  }

  it('is forgotten after thirty days', () => {
    const pages = delivered(3, NOON)
    expect(prune(pages, NOON + 29 * DAY)).toBe(pages)
    expect(prune(pages, NOON + 30 * DAY + 1).deliveries.map(({ id }) => id)).toEqual(['d1', 'd2'])
  })

  it('is forgotten sooner where there are more than 2,000, the oldest first', () => {
    const { deliveries } = prune(delivered(2003, NOON), NOON + DAY)
    expect(deliveries.length).toBe(2000)
    expect(deliveries.some(({ id }) => ['d0', 'd1', 'd2'].includes(id))).toBe(false)
  })

  it('keeps five of its notices to look at, without their courses', () => {
    const course = { unit: 'kW', from: NOON, stepMs: HOUR, values: [1, 2, 3] }
    const notices = Array.from({ length: 30 }, (_, i) => noticeOf('firing', { id: `a${i}`, course }))
    let pages = freezeDue(gather(pagesOf([subscriptionOf()]), notices, NOON), NOON + MINUTE, () => null)
    expect(messagesTo(pages, 's1')[0]?.notices.length).toBe(30)
    pages = settle(pages, messagesTo(pages, 's1')[0]?.id as string, { kind: 'delivered' }, NOON, 0)
    const [message] = messagesTo(pages, 's1')
    expect([message?.notices.length, message?.more]).toEqual([5, 25])
    expect(JSON.stringify(message)).not.toContain('"course"')
  })
})
