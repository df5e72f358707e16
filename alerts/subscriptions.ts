import { randomBytes } from 'node:crypto'
import type { Channel, Subscription } from '../core/subscription.ts'
import type { AlertBook, Pages } from './book.ts'
import type { Delivery } from './delivery.ts'
import { freshId } from './gather.ts'
import type { Post } from './post.ts'
import { type Known, type SubscriptionDraft, type Unknown, unknownIn } from './subscription-draft.ts'

export interface SubscriptionsOptions {
  readonly book: AlertBook
  readonly post: Post
  readonly known: Known
  /** The zone of those that name none. */
  readonly zone: string
  readonly clock: () => number
  /** Subscriptions to topics have changed. */
  readonly topicsChanged: () => Promise<void>
}

/** Who hears of alerts, for the API. Every promise resolves when the change is on disk. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions

  constructor(options: SubscriptionsOptions) {
    this.#options = options
  }

  /** With their secrets: see `shownChannel`. */
  get all(): readonly Subscription[] {
    return this.#options.book.pages.subscriptions
  }

  /** Newest first. */
  deliveries(subscription?: string): Delivery[] {
    return this.#options.book.pages.deliveries
      .filter((one) => subscription === undefined || one.subscription === subscription)
      .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
  }

  /** What a draft names and there is not. */
  unknown(draft: SubscriptionDraft): Unknown[] {
    return unknownIn(draft, this.#options.known)
  }

  /** Answers it with its secret, which nobody is shown again; one of a webhook is made where none was given. */
  async add({ of, channel, at, quiet, zone, ...draft }: SubscriptionDraft): Promise<Subscription> {
    const { clock } = this.#options
    const subscription: Subscription = {
      ...draft,
      id: `s${randomBytes(5).toString('hex')}`,
      of: defined(of),
      channel: withSecret(channel),
      zone: zone ?? this.#options.zone,
      ...(at !== undefined && { at }),
      ...(quiet !== undefined && { quiet }),
      state: 'active',
      createdAt: clock(),
      token: randomBytes(24).toString('base64url'),
    }
    await this.#change((pages) => ({ ...pages, subscriptions: [...pages.subscriptions, subscription] }))
    if (channel.kind === 'mqtt') await this.#options.topicsChanged()
    return subscription
  }

  /** Forgets it with all that was sent to it. False where there is none. */
  async remove(id: string): Promise<boolean> {
    const subscription = this.#find(id)
    if (subscription === undefined) return false
    await this.#change((pages) => ({
      ...pages,
      subscriptions: pages.subscriptions.filter((one) => one.id !== id),
      deliveries: pages.deliveries.filter((one) => one.subscription !== id),
    }))
    if (subscription.channel.kind === 'mqtt') await this.#options.topicsChanged()
    return true
  }

  /** Takes one up again that its receiver had ended. What somebody has unsubscribed stays so. Null where there is none. */
  async enable(id: string): Promise<Subscription | null> {
    const subscription = this.#find(id)
    if (subscription?.state === 'disabled') {
      const { reason: _, ...rest } = subscription
      await this.#replace({ ...rest, state: 'active' })
    }
    return this.#find(id) ?? null
  }

  /** Ends the subscription that a link's token belongs to; a second time changes nothing. Null where there is none. */
  async unsubscribe(token: string): Promise<Subscription | null> {
    const subscription = this.byToken(token)
    if (subscription === null) return null
    if (subscription.state !== 'unsubscribed')
      await this.#replace({
        ...subscription,
        state: 'unsubscribed',
        reason: 'unsubscribed by the link in a message',
      })
    return this.#find(subscription.id) ?? null
  }

  /** Whose token it is, for the page that asks before it ends anything. */
  byToken(token: string): Subscription | null {
    return this.all.find((one) => one.token === token && token !== '') ?? null
  }

  /** Sends a test now and answers what came of it, within ten seconds. Null where there is no such subscription. */
  async test(id: string): Promise<Delivery | null> {
    const { book, post, clock } = this.#options
    if (this.#find(id) === undefined) return null
    const now = clock()
    const delivery: Delivery = {
      id: freshId(book.pages.deliveries, `${id}-test`, now),
      subscription: id,
      kind: 'test',
      notices: [],
      more: 0,
      createdAt: now,
      frozenAt: now,
      state: 'trying',
      dueAt: now,
      attempts: 0,
      lastTriedAt: null,
      lastError: null,
      deliveredAt: null,
    }
    await book.change((pages) => ({ ...pages, deliveries: [...pages.deliveries, delivery] }))
    return (await post.settled(delivery.id)) ?? null
  }

  #find(id: string): Subscription | undefined {
    return this.all.find((one) => one.id === id)
  }

  #replace(subscription: Subscription): Promise<void> {
    return this.#change((pages) => ({
      ...pages,
      subscriptions: pages.subscriptions.map((one) => (one.id === subscription.id ? subscription : one)),
    }))
  }

  async #change(turn: (pages: Pages) => Pages): Promise<void> {
    await this.#options.book.change(turn)
    this.#options.post.wake()
  }
}

/** A channel as it may be shown: of an address that is a secret itself only its ends, of a secret its last four characters. */
export function shownChannel(channel: Channel): { kind: Channel['kind']; to: string; secret?: string } {
  const { kind } = channel
  if (kind === 'email') return { kind, to: channel.address }
  if (kind === 'mqtt') return { kind, to: 'facility/<site>/alerts' }
  const { origin, pathname, search } = new URL(channel.url)
  const to =
    kind === 'webhook'
      ? `${origin}${pathname}${search === '' ? '' : '?…'}`
      : `${origin}/…${channel.url.slice(-4)}`
  const secret = 'secret' in channel && channel.secret !== undefined ? lastOf(channel.secret) : undefined
  return { kind, to, ...(secret !== undefined && { secret }) }
}

/** Of a short secret four characters would be too much of it. */
function lastOf(secret: string): string {
  return secret.length < 16 ? '…' : `…${secret.slice(-4)}`
}

function withSecret(channel: SubscriptionDraft['channel']): Channel {
  if (channel.kind !== 'webhook' || channel.secret !== undefined) return defined(channel) as Channel
  return { ...channel, secret: `whsec_${randomBytes(32).toString('base64')}` }
}

/** Without what is undefined: a field that is left out is not there. */
function defined<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
}
