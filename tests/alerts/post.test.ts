import { mkdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { gather } from '../../alerts/gather.ts'
import { freePort } from '../support/free-port.ts'
import { badReceiver, office, receiver } from './post-support.ts'
import { HOUR, MINUTE, noticeOf, subscriptionOf } from './support.ts'

const hookTo = (url: string, id = 's1') => subscriptionOf({ id, channel: { kind: 'webhook', url } })
const idsOf = (requests: readonly { headers: Record<string, unknown> }[]) =>
  requests.map(({ headers }) => headers['webhook-id'])

describe('a message to a receiver', () => {
  it('arrives once, and its book says so', async () => {
    const { url, requests } = await receiver({ status: 200 })
    const { tell, messages, until } = await office([hookTo(url)])
    await tell([noticeOf('firing')])
    await until('delivered', () => messages()[0]?.state === 'delivered')
    expect(messages()[0]).toMatchObject({ attempts: 1, lastError: null })
    expect(idsOf(requests)).toEqual([messages()[0]?.id])
  })

  it.each([
    ['answers 500', { status: 500, body: 'out of order' }, 'HTTP 500: out of order'],
    ['answers 503', { status: 503 }, 'HTTP 503'],
    ['answers 429', { status: 429, body: 'slowly' }, 'HTTP 429: slowly'],
    ['answers 401', { status: 401 }, 'HTTP 401'],
    ['answers 404', { status: 404 }, 'HTTP 404'],
    ['answers 400', { status: 400, body: 'no' }, 'HTTP 400: no'],
    [
      'points elsewhere',
      { status: 302, headers: { location: 'http://169.254.1.1/' } },
      'HTTP 302 (redirects are not followed)',
    ],
  ])('that %s first is sent again, the same', async (_, answer, reason) => {
    const { url, requests } = await receiver(answer, { status: 204 })
    const { tell, messages, until, pass } = await office([hookTo(url)])
    await tell([noticeOf('firing')])
    await until('refused', () => messages()[0]?.attempts === 1)
    expect(messages()[0]).toMatchObject({ state: 'trying', lastError: reason })
    pass(10_000)
    await until('delivered', () => messages()[0]?.state === 'delivered')
    expect(new Set(idsOf(requests)).size).toBe(1)
    expect(requests[0]?.body).toBe(requests[1]?.body)
  })

  it('is not sent sooner than Retry-After says, in seconds', async () => {
    const { url, requests } = await receiver(
      { status: 429, headers: { 'retry-after': '600' } },
      { status: 200 },
    )
    const { tell, messages, until, pass, clock } = await office([hookTo(url)])
    await tell([noticeOf('firing')])
    const at = clock.now
    await until('refused', () => messages()[0]?.attempts === 1)
    expect(messages()[0]?.dueAt).toBe(at + 600_000)
    pass(599_000)
    await sleep(60)
    expect(requests.length).toBe(1)
    pass(1000)
    await until('delivered', () => messages()[0]?.state === 'delivered')
  })

  it('is not sent sooner than Retry-After says, by a date', async () => {
    const date = new Date(Date.now() + HOUR).toUTCString()
    const { url } = await receiver({ status: 503, headers: { 'retry-after': date } })
    const { tell, messages, until, clock } = await office([hookTo(url)])
    await tell([noticeOf('firing')])
    const at = clock.now
    await until('refused', () => messages()[0]?.attempts === 1)
    expect(Math.abs((messages()[0]?.dueAt ?? 0) - at - HOUR)).toBeLessThan(2000)
  })

  it('that answers 410 is the last: the subscription is disabled and says why', async () => {
    const { url, requests } = await receiver({ status: 410, body: 'moved out' }, { status: 200 })
    const { tell, messages, until, pass, subscriptions } = await office([hookTo(url)])
    await tell([noticeOf('firing')])
    await until('failed', () => messages()[0]?.state === 'failed')
    expect(subscriptions.all[0]).toMatchObject({ state: 'disabled', reason: 'HTTP 410: moved out' })
    await tell([noticeOf('firing', { id: 'a2' })])
    pass(HOUR)
    expect(messages().length).toBe(1)
    expect((await subscriptions.enable('s1'))?.state).toBe('active')
    await tell([noticeOf('firing', { id: 'a3' })])
    pass(HOUR)
    await until('delivered', () => messages()[1]?.state === 'delivered')
    expect(requests.length).toBe(2)
  })

  it.each([
    ['hangs', 'no answer'],
    ['drops', 'other side closed'],
    ['stops halfway', 'no answer'],
  ] as const)('that %s has not got it', async (how, reason) => {
    const { url } = await badReceiver(how)
    const { tell, messages, until } = await office([hookTo(url)], { limitMs: 150 })
    await tell([noticeOf('firing')])
    await until('tried', () => messages()[0]?.attempts === 1)
    expect(messages()[0]).toMatchObject({ state: 'trying' })
    expect(messages()[0]?.lastError).toContain(reason)
  })

  it('where nobody listens waits for somebody', async () => {
    const { tell, messages, until } = await office([hookTo(`http://127.0.0.1:${await freePort()}/`)])
    await tell([noticeOf('firing')])
    await until('tried', () => messages()[0]?.attempts === 1)
    expect(messages()[0]?.lastError).toMatch(/ECONNREFUSED/)
  })
})

it('a message that cannot be written down does not go out before it can', async () => {
  const { url, requests } = await receiver({ status: 200 })
  const { folder, book, clock, pass, messages, until } = await office([hookTo(url)])
  await book.change((pages) => gather(pages, [noticeOf('firing')], clock.now))
  // The disk refuses: what the book writes first cannot be opened.
  await mkdir(join(folder, 'book.json.new'))
  pass(30_000)
  await until('frozen in memory', () => messages()[0]?.state === 'trying')
  await sleep(100)
  expect(requests.length).toBe(0)
  await rmdir(join(folder, 'book.json.new'))
  await until('delivered', () => messages()[0]?.state === 'delivered')
  expect(requests.length).toBe(1)
})

describe('one that fails holds up nobody', () => {
  it('thirty that hang, and one that answers', async () => {
    const { url, requests } = await receiver({ status: 200 })
    const bad = await badReceiver('hangs')
    const hanging = Array.from({ length: 30 }, (_, i) => hookTo(bad.url, `hangs-${i}`))
    const { tell, messages, until } = await office([...hanging, hookTo(url, 'good')], { limitMs: 400 })
    await tell([noticeOf('firing')])
    await until('delivered', () => messages('good')[0]?.state === 'delivered')
    expect(requests.length).toBe(1)
    expect(bad.calls).toBeGreaterThanOrEqual(16)
  })

  it('a receiver that is away finds one message under way and one that has gathered', async () => {
    const { url, requests } = await receiver({ status: 500 }, { status: 200 })
    const { tell, messages, until, pass } = await office([hookTo(url)])
    await tell([noticeOf('firing')])
    await until('refused', () => messages()[0]?.attempts === 1)
    // All of this within the ten seconds of the first retry's wait.
    for (const id of ['a2', 'a3', 'a4']) {
      await tell([noticeOf('firing', { id })])
      pass(-30_000)
    }
    pass(10_000)
    await until('delivered', () => messages()[0]?.state === 'delivered')
    pass(5 * MINUTE)
    await until('delivered', () => messages()[1]?.state === 'delivered')
    expect(requests.map(({ body }) => JSON.parse(body).alerts.length)).toEqual([1, 1, 3])
  })
})

describe('a test', () => {
  it('answers at once what came of it, and is not repeated', async () => {
    const { url, requests } = await receiver({ status: 200 }, { status: 500, body: 'broken' })
    const { subscriptions, pass } = await office([hookTo(url)])
    expect(await subscriptions.test('s1')).toMatchObject({ kind: 'test', state: 'delivered' })
    pass(1)
    expect(await subscriptions.test('s1')).toMatchObject({ state: 'failed', lastError: 'HTTP 500: broken' })
    expect(requests.length).toBe(2)
    expect(JSON.parse(requests[0]?.body ?? '').alerts[0].labels.alertname).toBe('test')
    expect(await subscriptions.test('nobody')).toBeNull()
  })

  it('of mail without SMTP_URL says that it is missing', async () => {
    const { subscriptions } = await office([
      subscriptionOf({ channel: { kind: 'email', address: 'duty@example.com' } }),
    ])
    const test = await subscriptions.test('s1')
    expect(test).toMatchObject({ state: 'failed' })
    expect(test?.lastError).toMatch(/^SMTP_URL is not set/)
  })

  it('goes to one that is disabled, and not to one that is unsubscribed', async () => {
    const { url, requests } = await receiver({ status: 200 })
    const channel = { kind: 'webhook' as const, url }
    const { subscriptions } = await office([
      subscriptionOf({ id: 's1', channel, state: 'disabled' }),
      subscriptionOf({ id: 's2', channel, state: 'unsubscribed' }),
    ])
    expect(await subscriptions.test('s1')).toMatchObject({ state: 'delivered' })
    expect(await subscriptions.test('s2')).toMatchObject({
      state: 'failed',
      lastError: 'the subscription is unsubscribed',
    })
    expect(requests.length).toBe(1)
  })
})
