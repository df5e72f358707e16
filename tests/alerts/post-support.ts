import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { AlertBook } from '../../alerts/book.ts'
import type { Delivery } from '../../alerts/delivery.ts'
import { gather } from '../../alerts/gather.ts'
import type { EmailOptions } from '../../alerts/notify/email.ts'
import { Post } from '../../alerts/post.ts'
import { makeSenders } from '../../alerts/senders.ts'
import { Subscriptions } from '../../alerts/subscriptions.ts'
import type { Notice } from '../../core/alert.ts'
import type { Subscription } from '../../core/subscription.ts'
import { silent } from '../ingest/support.ts'
import { type Answer, type Request, serve } from '../support/http-server.ts'
import { names } from './support.ts'

export const PAGE_URL = 'https://energy.example.com'

export interface Office {
  /** Where the book is. */
  readonly folder: string
  readonly book: AlertBook
  readonly post: Post
  readonly subscriptions: Subscriptions
  /** Epoch milliseconds; stands still unless it is set. */
  readonly clock: { now: number }
  /** Gathers notices and lets the group wait pass. */
  tell(notices: readonly Notice[]): Promise<void>
  /** Moves the clock on. */
  pass(ms: number): void
  /** Of a subscription, oldest first. */
  messages(subscription?: string): Delivery[]
  /** Waits until it is so. */
  until(what: string, isSo: () => boolean): Promise<void>
}

/** A book, a post and what is asked of them, on a clock of their own that begins with the present. */
export async function office(
  list: readonly Subscription[],
  options: { smtp?: EmailOptions; mqttUrl?: string; limitMs?: number; sites?: string[] } = {},
): Promise<Office> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-alerts-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const book = await AlertBook.open(join(folder, 'book.json'))
  const clock = { now: Date.now() }
  const sites = options.sites ?? ['science-park']
  const senders = makeSenders({
    email: options.smtp ?? { smtpUrl: '', from: '' },
    mqtt: { url: () => options.mqttUrl ?? null, sites, pages: () => book.pages, clock: () => clock.now },
    clock: () => clock.now,
  })
  const post = new Post({
    book,
    senders,
    pageUrl: () => PAGE_URL,
    names,
    clock: () => clock.now,
    log: silent,
    chance: () => 0.5,
    lookEveryMs: 10,
    limitMs: options.limitMs ?? 20_000,
  })
  const subscriptions = new Subscriptions({
    book,
    post,
    known: { sites, rules: ['night-flow'] },
    zone: 'Asia/Shanghai',
    clock: () => clock.now,
    topicsChanged: () => senders.mqtt.refresh(),
  })
  await book.change((pages) => ({ ...pages, subscriptions: list }))
  post.start()
  onTestFinished(async () => {
    await post.stop()
    await senders.mqtt.close()
  })
  const messages = (subscription = list[0]?.id) =>
    book.pages.deliveries.filter((one) => one.subscription === subscription)
  return {
    folder,
    book,
    post,
    subscriptions,
    clock,
    messages,
    async tell(notices) {
      await book.change((pages) => gather(pages, notices, clock.now))
      clock.now += 30_000
    },
    pass(ms) {
      clock.now += ms
    },
    async until(what, isSo) {
      for (const end = Date.now() + 30_000; !isSo(); await sleep(5))
        if (Date.now() > end)
          throw new Error(
            `not so: ${what}; ${JSON.stringify(messages().map(({ notices: _, ...one }) => one))}`,
          )
    },
  }
}

/** A receiver that answers by turns; the last answer again and again. */
export async function receiver(...answers: Answer[]): Promise<{ url: string; requests: Request[] }> {
  const server = await serve(() => answers[Math.min(server.requests.length, answers.length) - 1] as Answer)
  onTestFinished(() => server.close())
  return server
}

/** A receiver that takes requests and does something bad instead of answering. */
export async function badReceiver(
  how: 'hangs' | 'drops' | 'stops halfway',
): Promise<{ url: string; calls: number }> {
  const seen = { url: '', calls: 0 }
  const server = createServer((request, response) => {
    seen.calls += 1
    request.resume()
    if (how === 'drops') request.socket.destroy()
    if (how !== 'stops halfway') return
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"code"')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  seen.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return seen
}
