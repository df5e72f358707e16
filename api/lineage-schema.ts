import { z } from 'zod'
import { qualities } from '../core/quality.ts'
import { name } from './schemas.ts'

/** What `GET /lineage` answers with. */

const factorUse = z.object({
  key: z.string(),
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  from: z.string().describe('First local day on which it holds'),
  to: z.string().nullable().describe('Last local day; null where it holds on'),
  source: z.string(),
  published: z.string().nullable(),
  edition: z.string().nullable(),
  carriedForward: z.boolean().describe('Used beyond its last day, as factors.yaml allows'),
})

const statement = z.object({
  name: name.nullable().describe('Of the area, where it is one of several'),
  from: z.string(),
  to: z.string().nullable().describe('Last local day; null where it holds on'),
  value: z.number(),
  unit: z.string(),
})

const entry = z.object({
  id: z.string(),
  scope: z.string(),
  quantity: z.string(),
  kind: z.string(),
  item: z.string(),
  period: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  source: z.string(),
  note: z.string(),
  by: z.string(),
  enteredAt: z.iso.datetime({ offset: true }),
})

const known = {
  coverage: z.number(),
  estimated: z.number().describe('Share of the value, 0..1'),
  quality: z.enum(qualities).nullable().describe('Null of what is stated and neither metered nor entered'),
  partial: z.literal(true).optional().describe('The period still runs'),
  reason: z.string().optional(),
  notes: z.array(z.string()),
  factors: z.array(factorUse).describe('Every factor that went into it, once'),
}

const part = z.object({
  of: z
    .enum(['quantity', 'scope', 'period', 'meter', 'entry', 'stated'])
    .describe('What it is an amount of; `stated`: what organisation.yaml says'),
  id: z.string().describe('Of the quantity, scope, meter or entry; the label of the period'),
  name: name.nullable(),
  node: z.string().describe('Pass it as `node` to go on from here'),
  period: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  state: z
    .enum(['known', 'unknown', 'absent', 'unused', 'not-begun'])
    .describe(
      '`unknown`: there should be a value; `absent`: nothing gives one; `unused`: its meters were not in use',
    ),
  weight: z.number().describe('By what it enters the sum above it: -1 of an export'),
  share: z.number().nullable().describe('weight × value, of the value above it'),
  ...known,
  raw: z
    .object({ value: z.number(), unit: z.string() })
    .optional()
    .describe('Before the factor: what the meter showed, or what was entered'),
  entry: entry.optional().describe('Who entered it, when, and from what'),
  statements: z.array(statement).optional().describe('What is stated with its dates, where it is stated'),
  links: z
    .object({
      consumption: z.string().describe('Its consumption in the next finer grain'),
      readings: z.string(),
    })
    .optional()
    .describe('Of a meter: where it goes on'),
  partCount: z.int().describe('How many parts there are; `parts` is empty below the depth asked for'),
  left: z.int().describe('Parts that are left out: nothing gives them, or they were not in use'),
})

export type LineageNode = z.infer<typeof part> & { parts: LineageNode[] }

export const lineageNode: z.ZodType<LineageNode> = part
  .extend({ parts: z.lazy(() => z.array(lineageNode)) })
  .meta({ id: 'LineageNode' })

export const lineageAnswer = z.object({
  indicator: z.string(),
  name,
  scope: z.string(),
  scopeName: name,
  period: z.string(),
  asOf: z.iso.datetime({ offset: true }),
  unit: z.string(),
  value: z.number().nullable(),
  scale: z.number().describe('value = numerator / denominator × scale'),
  standard: z.string().nullable(),
  ...known,
  numerator: lineageNode,
  denominator: lineageNode.nullable(),
  at: lineageNode.optional().describe('The branch that `node` names'),
})
