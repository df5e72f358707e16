import { z } from 'zod'
import { subscriptionDraft } from '../alerts/subscription-draft.ts'
import { severities } from '../core/alert.ts'
import { name, time } from './schemas.ts'

/** The shapes of subscriptions and of what is delivered to them. */

export const channelKinds = ['email', 'webhook', 'slack', 'feishu', 'dingtalk', 'wecom', 'mqtt'] as const

const deliveryStates = ['gathering', 'trying', 'delivered', 'failed'] as const

const tried = {
  attempts: z.int(),
  lastTriedAt: time.nullable(),
  lastError: z.string().nullable().describe('What came of the last attempt; null where it went well'),
  deliveredAt: time.nullable(),
}

export const deliveryRow = z.object({
  id: z.string().describe('Stable: receivers tell a repeated message by it'),
  subscription: z.string(),
  kind: z.enum(['notices', 'summary', 'test']),
  notices: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['firing', 'reminder', 'resolved']),
      at: time,
      alert: z.string(),
      severity: z.enum(severities),
      summary: name,
    }),
  ),
  more: z.int().describe('Notices that a summary stands for and does not list'),
  createdAt: time,
  state: z
    .enum(deliveryStates)
    .describe(
      '`gathering`: takes further notices until `dueAt`; `trying`: goes out, or is retried at `dueAt`',
    ),
  dueAt: time,
  ...tried,
})

export const subscriptionRow = z.object({
  id: z.string(),
  name: z.string(),
  of: z.object({
    sites: z.array(z.string()).optional(),
    utilities: z.array(z.string()).optional(),
    rules: z.array(z.string()).optional(),
    severity: z.enum(severities).optional(),
  }),
  channel: z.object({
    kind: z.enum(channelKinds),
    to: z.string().describe('The address; of a URL that is a secret itself only its ends'),
    secret: z.string().optional().describe('Its last four characters, there where messages are signed'),
  }),
  lang: z.enum(['en', 'zh']),
  when: z.enum(['immediate', 'hourly', 'daily']),
  at: z.string().optional(),
  zone: z.string(),
  quiet: z.object({ from: z.string(), to: z.string() }).optional(),
  capPerHour: z.int(),
  state: z.enum(['active', 'disabled', 'unsubscribed']),
  reason: z.string().optional().describe('Why it is not active'),
  createdAt: time,
  waiting: z.int().describe('Messages that are not delivered yet'),
  last: z
    .object({ id: z.string(), state: z.enum(deliveryStates), ...tried })
    .nullable()
    .describe('The newest message that was tried'),
})

export const newSubscription = subscriptionDraft

export const subscriptionMade = subscriptionRow.extend({
  newSecret: z
    .string()
    .optional()
    .describe('Made for the receiver to check signatures with; shown this once'),
})
