import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AlertBook } from './book.ts'
import type { Delivery } from './delivery.ts'
import { freezeDue, toBeTried } from './freeze.ts'
import type { Names, Senders } from './letter.ts'
import { excerpt, type Outcome } from './outcome.ts'
import { type Pace, usualPace } from './pace.ts'
import { prune } from './prune.ts'
import { settle } from './settle.ts'
import { within } from './within.ts'

/** Looked into the book so often, milliseconds, unless woken. */
const LOOK_EVERY_MS = 1000
/** Under way at a time, over all subscriptions. */
const AT_ONCE = 16
/** A receiver that has not answered by then is tried again, milliseconds. */
const LIMIT_MS = 20_000
/** Of a test, for which somebody waits. */
const TEST_LIMIT_MS = 8000
const STOP_MS = 1500
const SETTLED_MS = 10_000

interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface PostOptions {
  readonly book: AlertBook
  readonly senders: Senders
  /** The page's address, without a slash at its end. */
  readonly pageUrl: () => string
  readonly names: Names
  readonly clock: () => number
  readonly log: Log
  readonly pace?: Pace
  /** In [0, 1): spreads retries. */
  readonly chance?: () => number
  readonly lookEveryMs?: number
  readonly limitMs?: number
}

/**
 * Takes messages that are due from the book to their receivers. A message is on disk as it goes out before it is
 * tried, and what came of it afterwards: a kill in between means that it is sent again under the same id.
 */
export class Post {
  readonly #options: PostOptions
  readonly #underWay = new Map<string, Promise<void>>()
  readonly #ending = new AbortController()
  #wakeUp = (): void => {}
  #woken = false
  #unwritten = false
  #running: Promise<void> | null = null

  constructor(options: PostOptions) {
    this.#options = options
    // Each message under way listens to it.
    setMaxListeners(AT_ONCE + 1, this.#ending.signal)
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** The book has changed. */
  wake(): void {
    this.#woken = true
    this.#wakeUp()
  }

  /** Resolves when this message's attempt under way, or its next, has ended, and in any case within ten seconds. */
  async settled(id: string): Promise<Delivery | undefined> {
    const find = () => this.#options.book.pages.deliveries.find((one) => one.id === id)
    const before = find()
    this.wake()
    const until = performance.now() + SETTLED_MS
    while (!this.#ending.signal.aborted && performance.now() < until) {
      const one = find()
      if (one === undefined || one.state !== 'trying' || one.attempts > (before?.attempts ?? 0)) return one
      await (this.#underWay.get(id) ?? sleep(10))
    }
    return find()
  }

  /** What is under way is tried again after the next start. */
  async stop(): Promise<void> {
    this.#ending.abort()
    this.#wakeUp()
    await this.#running
    await Promise.race([Promise.allSettled(this.#underWay.values()), sleep(STOP_MS, null, { ref: false })])
  }

  async #run(): Promise<void> {
    const { log, lookEveryMs = LOOK_EVERY_MS } = this.#options
    while (!this.#ending.signal.aborted) {
      this.#woken = false
      await this.#look().catch((error) => log.error({ err: error }, 'the book of alerts cannot be written'))
      if (this.#woken || this.#ending.signal.aborted) continue
      const idle = new AbortController()
      this.#wakeUp = () => idle.abort()
      await sleep(lookEveryMs, null, { signal: idle.signal }).catch(() => {})
    }
  }

  async #look(): Promise<void> {
    const { book, clock, senders, pace = usualPace } = this.#options
    await this.#write(() =>
      book.change((pages) => {
        const lack = ({ channel }: { channel: { kind: keyof Senders } }) => senders[channel.kind].lack
        return prune(freezeDue(pages, clock(), lack, pace), clock())
      }),
    )
    if (this.#unwritten) {
      await book.onDisk()
      this.#unwritten = false
    }
    for (const delivery of toBeTried(book.pages, clock())) {
      if (this.#underWay.size >= AT_ONCE || this.#ending.signal.aborted) return
      if (this.#underWay.has(delivery.id)) continue
      const sent = this.#send(delivery).finally(() => {
        this.#underWay.delete(delivery.id)
        this.wake()
      })
      this.#underWay.set(delivery.id, sent)
    }
  }

  async #send(delivery: Delivery): Promise<void> {
    const { book, clock, log, chance = Math.random } = this.#options
    const outcome = await this.#attempt(delivery)
    // Told to stop in the middle: nobody knows what came of it.
    if (this.#ending.signal.aborted && outcome.kind !== 'delivered') return
    const details = { delivery: delivery.id, subscription: delivery.subscription }
    if (outcome.kind === 'gone')
      log.warn({ ...details, reason: outcome.reason }, 'a subscription is disabled: its receiver is gone')
    else if (outcome.kind !== 'delivered')
      log.info({ ...details, reason: outcome.reason }, 'a notice was not delivered')
    await this.#write(() =>
      book.change((pages) => settle(pages, delivery.id, outcome, clock(), chance())),
    ).catch((error) => log.error({ err: error }, 'the book of alerts cannot be written'))
  }

  async #attempt(delivery: Delivery): Promise<Outcome> {
    const { book, senders, pageUrl, names, limitMs = LIMIT_MS } = this.#options
    const { subscriptions, alerts } = book.pages
    const subscription = subscriptions.find((one) => one.id === delivery.subscription)
    if (subscription === undefined) return { kind: 'gone', reason: 'the subscription is gone' }
    const wanted =
      delivery.kind === 'test' ? subscription.state !== 'unsubscribed' : subscription.state === 'active'
    if (!wanted) return { kind: 'gone', reason: `the subscription is ${subscription.state}` }
    const sender = senders[subscription.channel.kind]
    if (sender.lack !== null) return { kind: 'barred', reason: sender.lack }
    const ms = delivery.kind === 'test' ? Math.min(limitMs, TEST_LIMIT_MS) : limitMs
    const letter = { delivery, subscription, alerts, pageUrl: pageUrl(), names }
    return within(ms, this.#ending.signal, (signal) => sender.send(letter, signal)).catch(
      (error: Error): Outcome => ({ kind: 'later', reason: excerpt(error.message) }),
    )
  }

  /** Where the disk refuses, what is in memory only must not go out before it is written after all. */
  async #write(change: () => Promise<void>): Promise<void> {
    try {
      await change()
    } catch (error) {
      this.#unwritten = true
      throw error
    }
  }
}
