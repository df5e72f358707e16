import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { Notice } from '../../core/alert.ts'
import type { Channel, Subscription } from '../../core/subscription.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import { office, receiver } from './post-support.ts'
import { mailServer } from './smtp-support.ts'
import { MINUTE, noticeOf, subscriptionOf } from './support.ts'

const METERS = 2000
const MINUTES = 11

/** Of every meter, its site one of forty. */
const ofAll = (kind: Notice['kind'], at: number): Notice[] =>
  Array.from({ length: METERS }, (_, i) =>
    noticeOf(
      kind,
      {
        id: `silent-${i}`,
        rule: 'meter-silent',
        kind: 'meter-silent',
        subject: `meter:m${i}`,
        site: `site-${i % 40}`,
        severity: i % 10 === 0 ? 'critical' : 'warning',
        summary: { en: `Meter m${i} is silent`, zh: `仪表 m${i} 无读数` },
      },
      at,
    ),
  )

it.skipIf(!mosquittoInstalled)(
  'a storm of 2,000 meters is one message per subscriber and channel in each group interval, and can be read',
  { timeout: 60_000 },
  async () => {
    const broker = await startMosquitto()
    onTestFinished(broker.remove)
    const mail = await mailServer()
    const { url } = await receiver({ status: 200, body: 'ok' })
    const robot = await receiver({ status: 200, body: { code: 0, errcode: 0 } })
    const channels: Channel[] = [
      { kind: 'email', address: 'duty@example.com' },
      { kind: 'webhook', url },
      { kind: 'slack', url },
      { kind: 'feishu', url: robot.url },
      { kind: 'dingtalk', url: robot.url },
      { kind: 'wecom', url: robot.url },
      { kind: 'mqtt' },
    ]
    const quiet = { from: '00:00', to: '23:59' }
    const subscriptions: Subscription[] = [
      ...channels.map((channel) => subscriptionOf({ id: channel.kind, channel })),
      subscriptionOf({ id: 'quiet', channel: { kind: 'webhook', url }, quiet }),
      subscriptionOf({ id: 'daily', channel: { kind: 'webhook', url }, when: 'daily', at: '08:00' }),
    ]
    const desk = await office(subscriptions, {
      smtp: { smtpUrl: mail.url, from: 'w@example.com' },
      mqttUrl: broker.url,
    })
    const open = () =>
      desk.book.pages.deliveries.some(
        ({ state, dueAt }) => state === 'trying' || (state === 'gathering' && dueAt <= desk.clock.now),
      )
    // They all go silent, and again and again there is more to say of each of them.
    const course = new Map<number, Notice['kind']>([
      [0, 'firing'],
      [2, 'reminder'],
      [6, 'resolved'],
    ])
    for (let minute = 0; minute < MINUTES; minute++) {
      const kind = course.get(minute)
      if (kind === undefined) desk.pass(30_000)
      else await desk.tell(ofAll(kind, desk.clock.now))
      desk.pass(30_000)
      await sleep(15)
      await desk.until('nothing is under way', () => !open())
    }
    for (const { id } of subscriptions) {
      const times = desk
        .messages(id)
        .map(({ deliveredAt }) => deliveredAt)
        .filter((at) => at !== null)
      if (id !== 'daily') expect(times.length, id).toBeGreaterThanOrEqual(2)
      expect(times.length, id).toBeLessThanOrEqual(MINUTES / 5 + 1)
      for (const [i, at] of times.slice(1).entries())
        expect(at - (times[i] as number), id).toBeGreaterThanOrEqual(5 * MINUTE)
    }
    const [first] = mail.mails
    expect(first?.mail.subject).toBe('2,000 alerts at 40 sites: 2,000 new')
    expect(first?.mail.text).toContain('and 1,980 more, see the page')
    expect(first?.raw.length).toBeLessThan(100_000)
    expect(mail.mails.length).toBe(desk.messages('email').length)
  },
)
