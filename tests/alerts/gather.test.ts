import { describe, expect, it } from 'vitest'
import type { Pages } from '../../alerts/book.ts'
import { freezeDue } from '../../alerts/freeze.ts'
import { gather } from '../../alerts/gather.ts'
import { settle } from '../../alerts/settle.ts'
import type { Subscription } from '../../core/subscription.ts'
import { HOUR, MINUTE, messagesTo, NOON, noticeOf, pagesOf, subscriptionOf } from './support.ts'

const nothingLacks = () => null

/** The message that gathers. */
const open = (pages: Pages, subscription = 's1') =>
  messagesTo(pages, subscription).find(({ state }) => state === 'gathering')

/** Freezes what is due and delivers it at once. */
function deliver(pages: Pages, now: number): Pages {
  const frozen = freezeDue(pages, now, nothingLacks)
  return frozen.deliveries
    .filter(({ state }) => state === 'trying')
    .reduce((all, { id }) => settle(all, id, { kind: 'delivered' }, now, 0.5), frozen)
}

const local = (text: string, zone = '+08:00') => Date.parse(`${text}:00${zone}`)

describe('who hears of an alert', () => {
  it.each<[string, Subscription['of'], boolean]>([
    ['everybody who limits nothing', {}, true],
    ['those of its site', { sites: ['science-park'] }, true],
    ['not those of another', { sites: ['tower'] }, false],
    ['not those of another utility', { utilities: ['electricity'] }, false],
    ['those of its rule', { rules: ['night-flow', 'meter-silent'] }, true],
    ['those who want warnings', { severity: 'warning' }, true],
    ['not those who want what is critical only', { severity: 'critical' }, false],
  ])('%s', (_, of, heard) => {
    const pages = gather(pagesOf([subscriptionOf({ of })]), [noticeOf('firing')], NOON)
    expect(messagesTo(pages, 's1').length).toBe(heard ? 1 : 0)
  })

  it('not those of a site, of what concerns no site', () => {
    const pages = pagesOf([subscriptionOf({ of: { sites: ['science-park'] } })])
    expect(gather(pages, [noticeOf('firing', { site: null })], NOON)).toBe(pages)
  })

  it.each(['disabled', 'unsubscribed'] as const)('not who is %s', (state) => {
    const pages = pagesOf([subscriptionOf({ state })])
    expect(gather(pages, [noticeOf('firing')], NOON)).toBe(pages)
  })
})

it('the same notice again changes nothing, whether it gathers or is under way', () => {
  const notice = noticeOf('firing')
  const pages = gather(pagesOf([subscriptionOf()]), [notice], NOON)
  expect(open(gather(pages, [notice], NOON + 1000))?.notices).toEqual([notice])
  const frozen = freezeDue(pages, NOON + MINUTE, nothingLacks)
  expect(gather(frozen, [notice], NOON + MINUTE)).toBe(frozen)
})

