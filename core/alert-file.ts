import { z } from 'zod'
import { severities } from './alert.ts'
import { durationMs, utilities } from './organisation.ts'

/** The schema of `alerts.yaml`. What a rule leaves out is as of the rule with its id that comes with the program, or as usual for its kind. */

export const ruleKinds = [
  'target-verdict',
  'consumption-band',
  'night-flow',
  'base-load',
  'peak-demand',
  'indicator-limit',
  'unmetered-remainder',
  'meter-silent',
  'meter-stuck',
  'meter-resets',
  'factor-missing',
  'spool-filling',
  'clock-off',
] as const
export type RuleKind = (typeof ruleKinds)[number]

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, ".", "_" and "-" only')

const duration = z
  .string()
  .refine((text) => durationMs(text) !== undefined, {
    error: 'an ISO 8601 duration such as PT15M, PT3H or P1D',
  })
  .transform((text) => durationMs(text) as number)

const scope = z.strictObject({
  sites: z.array(id).min(1).optional(),
  utilities: z.array(z.enum(utilities)).min(1).optional(),
  meters: z.array(id).min(1).optional(),
})

const rule = z.strictObject({
  id: id.describe('Of a rule that comes with the program, or of one more'),
  kind: z.enum(ruleKinds).optional().describe('What it looks at; needed of a rule of your own'),
  enabled: z.boolean().optional().describe('false: the rule is off'),
  severity: z.enum(severities).optional(),
  for: duration.optional().describe('So long it must be wrong before it fires, such as PT3H'),
  clearFor: duration.optional().describe('So long it must be right before it counts as over'),
  repeat: duration.optional().describe('While nobody acknowledges it, told again so often; PT0S: never'),
  of: scope.optional().describe('Only these; what is left out holds for all'),
  above: z.number().optional().describe('Wrong above this; what it counts hangs on the kind'),
  below: z.number().optional().describe('Of an indicator: wrong below this'),
  clear: z.number().optional().describe('Right again on the other side of this'),
  indicator: z.string().min(1).optional().describe('Of `indicator-limit`'),
  over: z.enum(['day', 'month', 'year']).optional().describe('The span that an indicator is taken over'),
  verdict: z.enum(['at-risk', 'off-track']).optional().describe('Of `target-verdict`'),
  targets: z.array(id).min(1).optional().describe('Of `target-verdict`: only these'),
  within: duration.optional().describe('Of `meter-resets`: the span that they are counted in'),
})

const contract = z.strictObject({
  meter: id.describe('Meters of one contract are summed: give the first, and the others in `with`'),
  with: z.array(id).default([]),
  kW: z.number().positive().describe('The highest mean of a quarter hour that the contract allows'),
})

export const alertsSchema = z.strictObject({
  rules: z
    .array(rule)
    .default([])
    .refine((list) => new Set(list.map((one) => one.id)).size === list.length, {
      error: 'two rules with the same id',
    }),
  contracts: z.array(contract).default([]).describe('What `peak-demand` is held against'),
  flapping: z
    .strictObject({
      changes: z.int().min(2).default(4).describe('So many times begun or ended'),
      within: duration.default(86_400_000).describe('in this span: it is flapping,'),
      quiet: duration.default(86_400_000).describe('and over only when it was right for so long'),
    })
    .default({ changes: 4, within: 86_400_000, quiet: 86_400_000 }),
})

export type AlertsFile = z.infer<typeof alertsSchema>
export type StatedRule = AlertsFile['rules'][number]
export type Contract = AlertsFile['contracts'][number]
