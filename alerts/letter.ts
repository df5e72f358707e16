import type { Alert } from '../core/alert.ts'
import type { Subscription } from '../core/subscription.ts'
import type { Delivery } from './delivery.ts'
import type { Outcome } from './outcome.ts'

/** One message on its way, with what a channel may want to say in it. */
export interface Letter {
  readonly delivery: Delivery
  readonly subscription: Subscription
  /** All alerts as they stand, for a channel that shows the present state. */
  readonly alerts: readonly Alert[]
  /** The page's address, without a slash at its end. */
  readonly pageUrl: string
  readonly names: Names
}

/** What people call things. */
export interface Names {
  site(id: string, lang: 'en' | 'zh'): string
  rule(id: string, lang: 'en' | 'zh'): string
}

/** One channel. */
export interface Sender {
  /** What has to be set before anything can go out, in a sentence; null where nothing. */
  readonly lack: string | null
  /** Never rejects on account of the receiver. Gives up when the signal says so. */
  send(letter: Letter, signal: AbortSignal): Promise<Outcome>
}

export type Senders = Readonly<Record<Subscription['channel']['kind'], Sender>>
