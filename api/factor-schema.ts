import { z } from 'zod'
import { factorKinds } from '../core/factor-file.ts'
import { name } from './schemas.ts'

/** The shapes of `/factors`. */

const value = z.object({
  key: z.string().describe('As figures name it: kind, what it is of, for where, and from when'),
  value: z.number(),
  unit: z.string(),
  from: z.string().describe('First local day on which it holds'),
  to: z.string().nullable().describe('Last local day; null where it holds on'),
  own: z.boolean().describe('Stated in factors.yaml, and so before what comes with the program'),
  now: z.boolean().describe('It is the one that counts today'),
  overruled: z.boolean().describe('factors.yaml states another one from its first day, or from before'),
  carryForward: z.boolean().describe('It may be used after its last day, until a later one begins'),
  gases: z.array(z.string()),
  source: z.string(),
  published: z.string().describe('When the source was'),
  edition: z.string().nullable(),
  usedBy: z
    .array(z.string())
    .describe('Scopes of which a meter or an entry is counted by it on days that it holds for'),
})

export const factorSeriesRow = z.object({
  key: z.string().describe('Kind, what it is of, and for where'),
  kind: z.enum(factorKinds),
  of: z.string().describe('A utility, electricity-residual, or a gas'),
  place: z
    .string()
    .describe('site:, region:, industry: or country: with a name; international for everywhere'),
  name,
  now: z
    .object({
      key: z.string(),
      value: z.number(),
      unit: z.string(),
      carriedForward: z.boolean().describe('Used beyond its last day, as factors.yaml allows'),
      since: z
        .string()
        .describe('First local day on which it counts; of one carried forward, on which it is'),
    })
    .nullable()
    .describe('What counts today, in the zone of the organisation; null with a reason where nothing does'),
  reason: z.string().optional(),
  usedBy: z.array(z.string()).describe('Scopes to which any of its values applies'),
  values: z.array(value).describe('In order of their first days'),
})

export const factorsAnswer = z.object({
  rows: z.array(factorSeriesRow),
  next: z.null(),
  assessmentReport: z.string().describe('Whose warming potentials are used'),
})
