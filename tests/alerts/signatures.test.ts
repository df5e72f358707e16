import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { dingtalkSignature, feishuSignature } from '../../alerts/notify/signatures.ts'
import { office, receiver } from './post-support.ts'
import { noticeOf, subscriptionOf } from './support.ts'

const SECRET = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`

/**
 * Neither platform prints the result of its example. The expected values are what the sample programs of their
 * documentation (Python; "自定义机器人安全设置" of DingTalk, "自定义机器人使用指南" of Feishu) print for the
 * secret and the kind of time that the documentation itself uses.
 */
describe('signatures of robots', () => {
  it('of DingTalk, for the secret of its example', () => {
    expect(dingtalkSignature('this is secret', 1_577_262_236_757)).toBe(
      'hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=',
    )
  })

  it('of DingTalk, as others have it', () => {
    expect(encodeURIComponent(dingtalkSignature('secret', 1_700_000_000_000))).toBe(
      'OuzzJR5%2BxZ4%2FEYwqtNt6sMYZQMTa%2FHEGvc9miJe7XzY%3D',
    )
  })

  it('of Feishu, for the time and the secret of its example', () => {
    expect(feishuSignature('demo', 1_599_360_473)).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=')
  })
})

describe('a signed webhook', () => {
  const sent = async (answers = 1) => {
    const { url, requests } = await receiver(
      ...Array.from({ length: answers - 1 }, () => ({ status: 500 })),
      { status: 200 },
    )
    const channel = { kind: 'webhook' as const, url, secret: SECRET }
    const { tell, messages, until, pass } = await office([subscriptionOf({ channel })])
    await tell([noticeOf('firing', { summary: { en: 'Öl · 水', zh: '漏水' } })])
    for (let i = 1; i < answers; i++) {
      await until('tried', () => messages()[0]?.attempts === i)
      pass(60_000)
    }
    await until('delivered', () => messages()[0]?.state === 'delivered')
    return { requests, message: messages()[0] }
  }

  it('passes the reference library, and does not when a byte is another', async () => {
    const { requests } = await sent()
    const [{ body, headers } = { body: '', headers: {} }] = requests
    const library = new Webhook(SECRET)
    expect(library.verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body))
    expect(() => library.verify(body.replace('漏', '水'), headers as Record<string, string>)).toThrow()
    expect(() =>
      new Webhook('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA').verify(body, headers as Record<string, string>),
    ).toThrow()
  })

  it('is HMAC-SHA256 over id, seconds and body, as the specification has it', async () => {
    const { requests, message } = await sent()
    const [{ body, headers } = { body: '', headers: {} as Record<string, unknown> }] = requests
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
    const over = `${message?.id}.${headers['webhook-timestamp']}.${body}`
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(over).digest('base64')}`)
  })

  it('has another time at another attempt, and the same id', async () => {
    const { requests } = await sent(2)
    const [first, second] = requests.map(({ headers }) => headers)
    expect(first?.['webhook-id']).toBe(second?.['webhook-id'])
    expect(Number(second?.['webhook-timestamp'])).toBeGreaterThan(Number(first?.['webhook-timestamp']))
    const [, again] = requests
    const verified = new Webhook(SECRET).verify(again?.body ?? '', again?.headers as Record<string, string>)
    expect(verified).toHaveProperty('version', '4')
  })
})
