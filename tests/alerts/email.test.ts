import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { office, PAGE_URL } from './post-support.ts'
import { mailServer } from './smtp-support.ts'
import { HOUR, noticeOf, subscriptionOf } from './support.ts'

const FROM = 'Energy <wattwell@energy.example.com>'
const START = Date.parse('2026-03-04T00:00:00+08:00')

const subscriber = (over: object = {}) =>
  subscriptionOf({ channel: { kind: 'email', address: 'duty@example.com' }, ...over })

const leak = noticeOf('firing', {
  since: START,
  cost: { m3: 12.34, kWh: 6200, tCO2e: null },
  course: {
    unit: 'm³/h',
    from: START,
    stepMs: HOUR,
    values: [0.3, 0.2, null, 1.9, 1.8],
    high: [0.4, 0.4, 0.4, 0.4, 0.4],
  },
})

async function sent(over: object, notices = [leak]) {
  const server = await mailServer()
  const { tell, messages, until } = await office([subscriber(over)], {
    smtp: { smtpUrl: server.url, from: FROM },
  })
  await tell(notices)
  await until('delivered', () => messages()[0]?.state === 'delivered')
  const [arrived] = server.mails
  if (arrived === undefined) throw new Error('no mail')
  const header = (name: string) => arrived.mail.headers.find(({ key }) => key === name)?.value
  return { ...arrived, header, id: messages()[0]?.id }
}

describe('a mail', () => {
  it('says in English what is wrong, since when, what it costs, and where to look', async () => {
    const { mail } = await sent({ lang: 'en' })
    expect(mail.subject).toBe('[Warning · New] Science Park: Water runs at night: 1.8 m³/h')
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('Water runs at night: 1.8 m³/h')
      expect(part).toContain('since 4 Mar 2026, 00:00')
      expect(part).toContain('6,200 kWh, 12.3 m³')
      expect(part).toContain('Look for a leak')
      expect(part).toContain(`${PAGE_URL}/?alerts=a1`)
      expect(part).toContain('You get this by the subscription')
      expect(part).not.toMatch(/null|undefined|NaN|tCO/)
    }
  })

  it('says it in Chinese', async () => {
    const { mail } = await sent({ lang: 'zh' })
    expect(mail.subject).toBe('[警告 · 新告警] 科学园: 夜间持续用水:1.8 m³/h')
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('检查是否漏水')
      expect(part).toContain('开始于 2026年3月4日 00:00')
      expect(part).toContain('6,200 kWh,12.3 m³')
      expect(part).toContain('退订')
    }
  })

  it('has a chart of its course: a cell a step, those beyond the band stand out, a hole is empty', async () => {
    const { mail } = await sent({})
    const cells = (mail.html ?? '').match(/<td[^>]*>.*?<\/td>/g) ?? []
    expect(cells.length).toBe(5)
    expect(cells.map((cell) => /height:(\d+)px/.exec(cell)?.[1])).toEqual(['9', '6', undefined, '56', '53'])
    expect(cells.map((cell) => cell.includes('#b3261e'))).toEqual([false, false, false, true, true])
    expect(mail.html).toContain('max 1.9 m³/h')
  })

  it('can be unsubscribed with one click, and asks for no automatic answer', async () => {
    const { header, id, mail, raw } = await sent({})
    const link = `${PAGE_URL}/unsubscribe/token-of-s1`
    expect(header('list-unsubscribe')).toBe(`<${link}>`)
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(mail.messageId).toBe(`<${id}@energy.example.com>`)
    expect(mail.html).toContain(link)
    expect(mail.text).toContain(link)
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThan(998)
  })

  it('sets nothing of what names and figures say, and lets no line into its head', async () => {
    const nasty = noticeOf('firing', {
      site: '<img src=x>\r\nBcc: everybody@example.com',
      summary: { en: '<script>1</script>\r\nBcc: all@example.com', zh: '' },
    })
    const { mail, header } = await sent({}, [nasty])
    expect(mail.html).not.toMatch(/<(script|img)/)
    expect(header('bcc')).toBeUndefined()
    expect(mail.to?.map(({ address }) => address)).toEqual(['duty@example.com'])
  })
})

const failing = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

describe('a mail server', () => {
  const refusals: [string, SMTPServerOptions, string, string][] = [
    ['is busy', { onRcptTo: (_, __, done) => done(failing(451, 'try later')) }, 'trying', '451 try later'],
    [
      'knows no such address',
      { onRcptTo: (_, __, done) => done(failing(550, 'no such user')) },
      'trying',
      '550',
    ],
    [
      'has no room for it',
      { onData: (stream, _, done) => stream.resume().on('end', () => done(failing(452, 'full'))) },
      'trying',
      '452 full',
    ],
    ['wants nobody in', { onConnect: (_, done) => done(failing(554, 'go away')) }, 'trying', '554'],
    ['hangs', { onData: (stream) => stream.resume() }, 'trying', 'no answer within 0.5 s'],
  ]
  it.each(refusals)('that %s is tried again', async (_, hooks, state, reason) => {
    const server = await mailServer(hooks)
    const { tell, messages, until } = await office([subscriber()], {
      smtp: { smtpUrl: server.url, from: FROM },
      limitMs: 500,
    })
    await tell([leak])
    await until('tried', () => messages()[0]?.attempts === 1)
    expect(messages()[0]).toMatchObject({ state })
    expect(messages()[0]?.lastError).toContain(reason)
  })

  it('that drops the line is tried again', async () => {
    const server = createServer((socket) => {
      socket.write('220 here\r\n')
      socket.once('data', () => socket.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const { tell, messages, until } = await office([subscriber()], {
      smtp: { smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM },
    })
    await tell([leak])
    await until('tried', () => messages()[0]?.attempts === 1)
    expect(messages()[0]).toMatchObject({ state: 'trying' })
    expect(messages()[0]?.lastError).toMatch(/clos/i)
  })

  it('that refuses what the mail says has refused it for good at the third time', async () => {
    const server = await mailServer({
      onData: (stream, _, done) => stream.resume().on('end', () => done(failing(554, 'looks like spam'))),
    })
    const { tell, messages, until, pass } = await office([subscriber()], {
      smtp: { smtpUrl: server.url, from: FROM },
    })
    await tell([leak])
    for (const attempts of [1, 2, 3]) {
      await until(`tried ${attempts} times`, () => messages()[0]?.attempts === attempts)
      pass(HOUR)
    }
    expect(messages()[0]).toMatchObject({ state: 'failed' })
    expect(messages()[0]?.lastError).toContain('looks like spam')
  })

  it('is told user and password', async () => {
    const seen: string[] = []
    const server = await mailServer(
      {
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: ({ username, password }, _, done) => {
          seen.push(`${username}/${password}`)
          done(null, password === 'p@ss:1' ? { user: username } : undefined)
        },
      },
      'duty:p%40ss%3A1@',
    )
    const { tell, messages, until } = await office([subscriber()], {
      smtp: { smtpUrl: server.url, from: FROM },
    })
    await tell([leak])
    await until('delivered', () => messages()[0]?.state === 'delivered')
    expect(seen).toEqual(['duty/p@ss:1'])
  })
})
