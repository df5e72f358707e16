import type { Severity } from './alert.ts'

/** Where notices go. Secrets are those that the receiver has given, or has been given. */
export type Channel =
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'webhook'; readonly url: string; readonly secret?: string }
  | { readonly kind: 'slack'; readonly url: string }
  | { readonly kind: 'feishu'; readonly url: string; readonly secret?: string }
  | { readonly kind: 'dingtalk'; readonly url: string; readonly secret?: string }
  | { readonly kind: 'wecom'; readonly url: string }
  | { readonly kind: 'mqtt' }

/** Who hears of which alerts, how, and when. */
export interface Subscription {
  readonly id: string
  readonly name: string
  /** What is left out holds for all; `severity` is the least. */
  readonly of: {
    readonly sites?: readonly string[]
    readonly utilities?: readonly string[]
    readonly rules?: readonly string[]
    readonly severity?: Severity
  }
  readonly channel: Channel
  readonly lang: 'en' | 'zh'
  /** A digest comes at full hours, or at `at` of the day by the subscription's clock. */
  readonly when: 'immediate' | 'hourly' | 'daily'
  /** `HH:MM`, of a daily digest. */
  readonly at?: string
  /** IANA; of `at` and of `quiet`. */
  readonly zone: string
  /** `HH:MM` to `HH:MM`: what is not critical waits for its end. */
  readonly quiet?: { readonly from: string; readonly to: string }
  /** So many messages in an hour at most; what comes beyond is told in one. */
  readonly capPerHour: number
  readonly state: 'active' | 'disabled' | 'unsubscribed'
  /** Why it is not active. */
  readonly reason?: string
  readonly createdAt: number
  /** Whoever knows it may end the subscription, and nothing else. */
  readonly token?: string
}