describe('when a message is due', () => {
  it('waits half a minute for what belongs to it', () => {
    let pages = gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON)
    expect(open(pages)?.dueAt).toBe(NOON + 30_000)
    pages = gather(pages, [noticeOf('firing', { id: 'a2' })], NOON + 20_000)
    expect(open(pages)?.dueAt).toBe(NOON + 30_000)
    expect(open(pages)?.notices.length).toBe(2)
  })

  it('comes no sooner than five minutes after the last', () => {
    let pages = gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON)
    pages = deliver(pages, NOON + MINUTE)
    pages = gather(pages, [noticeOf('firing', { id: 'a2' })], NOON + 2 * MINUTE)
    expect(open(pages)?.dueAt).toBe(NOON + 6 * MINUTE)
  })

  it('waits while the one before is still being tried', () => {
    let pages = gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON)
    pages = freezeDue(pages, NOON + MINUTE, nothingLacks)
    const [first] = messagesTo(pages, 's1')
    pages = gather(pages, [noticeOf('firing', { id: 'a2' })], NOON + 2 * MINUTE)
    pages = freezeDue(pages, NOON + 3 * HOUR, nothingLacks)
    expect(messagesTo(pages, 's1').map(({ state }) => state)).toEqual(['trying', 'gathering'])
    pages = settle(pages, first?.id as string, { kind: 'delivered' }, NOON + 3 * HOUR, 0.5)
    pages = freezeDue(pages, NOON + 3 * HOUR + MINUTE, nothingLacks)
    expect(open(pages)?.dueAt).toBe(NOON + 3 * HOUR + 5 * MINUTE)
  })

  it.each([
    ['2026-03-04T12:00', '2026-03-04T13:00'],
    ['2026-03-04T12:59', '2026-03-04T13:00'],
  ])('an hourly digest of %s at %s', (at, due) => {
    const pages = gather(pagesOf([subscriptionOf({ when: 'hourly' })]), [noticeOf('firing')], local(at))
    expect(open(pages)?.dueAt).toBe(local(due))
  })

  it('an hourly digest where the clocks differ by half an hour: at their full hours', () => {
    const subscription = subscriptionOf({ when: 'hourly', zone: 'Asia/Kolkata' })
    const pages = gather(pagesOf([subscription]), [noticeOf('firing')], local('2026-03-04T12:10', '+05:30'))
    expect(open(pages)?.dueAt).toBe(local('2026-03-04T13:00', '+05:30'))
  })

  it.each([
    ['2026-03-04T07:29', '2026-03-04T07:30'],
    ['2026-03-04T07:30', '2026-03-05T07:30'],
    ['2026-03-04T23:00', '2026-03-05T07:30'],
  ])('a daily digest of %s at %s', (at, due) => {
    const subscription = subscriptionOf({ when: 'daily', at: '07:30' })
    const pages = gather(pagesOf([subscription]), [noticeOf('firing')], local(at))
    expect(open(pages)?.dueAt).toBe(local(due))
  })

  it.each([
    // The clocks skip from 02:00 to 03:00, and on the other day show 02:00 to 03:00 twice.
    ['2026-03-29T00:10', '+01:00', '2026-03-29T03:30', '+02:00'],
    ['2026-10-25T00:10', '+02:00', '2026-10-25T02:30', '+02:00'],
    ['2026-10-25T02:40', '+02:00', '2026-10-26T02:30', '+01:00'],
  ])('a daily digest at 02:30 where the clocks are changed: of %s%s at %s%s', (at, zone, due, dueZone) => {
    const subscription = subscriptionOf({ when: 'daily', at: '02:30', zone: 'Europe/Berlin' })
    const pages = gather(pagesOf([subscription]), [noticeOf('firing')], local(at, zone))
    expect(open(pages)?.dueAt).toBe(local(due, dueZone))
  })
})

describe('quiet hours', () => {
  const quiet = { from: '22:00', to: '07:00' }
  const night = local('2026-03-04T23:00')
  const morning = local('2026-03-05T07:00')

  it('hold what is not critical until their end', () => {
    const pages = gather(pagesOf([subscriptionOf({ quiet })]), [noticeOf('firing', {}, night)], night)
    expect(open(pages)?.dueAt).toBe(morning)
  })

  it('do not hold what is critical, and it takes nothing else along', () => {
    let pages = gather(pagesOf([subscriptionOf({ quiet })]), [noticeOf('firing', {}, night)], night)
    const later = night + HOUR
    pages = gather(pages, [noticeOf('firing', { id: 'a2', severity: 'critical' }, later)], later)
    expect(open(pages)?.dueAt).toBe(later + 30_000)
    pages = freezeDue(pages, later + 30_000, nothingLacks)
    const [frozen, held] = messagesTo(pages, 's1')
    expect(frozen?.notices.map(({ alert }) => alert.id)).toEqual(['a2'])
    expect(held).toMatchObject({ state: 'gathering', dueAt: morning })
    expect(held?.notices.map(({ alert }) => alert.id)).toEqual(['a1'])
    expect(held?.id).not.toBe(frozen?.id)
  })

  it('hold a daily digest that falls into them', () => {
    const subscription = subscriptionOf({ quiet, when: 'daily', at: '06:00' })
    const pages = gather(pagesOf([subscription]), [noticeOf('firing')], NOON)
    expect(open(pages)?.dueAt).toBe(morning)
  })

  it('end by the clocks in the night when these are changed', () => {
    const at = local('2026-03-28T23:00', '+01:00')
    const subscription = subscriptionOf({ quiet, zone: 'Europe/Berlin' })
    const pages = gather(pagesOf([subscription]), [noticeOf('firing', {}, at)], at)
    expect(open(pages)?.dueAt).toBe(local('2026-03-29T07:00', '+02:00'))
  })
})

describe('a cap per hour', () => {
  it('ends in one summary when the hour has room again', () => {
    let pages = pagesOf([subscriptionOf({ capPerHour: 2 })])
    for (const minute of [0, 10]) {
      pages = gather(pages, [noticeOf('firing', { id: `early-${minute}` })], NOON + minute * MINUTE)
      pages = deliver(pages, NOON + (minute + 1) * MINUTE)
    }
    for (const minute of [20, 30, 40])
      pages = gather(pages, [noticeOf('firing', { id: `late-${minute}` })], NOON + minute * MINUTE)
    expect(open(pages)).toMatchObject({ kind: 'summary', dueAt: NOON + 61 * MINUTE })
    pages = deliver(pages, NOON + 61 * MINUTE)
    const sent = messagesTo(pages, 's1')
    expect(sent.map(({ kind }) => kind)).toEqual(['notices', 'notices', 'summary'])
    expect(sent[2]?.notices.length).toBe(3)
  })

  it('never makes a summary of an hourly digest', () => {
    let pages = pagesOf([subscriptionOf({ capPerHour: 1, when: 'hourly' })])
    pages = deliver(gather(pages, [noticeOf('firing')], NOON), NOON + HOUR + 2000)
    pages = gather(pages, [noticeOf('firing', { id: 'a2' })], NOON + HOUR + MINUTE)
    expect(open(pages)).toMatchObject({ kind: 'notices', dueAt: NOON + 2 * HOUR })
  })
})

