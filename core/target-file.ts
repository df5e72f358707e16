import { z } from 'zod'
import { localDay } from './calendar.ts'

/** The schema of `targets.yaml`. */

const year = z.int().min(1990).max(2100)
const words = z.strictObject({ en: z.string().min(1), zh: z.string().min(1).optional() })
const name = z.union([z.string().min(1), words])

const change = {
  from: z
    .string()
    .refine((text) => localDay(text) !== undefined, { error: 'a local date as YYYY-MM-DD' })
    .describe('Since when it holds: a local date, YYYY-MM-DD'),
  what: z.union([z.string().min(1), words]).describe('What has changed that is no matter of saving'),
}
/** Of a target without a baseline it is recorded and changes no figure. */
const recordedChange = z.strictObject(change)
const weighedChange = z.strictObject({
  ...change,
  effect: z
    .number()
    .optional()
    .describe("What it adds to the baseline, in the numerator's unit a year; left out where it is not known"),
})

const common = {
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, ".", "_" and "-" only'),
  name: name.optional(),
  indicator: z.string().min(1),
  scope: z.string().min(1).describe('site:<id>, area:<site>/<id> or boundary:<id>'),
  source: z.string().optional(),
}
const recorded = { ...common, staticFactors: z.array(recordedChange).default([]) }
const weighed = {
  ...common,
  staticFactors: z.array(weighedChange).default([]).describe('Changes that the baseline is adjusted for'),
  normalise: z
    .enum(['floor-area', 'employees'])
    .optional()
    .describe('Of a total: the baseline grows and shrinks with the floor area or the full-time employees'),
}

const baseline = z.strictObject({
  year,
  value: z.number().positive().optional().describe("Left out: computed from that year's own readings"),
  proxy: z.boolean().default(false).describe('The value was published for another boundary'),
  source: z.string().optional(),
})
const shareBaseline = z.strictObject({ ...baseline.shape, value: z.number().min(0).max(1).optional() })

const reduction = z.strictObject({
  ...weighed,
  kind: z.literal('reduction'),
  baseline,
  by: year,
  reduction: z.number().gt(0).max(1).describe('Share of the baseline: 0.05 is five per cent less'),
})
const absolute = z
  .strictObject({
    ...weighed,
    kind: z.literal('absolute'),
    baseline,
    by: year,
    to: z.number().min(0).lt(1).optional().describe('Share of the baseline that is left: 0.3 is 30 %'),
    limit: z.number().nonnegative().optional().describe('Or what is left, in the unit of the indicator'),
  })
  .refine(({ to, limit }) => (to === undefined) !== (limit === undefined), {
    error: 'needs either to, a share of the baseline, or limit, an amount',
  })
const ceiling = z.strictObject({
  ...recorded,
  kind: z.literal('ceiling'),
  limit: z.number().positive(),
  by: year.optional(),
})
const floor = z.strictObject({
  ...recorded,
  kind: z.literal('floor'),
  limit: z.number().positive(),
  by: year.optional(),
})
const cumulative = z
  .strictObject({
    ...recorded,
    kind: z.literal('cumulative'),
    from: year.describe('The first year that counts'),
    by: year.describe('The last one'),
    amount: z.number().positive().describe('At least so much in all the years together'),
  })
  .refine(({ from, by }) => from <= by, { error: 'from is after by', path: ['from'] })
const share = z.strictObject({
  ...recorded,
  kind: z.literal('share'),
  limit: z.number().gt(0).max(1).describe('The share to be reached: 1 is all of it'),
  by: year,
  baseline: shareBaseline
    .optional()
    .describe('Where the path to the limit begins; without it every year is held against the limit'),
})

export const targetsSchema = z.strictObject({
  targets: z
    .array(z.discriminatedUnion('kind', [reduction, absolute, ceiling, floor, cumulative, share]))
    .refine((list) => new Set(list.map((target) => target.id)).size === list.length, {
      error: 'two targets with the same id',
    }),
})

export type Target = z.infer<typeof targetsSchema>['targets'][number]
export type TargetOf<Kind extends Target['kind']> = Extract<Target, { kind: Kind }>
export const targetKinds = ['reduction', 'absolute', 'ceiling', 'floor', 'cumulative', 'share'] as const

/** The baseline that a target states; undefined of a target without one. */
export function baselineOf(target: Target) {
  return 'baseline' in target ? target.baseline : undefined
}
