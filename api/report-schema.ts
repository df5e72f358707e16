import { z } from 'zod'
import { qualities } from '../core/quality.ts'

/** The shape of the annual report as JSON; `reports/encode/json.ts` makes it. */

const named = z.object({ id: z.string(), name: z.string() })

const cell = z.object({
  year: z.number(),
  value: z.number().nullable().describe('Unrounded; null with `reason`'),
  shown: z.string().nullable().describe('Rounded half up as the table shows it, a share in percent'),
  reason: z.string().optional(),
  coverage: z.number().nullable().describe('0..1; null of what is stated and not metered'),
  estimated: z.number().nullable().describe('Share of the value, 0..1'),
  quality: z.enum(qualities).nullable(),
  notes: z.array(z.string()),
  partial: z.literal(true).optional().describe('The year still runs'),
  carriedForward: z.literal(true).optional().describe('It rests on a factor of an earlier time'),
  published: z
    .object({ value: z.number(), publication: z.string(), shown: z.string().nullable() })
    .optional()
    .describe('What was published of it'),
})

const row = z.object({
  id: z.string(),
  indicator: z.string(),
  shows: z
    .enum(['value', 'percent', 'denominator'])
    .describe('What it shows of its indicator: the value, a share in percent, or what is divided by'),
  name: z.string(),
  unit: z.string().describe('Of `value`; a share is in "1"'),
  unitText: z.string().describe('Of `shown`, in the language of the report'),
  standards: z.object({
    hkex: z.array(z.string()),
    gri: z.array(z.string()),
    iso: z.array(z.string()),
  }),
  method: z.string(),
  cells: z.array(cell).describe('In the order of `years`'),
})

const factor = z.object({
  key: z.string(),
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  source: z.string(),
  published: z.string().nullable(),
  edition: z.string().nullable(),
  carriedForward: z.boolean(),
})

export const reportAnswer = z.object({
  organisation: named,
  boundary: named,
  lang: z.enum(['en', 'zh']),
  asOf: z.string().describe('RFC 3339, UTC'),
  years: z.array(z.number()).describe('Newest first'),
  sections: z.array(named.extend({ rows: z.array(row) })),
  factors: z.array(factor),
})