describe('what comes and goes before it is told', () => {
  it('is not told at once', () => {
    let pages = gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON)
    pages = gather(pages, [noticeOf('resolved')], NOON + 10_000)
    expect(pages.deliveries).toEqual([])
  })

  it('ends in a retained document, which may have shown it meanwhile', () => {
    let pages = gather(pagesOf([subscriptionOf({ channel: { kind: 'mqtt' } })]), [noticeOf('firing')], NOON)
    pages = gather(pages, [noticeOf('resolved', {}, NOON + 1000)], NOON + 1000)
    expect(open(pages)?.notices.map(({ kind }) => kind)).toEqual(['resolved'])
  })

  it('is one line of a digest', () => {
    let pages = gather(pagesOf([subscriptionOf({ when: 'daily' })]), [noticeOf('firing')], NOON)
    pages = gather(pages, [noticeOf('resolved')], NOON + HOUR)
    expect(open(pages)?.notices.map(({ kind }) => kind)).toEqual(['resolved'])
  })

  it('leaves the end of what was told', () => {
    let pages = deliver(gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON), NOON + MINUTE)
    for (const kind of ['resolved', 'firing', 'resolved'] as const)
      pages = gather(pages, [noticeOf(kind)], NOON + 2 * MINUTE)
    expect(open(pages)?.notices.map(({ kind }) => kind)).toEqual(['resolved'])
  })

  it('a reminder of what is not told yet says nothing new', () => {
    let pages = gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON)
    pages = gather(pages, [noticeOf('reminder')], NOON + 10_000)
    expect(open(pages)?.notices.map(({ kind }) => kind)).toEqual(['firing'])
  })
})

it('mail without a way out waits, gathers on, and says why', () => {
  const reason = 'SMTP_URL is not set'
  let pages = gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON)
  pages = freezeDue(pages, NOON + HOUR, () => reason)
  expect(open(pages)).toMatchObject({ state: 'gathering', attempts: 0, lastError: reason })
  pages = gather(pages, [noticeOf('firing', { id: 'a2' })], NOON + 2 * HOUR)
  pages = freezeDue(pages, NOON + 2 * HOUR, nothingLacks)
  const [sent] = messagesTo(pages, 's1')
  expect(sent).toMatchObject({ state: 'trying', lastError: null })
  expect(sent?.notices.length).toBe(2)
})

it('of what was gathering for one that has unsubscribed only a few notices are kept', () => {
  const many = Array.from({ length: 100 }, (_, i) => noticeOf('firing', { id: `m${i}` }))
  let pages = gather(pagesOf([subscriptionOf()]), many, NOON)
  pages = { ...pages, subscriptions: [subscriptionOf({ state: 'unsubscribed' })] }
  const [message] = messagesTo(freezeDue(pages, NOON + MINUTE, nothingLacks), 's1')
  expect([message?.state, message?.notices.length, message?.more]).toEqual(['failed', 5, 95])
})

it('what was gathering for one that is disabled is listed as failed', () => {
  let pages = gather(pagesOf([subscriptionOf()]), [noticeOf('firing')], NOON)
  pages = { ...pages, subscriptions: [subscriptionOf({ state: 'disabled' })] }
  pages = freezeDue(pages, NOON + HOUR, nothingLacks)
  expect(messagesTo(pages, 's1')).toMatchObject([
    { state: 'failed', lastError: 'the subscription is disabled' },
  ])
})

it('where nothing can go out for long, the newest 5,000 are held, and the others counted', () => {
  let pages = pagesOf([subscriptionOf()])
  for (const round of [0, 1, 2]) {
    const notices = Array.from({ length: 2000 }, (_, i) => noticeOf('firing', { id: `a${round}-${i}` }))
    pages = gather(pages, notices, NOON + round * HOUR)
  }
  const [held] = messagesTo(pages, 's1')
  expect([held?.notices.length, held?.more]).toEqual([5000, 1000])
  expect(held?.notices.at(-1)?.alert.id).toBe('a2-1999')
})
