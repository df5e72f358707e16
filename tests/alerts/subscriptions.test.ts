import { describe, expect, it } from 'vitest'
import { subscriptionDraft } from '../../alerts/subscription-draft.ts'
import { shownChannel } from '../../alerts/subscriptions.ts'
import { office, receiver } from './post-support.ts'
import { HOUR, noticeOf, subscriptionOf } from './support.ts'

const draft = (over: object = {}) => ({
  name: 'Duty',
  channel: { kind: 'email', address: 'duty@example.com' },
  ...over,
})

/** The first field that is not accepted, with why. */
const refusal = (over: object): string => {
  const [issue] = subscriptionDraft.safeParse(draft(over)).error?.issues ?? []
  return `${issue?.path.join('.')}: ${issue?.message}`
}

describe('a draft of a subscription', () => {
  it('has everything by default but a name and a channel', () => {
    expect(subscriptionDraft.parse(draft())).toEqual({
      ...draft(),
      of: {},
      lang: 'en',
      when: 'immediate',
      capPerHour: 12,
    })
  })

  it.each<[string, object, string]>([
    [
      'no address',
      { channel: { kind: 'email', address: 'duty' } },
      'channel.address: It has to be an e-mail',
    ],
    [
      'an address with a line in it',
      { channel: { kind: 'email', address: 'a@example.com\r\nBcc: b@example.com' } },
      'channel.address: It has to be an e-mail',
    ],
    [
      'a file',
      { channel: { kind: 'webhook', url: 'file:///etc/passwd' } },
      'channel.url: It has to be an address',
    ],
    [
      'credentials',
      { channel: { kind: 'slack', url: 'https://u:p@x/' } },
      'channel.url: It has to be an address',
    ],
    [
      'a short secret',
      { channel: { kind: 'webhook', url: 'http://x/', secret: 'abc' } },
      'channel.secret: It has',
    ],
    ['no zone', { zone: 'Mars/Olympus' }, 'zone: It has to be an IANA time zone'],
    ['an offset', { zone: '+08:00' }, 'zone: It has to be an IANA time zone'],
    ['no time', { when: 'daily', at: '24:00' }, 'at: It has to be a time of the day'],
    ['a time of no digest', { at: '08:00' }, 'at: It is of a daily digest only.'],
    ['quiet hours without length', { quiet: { from: '22:00', to: '22:00' } }, 'quiet: It has to end'],
    ['no cap', { capPerHour: 0 }, 'capPerHour: Too small'],
    ['no utility', { of: { utilities: ['beer'] } }, 'of.utilities.0: Invalid option'],
    ['no name', { name: ' ' }, 'name: Too small'],
    ['something else', { colour: 'red' }, ': Unrecognized key'],
  ])('with %s is not accepted, and says where', (_, over, message) => {
    expect(refusal(over)).toContain(message)
  })

  it.each(['http://192.168.1.20:8080/hook', 'http://[::1]/x', 'https://example.com/a?b=c'])(
    'may go to %s',
    (url) => {
      expect(subscriptionDraft.safeParse(draft({ channel: { kind: 'webhook', url } })).success).toBe(true)
    },
  )

  it('names only sites and rules that there are', async () => {
    const { subscriptions } = await office([])
    const parsed = subscriptionDraft.parse(
      draft({ of: { sites: ['science-park', 'moon'], rules: ['leak'] } }),
    )
    expect(subscriptions.unknown(parsed)).toEqual([
      { field: 'of.sites.1', message: 'There is no "moon".', accepted: ['science-park'] },
      { field: 'of.rules.0', message: 'There is no "leak".', accepted: ['night-flow'] },
    ])
  })
})

describe('subscriptions', () => {
  it('are added with a token of their own, and a webhook with a secret where none was given', async () => {
    const { subscriptions, book } = await office([])
    const hook = draft({ channel: { kind: 'webhook', url: 'https://example.com/' } })
    const one = await subscriptions.add(subscriptionDraft.parse(hook))
    const two = await subscriptions.add(subscriptionDraft.parse(hook))
    expect(one).toMatchObject({ state: 'active', zone: 'Asia/Shanghai' })
    const secretOf = ({ channel }: typeof one) => ('secret' in channel ? channel.secret : '')
    for (const made of [secretOf(one), secretOf(two)])
      expect(subscriptionDraft.safeParse(draft({ channel: { ...one.channel, secret: made } })).success).toBe(
        true,
      )
    expect(secretOf(one)).not.toBe(secretOf(two))
    expect([one.id === two.id, one.token === two.token]).toEqual([false, false])
    expect(one.token?.length).toBeGreaterThanOrEqual(32)
    expect(book.pages.subscriptions).toEqual([one, two])
  })

  it('show of their secrets the ends', () => {
    const secret = 'whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw'
    expect(shownChannel({ kind: 'webhook', url: 'https://example.com/in?token=t', secret })).toEqual({
      kind: 'webhook',
      to: 'https://example.com/in?…',
      secret: '…ODkw',
    })
    const robot = 'https://robots.example.com/send?token=abcdWXYZ'
    expect(shownChannel({ kind: 'feishu', url: robot, secret: 'abc' }).secret).toBe('…')
    const hook = 'https://hooks.example.com/services/T000/B000/abcdefWXYZ'
    expect(shownChannel({ kind: 'slack', url: hook })).toEqual({
      kind: 'slack',
      to: 'https://hooks.example.com/…WXYZ',
    })
  })

  it('are ended by their token, as often as one likes, and by no other', async () => {
    const { subscriptions, tell, messages, until, pass } = await office([
      subscriptionOf({ channel: { kind: 'webhook', url: 'http://127.0.0.1:9/' } }),
    ])
    await tell([noticeOf('firing')])
    expect(await subscriptions.unsubscribe('another')).toBeNull()
    expect(await subscriptions.unsubscribe('')).toBeNull()
    expect(subscriptions.all[0]?.state).toBe('active')
    for (const _ of [1, 2])
      expect(await subscriptions.unsubscribe('token-of-s1')).toMatchObject({ state: 'unsubscribed' })
    pass(HOUR)
    await until('ended', () => messages().every(({ state }) => state === 'failed'))
    expect(await subscriptions.enable('s1')).toMatchObject({ state: 'unsubscribed' })
  })

  it('are gone with all that was sent to them once removed', async () => {
    const { url } = await receiver({ status: 200 })
    const { subscriptions, tell, messages, until } = await office([
      subscriptionOf({ channel: { kind: 'webhook', url } }),
    ])
    await tell([noticeOf('firing')])
    await until('delivered', () => messages()[0]?.state === 'delivered')
    expect(subscriptions.deliveries('s1').length).toBe(1)
    expect(await subscriptions.remove('s1')).toBe(true)
    expect(await subscriptions.remove('s1')).toBe(false)
    expect([subscriptions.all, subscriptions.deliveries()]).toEqual([[], []])
  })
})
