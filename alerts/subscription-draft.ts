import { z } from 'zod'
import { severities } from '../core/alert.ts'
import { Calendar } from '../core/calendar.ts'
import { utilities } from '../core/organisation.ts'

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'It has to be a time of the day such as 07:30, from 00:00 to 23:59.')

const zone = z
  .string()
  .refine(isZone, 'It has to be an IANA time zone such as Asia/Shanghai or Europe/Berlin.')

/** Private addresses are meant: receivers stand beside wattwell more often than not. */
const url = z
  .string()
  .max(2000)
  .refine(isUrl, 'It has to be an address beginning with http:// or https://, without user and password.')

const webhookSecret = z
  .string()
  .regex(
    /^whsec_([A-Za-z0-9+/]{4}){8,22}(?:[A-Za-z0-9+/]{2}(?:==)|[A-Za-z0-9+/]{3}=)?$/,
    'It has to be whsec_ and 24 to 64 bytes in base64; leave it out, and one is made.',
  )

const secret = z.string().trim().min(1).max(200)

const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), address: z.email('It has to be an e-mail address.').max(254) }),
  z.strictObject({ kind: z.literal('webhook'), url, secret: webhookSecret.optional() }),
  z.strictObject({ kind: z.literal('slack'), url }),
  z.strictObject({ kind: z.literal('feishu'), url, secret: secret.optional() }),
  z.strictObject({ kind: z.literal('dingtalk'), url, secret: secret.optional() }),
  z.strictObject({ kind: z.literal('wecom'), url }),
  z.strictObject({ kind: z.literal('mqtt') }),
])

const some = z.array(z.string()).min(1).optional()

/** What somebody sends to subscribe. Whether the sites and rules exist is checked by `unknownIn`. */
export const subscriptionDraft = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    of: z
      .strictObject({
        sites: some,
        utilities: z.array(z.enum(utilities)).min(1).optional(),
        rules: some,
        severity: z.enum(severities).optional().describe('The least; left out: all'),
      })
      .default({}),
    channel,
    lang: z.enum(['en', 'zh']).default('en'),
    when: z.enum(['immediate', 'hourly', 'daily']).default('immediate'),
    at: time.optional().describe('Of a daily digest; 08:00 where left out'),
    zone: zone.optional().describe("Of `at` and `quiet`; the organisation's where left out"),
    quiet: z
      .strictObject({ from: time, to: time })
      .refine(({ from, to }) => from !== to, 'It has to end at another time than it begins.')
      .optional()
      .describe('What is not critical waits for its end'),
    capPerHour: z.int().min(1).max(60).default(12).describe('Messages in an hour at most'),
  })
  .refine(({ at, when }) => at === undefined || when === 'daily', {
    path: ['at'],
    message: 'It is of a daily digest only.',
  })
export type SubscriptionDraft = z.output<typeof subscriptionDraft>

/** What a subscription may name. */
export interface Known {
  readonly sites: readonly string[]
  /** Left out: any may be named. */
  readonly rules?: readonly string[]
}

/** A field that names what there is not, with what there is. */
export interface Unknown {
  readonly field: string
  readonly message: string
  readonly accepted: readonly string[]
}

export function unknownIn({ of }: SubscriptionDraft, known: Known): Unknown[] {
  return (['sites', 'rules'] as const).flatMap((part) =>
    (of[part] ?? []).flatMap((id, i) => {
      const accepted = known[part]
      if (accepted === undefined || accepted.includes(id)) return []
      return [{ field: `of.${part}.${i}`, message: `There is no "${id}".`, accepted }]
    }),
  )
}

function isZone(text: string): boolean {
  try {
    // By an offset a zone has no summer time, and is none.
    return /^[A-Za-z]/.test(text) && new Calendar(text).zone === text
  } catch {
    return false
  }
}

function isUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && `${username}${password}` === ''
}
