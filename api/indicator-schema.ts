import { z } from 'zod'
import { name } from './schemas.ts'

/** The shapes of `/indicators`. */

export const indicatorRow = z.object({
  id: z.string(),
  name,
  unit: z.string(),
  numerator: z.string().describe('The quantity above the line; see `quantities`'),
  denominator: z
    .object({
      id: z.string(),
      name,
      from: z
        .enum(['quantities', 'organisation.yaml'])
        .describe('A quantity of its own, or what is stated of sites and may be entered'),
    })
    .nullable(),
  scale: z.number().describe('From numerator / denominator to the unit'),
  how: name.describe('How it is made'),
  undefinedWhere: z.array(name).describe('What makes it null'),
  standard: z.string().nullable().describe('With its edition'),
  dataCentresOnly: z.boolean().describe('Of a boundary, of its sites of the kind data-center alone'),
  grains: z.array(z.enum(['day', 'month', 'year'])),
  coverageNeeded: z.number().describe('It is null below this coverage, 0..1'),
  scopes: z
    .array(z.string())
    .describe('Sites, areas and boundaries where it is metered or entered; elsewhere it is undefined'),
})

export const quantityRow = z.object({
  id: z.string(),
  name,
  unit: z.string(),
  kind: z
    .enum(['meters', 'sum', 'entered', 'derived'])
    .describe('meters: or what is entered in their place; derived: by a rule of its own'),
  how: name,
  parts: z
    .array(z.object({ id: z.string(), weight: z.number().nullable().describe('Null of a derived one') }))
    .describe('Quantities that it is made of'),
  entered: z.string().nullable().describe('What can be entered in its place'),
  everySite: z
    .boolean()
    .describe(
      'A total is not known while a site has nothing that gives it; else having none means using none',
    ),
})

export const indicatorsAnswer = z.object({
  rows: z.array(indicatorRow),
  next: z.null(),
  quantities: z.array(quantityRow).describe('All that the indicators are made of, each once'),
})
