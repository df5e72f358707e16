import { z } from 'zod'

/** The schema of `targets.yaml`. */

const year = z.int().min(1990).max(2100)
const name = z.union([
  z.string().min(1),
  z.strictObject({ en: z.string().min(1), zh: z.string().min(1).optional() }),
])

const common = {
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, ".", "_" and "-" only'),
  name: name.optional(),
  indicator: z.string().min(1),
  scope: z.string().min(1).describe('site:<id>, area:<site>/<id> or boundary:<id>'),
  source: z.string().optional(),
}

const baseline = z.strictObject({
  year,
  value: z.number().positive().optional().describe("Left out: computed from that year's own readings"),
  proxy: z.boolean().default(false).describe('The value was published for another boundary'),
  source: z.string().optional(),
})

const reduction = z.strictObject({
  ...common,
  kind: z.literal('reduction'),
  baseline,
  by: year,
  reduction: z.number().gt(0).max(1).describe('Share of the baseline: 0.05 is five per cent less'),
})
const ceiling = z.strictObject({
  ...common,
  kind: z.literal('ceiling'),
  limit: z.number().positive(),
  by: year.optional(),
})
const floor = z.strictObject({
  ...common,
  kind: z.literal('floor'),
  limit: z.number().positive(),
  by: year.optional(),
})

export const targetsSchema = z.strictObject({
  targets: z
    .array(z.discriminatedUnion('kind', [reduction, ceiling, floor]))
    .refine((list) => new Set(list.map((target) => target.id)).size === list.length, {
      error: 'two targets with the same id',
    }),
})

export type Target = z.infer<typeof targetsSchema>['targets'][number]
