import { describe, expect, it } from 'vitest'
import { dingtalkSignature, feishuSignature } from '../../alerts/notify/signatures.ts'
import type { Notice } from '../../core/alert.ts'
import type { Channel } from '../../core/subscription.ts'
import type { Json } from '../support/json.ts'
import { office, PAGE_URL, receiver } from './post-support.ts'
import { HOUR, noticeOf, subscriptionOf } from './support.ts'

type Robot = 'slack' | 'feishu' | 'dingtalk' | 'wecom'
const fine = {
  slack: 'ok',
  feishu: { code: 0, msg: 'success', data: {} },
  dingtalk: { errcode: 0, errmsg: 'ok' },
  wecom: { errcode: 0, errmsg: 'ok' },
} as const

/** What a robot is sent for these notices. */
async function told(
  kind: Robot | 'webhook',
  notices: readonly Notice[],
  {
    secret,
    lang = 'en',
    answers,
    name = 'Duty',
  }: { secret?: string; lang?: 'en' | 'zh'; answers?: object[]; name?: string } = {},
) {
  const bodies = answers ?? [kind === 'webhook' ? '' : fine[kind]]
  const { url, requests } = await receiver(...bodies.map((body) => ({ status: 200, body })))
  const channel = { kind, url: `${url}/robot?key=k1`, ...(secret && { secret }) } as Channel
  const desk = await office([subscriptionOf({ channel, lang, name })])
  await desk.tell(notices)
  await desk.until('tried', () => desk.messages()[0]?.attempts === 1)
  const [request] = requests
  return {
    ...desk,
    requests,
    body: JSON.parse(request?.body ?? 'null') as Json,
    raw: request?.body ?? '',
    path: request?.path,
  }
}

const many = (count: number): Notice[] =>
  Array.from({ length: count }, (_, i) =>
    noticeOf('firing', {
      id: `a${i}`,
      rule: ['meter-silent', 'night-flow'][i % 2] as string,
      site: `site-${i % 30}`,
      summary: { en: `Meter ${i} has been silent for an hour <now> & then`, zh: `仪表 ${i} 已沉默一小时` },
    }),
  )

describe('an error inside a 200', () => {
  it.each<[Robot, object | string, 'trying', string]>([
    [
      'feishu',
      { code: 19021, msg: 'sign match fail or timestamp is not within one hour' },
      'trying',
      '19021',
    ],
    ['feishu', { code: 11232, msg: 'frequency limited' }, 'trying', 'frequency'],
    ['feishu', {}, 'trying', 'an answer without code'],
    ['dingtalk', { errcode: 310000, errmsg: 'sign not match' }, 'trying', 'sign not match'],
    ['dingtalk', { errcode: 130101, errmsg: 'send too fast' }, 'trying', 'too fast'],
    ['wecom', { errcode: 93000, errmsg: 'invalid webhook url' }, 'trying', '93000'],
    ['wecom', { errcode: 45009, errmsg: 'api freq out of limit' }, 'trying', '45009'],
    ['wecom', '<html>Log in to the hotel', 'trying', 'an answer without errcode: <html>'],
    ['slack', 'invalid_token', 'trying', 'invalid_token'],
    ['slack', '', 'trying', 'nothing'],
  ])('of %s is an error: %j', async (kind, answer, state, reason) => {
    const answers = [answer, fine[kind]] as object[]
    const { messages, until, pass } = await told(kind, [noticeOf('firing')], { answers })
    expect(messages()[0]).toMatchObject({ state, deliveredAt: null })
    expect(messages()[0]?.lastError).toContain(reason)
    pass(10_000)
    await until('delivered', () => messages()[0]?.state === 'delivered')
  })

  it('that says the message itself is wrong ends it after three', async () => {
    const answers = [{ errcode: 40035, errmsg: 'missing parameter' }]
    const { messages, until, pass } = await told('dingtalk', [noticeOf('firing')], { answers })
    for (const attempts of [2, 3]) {
      pass(HOUR)
      await until('tried again', () => messages()[0]?.attempts === attempts)
    }
    expect(messages()[0]?.state).toBe('failed')
  })
})

