import type { Notice } from '../core/alert.ts'

/** A message to one subscriber: what gathers for it, how often it was tried, and what came of it. */
export interface Delivery {
  /** Stable through retries and restarts: receivers tell a repeated message by it. */
  readonly id: string
  readonly subscription: string
  readonly kind: 'notices' | 'summary' | 'test'
  readonly notices: readonly Notice[]
  /** Notices that a summary stands for and does not list. */
  readonly more: number
  readonly createdAt: number
  /** When it stopped taking notices; tries end some days after. Absent while it gathers. */
  readonly frozenAt?: number
  /** `gathering`: takes further notices until `dueAt`. Once tried, what it holds stays as it is. */
  readonly state: 'gathering' | 'trying' | 'delivered' | 'failed'
  readonly dueAt: number
  readonly attempts: number
  readonly lastTriedAt: number | null
  readonly lastError: string | null
  readonly deliveredAt: number | null
}
