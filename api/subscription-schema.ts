import { z } from 'zod'
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

const url = z.url({ protocol: /^https?$/ })
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM, such as 08:00')
const secret = z.string().min(1).max(500).optional()
const list = (what: string) => z.array(z.string().min(1)).min(1).optional().describe(what)

export const newSubscription = z.strictObject({
  name: z.string().trim().min(1).max(200),
  of: z
    .strictObject({
      sites: list('Of these sites; all where left out'),
      utilities: list('Of these utilities'),
      rules: list('Of these rules'),
      severity: z.enum(severities).optional().describe('The least'),
    })
    .default({}),
  channel: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('email'), address: z.email() }),
    z.strictObject({ kind: z.literal('webhook'), url, secret }),
    z.strictObject({ kind: z.literal('slack'), url }),
    z.strictObject({ kind: z.literal('feishu'), url, secret }),
    z.strictObject({ kind: z.literal('dingtalk'), url, secret }),
    z.strictObject({ kind: z.literal('wecom'), url }),
    z.strictObject({ kind: z.literal('mqtt') }),
  ]),
  lang: z.enum(['en', 'zh']).default('en'),
  when: z.enum(['immediate', 'hourly', 'daily']).default('immediate'),
  at: clock.optional().describe('Of a daily digest'),
  zone: z.string().optional().describe("IANA; the organisation's where left out"),
  quiet: z
    .strictObject({ from: clock, to: clock })
    .optional()
    .describe('What is not critical waits for its end'),
  capPerHour: z.int().min(1).max(1000).default(12),
})

export const subscriptionMade = subscriptionRow.extend({
  newSecret: z
    .string()
    .optional()
    .describe('Made for the receiver to check signatures with; shown this once'),
})
