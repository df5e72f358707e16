import { z } from 'zod'
import { alertStatuses, severities } from '../core/alert.ts'
import { name, time } from './schemas.ts'

/** The shapes of alerts and of pauses. */

const beyond = z
  .number()
  .nullable()
  .optional()
  .describe('Beyond what was to be expected, since it began; null where it cannot be told')

const step = z.array(z.number().nullable())

export const alertRow = z.object({
  id: z.string(),
  rule: z.string(),
  ruleName: name,
  kind: z.string(),
  severity: z.enum(severities),
  status: z
    .enum(alertStatuses)
    .describe('`pending`: it may pass by itself, and nobody was told; `acknowledged`: somebody sees to it'),
  subject: z.string().describe('A scope, `target:<id>` or `installation`'),
  subjectName: name,
  site: z.string().nullable().describe('Null where it concerns several or none'),
  siteName: name.nullable(),
  utility: z.string().nullable(),
  since: time.describe('When what is wrong began'),
  firedAt: time.nullable(),
  resolvedAt: time.nullable(),
  acknowledged: z.object({ by: z.string(), note: z.string(), at: time }).nullable(),
  flapping: z.boolean().describe('It came and went so often that it is taken as one that lasts'),
  summary: name,
  advice: name.describe('What to look at first'),
  value: z.number().nullable(),
  limit: z.number().nullable(),
  unit: z.string().describe('`1` of a share, empty of a count and of a ratio such as PUE'),
  cost: z.object({ kWh: beyond, m3: beyond, tCO2e: beyond }),
  silenced: z
    .object({ id: z.string(), to: time })
    .nullable()
    .describe('The silence that keeps notices of it back now; of several the one that ends last'),
})

export const alertAnswer = alertRow.extend({
  course: z
    .object({
      unit: z.string(),
      from: time.describe('Start of the first step'),
      stepMs: z.number(),
      values: step,
      low: step.optional(),
      high: step.optional(),
    })
    .nullable()
    .describe('How it went, in equal steps, with the band it was expected in'),
})

export const acknowledgement = z.strictObject({
  by: z.string().trim().min(1).max(200).describe('Who sees to it'),
  note: z.string().max(2000).default(''),
})

const some = (what: string) => z.array(z.string().min(1)).max(1000).optional().describe(what)

/** What a pause holds for. */
const pauseOf = z.strictObject({
  sites: some('Of these sites; of all where left out'),
  meters: some('Of these meters'),
  rules: some('Of these rules'),
  alerts: some('Of these alerts'),
})

const kind = z
  .enum(['silence', 'planned-outage'])
  .describe('`silence`: nobody is told; `planned-outage`: no meter counts as silent')

export const newPause = z.strictObject({
  kind,
  of: pauseOf.describe('What it holds for; of several fields all must fit'),
  from: z.string().optional().describe('RFC 3339 with a zone; now where left out'),
  to: z.string().describe('RFC 3339 with a zone, exclusive'),
  by: z.string().trim().min(1).max(200),
  note: z.string().max(2000).default(''),
})

export const pauseRow = z.object({
  id: z.string(),
  kind,
  of: pauseOf,
  from: time,
  to: time,
  by: z.string(),
  note: z.string(),
  enteredAt: time,
  state: z.enum(['to-come', 'in-force', 'over']),
})

export const ruleRow = z.object({
  id: z.string(),
  name,
  kind: z.string().describe('What it looks at'),
  severity: z.enum(severities),
})
