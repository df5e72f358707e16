import { z } from 'zod'
import { PERIOD_FORMS } from '../core/entry-period.ts'
import { entryQuantities } from '../core/entry-quantities.ts'
import { savingQuantities } from '../core/savings.ts'

/** The shapes of entries, of files of them, and of the savings ledger. Units stand beside their values. */

const time = z.iso.datetime({ offset: true })
const text = (most: number) => z.string().trim().max(most)

const scope = z.string().min(1).describe('site:<id>, area:<site>/<id> or boundary:<id>')
const period = z
  .string()
  .describe(`A local year, month or day of the scope that has begun: ${PERIOD_FORMS.join(', ')}`)
const source = text(500).min(1).describe('Where the figure comes from: an invoice, a report and its page')
const note = text(2000).default('')
const by = text(200).default('').describe('Who says so')

export const newEntry = z.strictObject({
  scope,
  quantity: z
    .string()
    .min(1)
    .describe(`One of: ${Object.keys(entryQuantities).join(', ')}. Those of the ledger go to /savings`),
  kind: text(100)
    .default('')
    .describe('A part of the quantity: a gas, a kind of waste, or `gender:female`; empty for the whole'),
  item: text(200).default('').describe('Tells apart several of the same kind and period, such as an invoice'),
  period,
  value: z.number().nonnegative(),
  unit: text(30).min(1),
  source,
  note,
  by,
})

const saving = z.object({
  measure: z.string(),
  method: z.enum(['metered', 'estimated']),
  baseline: z.number().describe("What would have been used without the measure, in the entry's unit"),
  factor: z.string().describe('What the estimate multiplies; empty where metered'),
})

export const entryRow = z.object({
  id: z.string(),
  scope: z.string(),
  quantity: z.string(),
  kind: z.string(),
  item: z.string(),
  period: z.string(),
  value: z.number().nullable().describe('Null of a row that takes back what stood before'),
  unit: z.string(),
  source: z.string(),
  note: z.string(),
  by: z.string(),
  enteredAt: time,
  saving: saving.optional().describe('Of quantities of the savings ledger'),
  version: z.int().describe('1, 2, … of the same scope, quantity, kind, item and period'),
  supersedes: z.string().nullable().describe('The version before'),
  supersededBy: z.string().nullable().describe('The version after'),
  inForce: z.boolean().describe('It is what counts now'),
  withdrawn: z.boolean().describe('It takes back what stood before, and has no value'),
})

export const consistencyWarning = z.object({
  code: z.enum(['parts-differ', 'kinds-differ', 'months-differ', 'sites-differ', 'year-jump', 'magnitude']),
  scope: z.string(),
  quantity: z.string(),
  kind: z.string(),
  period: z.string(),
  unit: z.string(),
  expected: z
    .number()
    .describe('What its parts come to; of a jump or a wrong order of magnitude the other year'),
  found: z.number(),
  message: z.string(),
  entries: z.array(z.string()).readonly().describe('Ids of the entries that it is about'),
})

export const enteredRow = entryRow.extend({
  warnings: z
    .array(consistencyWarning)
    .describe('What it does not fit together with; it was entered all the same'),
})

const rowProblem = z.object({
  row: z.int().describe('As a spreadsheet numbers them: the header is row 1'),
  column: z.string(),
  value: z.string(),
  message: z.string(),
  accepted: z.array(z.string()).readonly().optional(),
})

export const importAnswer = z.object({
  dryRun: z.boolean(),
  rows: z.int().describe('Rows of the file, without the header and empty ones'),
  accepted: z.int().describe('Rows without a problem'),
  entered: z.int().describe('Rows that were entered; 0 of a dry run'),
  unchanged: z.int().describe('Rows that say what is in force already'),
  problems: z.array(rowProblem).readonly().describe('In order of rows, the first thousand'),
  warnings: z.array(
    consistencyWarning
      .omit({ entries: true })
      .extend({ rows: z.array(z.int()).describe('Rows of the file that it is about') }),
  ),
})

const amount = z.strictObject({ value: z.number().nonnegative(), unit: z.string().min(1) })

export const newSaving = z.strictObject({
  measure: text(200).min(1).describe('What was done, such as "screens off at night"'),
  scope,
  period,
  method: z.enum(['metered', 'estimated']),
  baseline: z
    .strictObject({
      energy: z.number().nonnegative().optional().describe('In the unit of energySaved'),
      water: z.number().nonnegative().optional().describe('In the unit of waterSaved'),
      load: z.number().nonnegative().optional().describe('In the unit of loadShifted'),
    })
    .describe('What would have been used without the measure; one for each that is stated'),
  factor: text(500)
    .default('')
    .describe('Needed where estimated: what was multiplied, such as "62 screens x 0.25 kW x 9 h"'),
  energySaved: amount.optional(),
  waterSaved: amount.optional(),
  loadShifted: amount.optional().describe('Moved to other hours: it saves nothing, and is listed apart'),
  source,
  note,
  by,
})

export const savingRow = entryRow.extend({ quantity: z.enum(savingQuantities), saving })

const saved = z
  .object({ unit: z.string(), metered: z.number(), estimated: z.number(), total: z.number() })
  .nullable()
  .describe('Null where nothing was entered')

export const savingsAnswer = z.object({
  rows: z.array(savingRow).describe('In force, in order of entry'),
  totals: z.array(
    z.object({
      year: z.int(),
      energySaved: saved,
      waterSaved: saved,
      loadShifted: saved.describe('Counts as no saving. Null where nothing was entered'),
    }),
  ),
})