describe('what robots are sent', () => {
  it('DingTalk: Markdown, with time and signature in the address beside what stood there', async () => {
    const { body, path } = await told('dingtalk', [noticeOf('firing')], { secret: 'SEC1', lang: 'zh' })
    const asked = new URL(path ?? '', 'http://x').searchParams
    const at = Number(asked.get('timestamp'))
    expect(Math.abs(at - Date.now())).toBeLessThan(60_000)
    expect(path).toContain(`key=k1&timestamp=${at}&sign=${dingtalkSignature('SEC1', at)}`)
    expect(body.msgtype).toBe('markdown')
    expect(body.markdown.title).toBe('[警告 · 新告警] 科学园: 夜间持续用水:1.8 m³/h')
    expect(body.markdown.text).toContain(`${PAGE_URL}/?alerts=a1`)
  })

  it('DingTalk: an address as it is where there is no secret', async () => {
    expect((await told('dingtalk', [noticeOf('firing')])).path).toBe('/robot?key=k1')
  })

  it.each(['dingtalk', 'wecom'] as const)('%s: names set nothing, and call nobody', async (kind) => {
    const nasty = 'x\n# all: [free](http://evil.example) @all <@all> **'
    const summary = { en: nasty, zh: nasty }
    const { body } = await told(kind, [noticeOf('firing', { summary, site: nasty })], { name: nasty })
    const text = body.markdown.text ?? body.markdown.content
    expect(text).not.toMatch(/@|\[free\]|\n#|<@/)
  })

  it('Feishu: a post, with time and signature in the body', async () => {
    const { body } = await told('feishu', [noticeOf('firing')], { secret: 'demo', lang: 'zh' })
    expect(body.sign).toBe(feishuSignature('demo', Number(body.timestamp)))
    expect(Math.abs(Number(body.timestamp) * 1000 - Date.now())).toBeLessThan(60_000)
    expect(body.msg_type).toBe('post')
    expect(body.content.post.zh_cn.title).toContain('科学园')
    expect(body.content.post.zh_cn.content.flat()).toContainEqual({
      tag: 'a',
      text: '警告 · 新告警',
      href: `${PAGE_URL}/?alerts=a1`,
    })
  })

  it('Slack: blocks, with its markup escaped', async () => {
    const { body } = await told('slack', many(1))
    const text = body.blocks.map((block: Json) => block.text?.text ?? '').join('\n')
    expect(text).toContain('for an hour &lt;now&gt; &amp; then')
    expect(text).toContain(`<${PAGE_URL}/?alerts=a0|Warning · New>`)
    expect(body.blocks[0].type).toBe('header')
  })

  it('WeCom: Markdown, to the address with its key', async () => {
    const { body, path } = await told('wecom', [noticeOf('firing')])
    expect(path).toBe('/robot?key=k1')
    expect(body.markdown.content).toContain('Water runs at night')
  })
})

describe('a message of 2,000 alerts', () => {
  const limits: [Robot, number, (body: Json) => string][] = [
    ['slack', 40_000, (body) => JSON.stringify(body.blocks)],
    ['feishu', 20_000, (body) => JSON.stringify(body)],
    ['dingtalk', 20_000, (body) => body.markdown.text],
    ['wecom', 4096, (body) => body.markdown.content],
  ]
  it.each(limits)('stays within what %s takes, and counts the rest', async (kind, bytes, textOf) => {
    for (const lang of ['en', 'zh'] as const) {
      const { body } = await told(kind, many(2000), { lang })
      const text = textOf(body)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes)
      const [, left] = /(?:and |另有 )([\d,]+) (?:more|条)/.exec(text) ?? []
      const listed = text.match(/alerts=a\d+/g)?.length ?? 0
      expect(listed).toBeGreaterThan(0)
      expect(Number(left?.replace(',', '')) + listed).toBe(2000)
      if (kind === 'slack') expect(body.blocks.length).toBeLessThanOrEqual(50)
    }
  })

  it('tells a webhook of 500, and counts the rest', async () => {
    const { body } = await told('webhook', many(2000))
    expect([body.alerts.length, body.truncatedAlerts]).toEqual([500, 1500])
  })
})

describe("Alertmanager's body", () => {
  it('is as version 4 has it', async () => {
    const ended = noticeOf('resolved', { id: 'a2', severity: 'critical' })
    const { body, messages } = await told('webhook', [noticeOf('firing'), ended])
    expect(Object.keys(body).sort()).toEqual(
      [
        'alerts',
        'commonAnnotations',
        'commonLabels',
        'externalURL',
        'groupKey',
        'groupLabels',
        'receiver',
        'status',
        'truncatedAlerts',
        'version',
      ].sort(),
    )
    expect(body).toMatchObject({
      version: '4',
      status: 'firing',
      receiver: 'Duty',
      truncatedAlerts: 0,
      externalURL: PAGE_URL,
      groupLabels: { site: 'science-park', rule: 'night-flow' },
      commonLabels: { alertname: 'night-flow', site: 'science-park', utility: 'water' },
    })
    expect(body.commonLabels).not.toHaveProperty('severity')
    const [firing, resolved] = body.alerts
    expect(firing).toMatchObject({
      status: 'firing',
      labels: { severity: 'warning', subject: 'meter:park-w' },
      annotations: { summary: 'Water runs at night: 1.8 m³/h', value: '1.8', limit: '0.4', costM3: '3.6' },
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: `${PAGE_URL}/?alerts=a1`,
      fingerprint: 'a1',
    })
    expect(resolved.status).toBe('resolved')
    expect(Date.parse(resolved.endsAt)).toBe(ended.alert.resolvedAt)
    for (const { labels, annotations } of body.alerts)
      for (const value of Object.values({ ...labels, ...annotations })) expect(value).toBeTypeOf('string')
    expect(messages()[0]?.state).toBe('delivered')
  })

  it('is resolved when all in it is', async () => {
    expect((await told('webhook', [noticeOf('resolved')])).body.status).toBe('resolved')
  })
})
