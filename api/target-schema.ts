import { z } from 'zod'
import { termKinds } from '../core/energy-model.ts'
import { projectionMethods } from '../core/projection.ts'
import { targetKinds } from '../core/target-file.ts'
import { carryForward, name } from './schemas.ts'

/** The shapes of `/targets`; as in `schemas.ts`, `null` means undefined and stands beside a `reason`. */

export const verdicts = ['on-track', 'at-risk', 'off-track', 'insufficient-data'] as const

const confidence = z.enum(['high', 'medium', 'low']).nullable()
const band = {
  low: z.number().nullable().describe('Nine years in ten end above this; null where no band can be told'),
  high: z.number().nullable().describe('Nine years in ten end below this'),
}

const modelDetail = z
  .object({
    adjustedR2: z.number(),
    nmbe: z.number().describe('Net mean bias error, as a share of the mean'),
    weatherYears: z.int().describe('Earlier years that make the weather taken as normal'),
    trials: z
      .object({ count: z.int(), error: z.number(), sameMonthsError: z.number() })
      .nullable()
      .describe('Root mean square errors on months that were held out, as shares of those months'),
    sites: z
      .array(
        z.object({
          site: z.string(),
          grain: z.enum(['day', 'month']).nullable(),
          points: z.int(),
          r2: z.number().nullable(),
          cvRmse: z.number().nullable(),
          reason: z.string().nullable().describe('Why this site goes by the same months of last year'),
          terms: z
            .array(
              z.object({
                kind: z.enum(termKinds),
                balanceC: z.number().nullable().describe('Balance point of heating or cooling, degC'),
                coefficient: z.number(),
                unit: z.string(),
                t: z.number().describe('Coefficient / standard error'),
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
  })
  .describe('Of the regression on degree days and weekdays')

const projection = z.object({
  method: z.enum(projectionMethods),
  projected: z.number().nullable(),
  ...band,
  confidence,
  chosen: z.boolean().describe('The one that the verdict rests on'),
  reason: z.string().optional().describe('Why it was chosen, or not'),
  model: z
    .object({
      r2: z.number().describe('Coefficient of determination'),
      cvRmse: z.number().describe('Coefficient of variation of the root mean square error'),
      points: z.int().describe('How many points it was fitted to'),
      detail: modelDetail.optional(),
    })
    .optional()
    .describe('Of a method that was fitted: how well it fits'),
})

const adjustment = z.object({
  kind: z.enum(['floor-area', 'employees', 'static-factor']),
  what: name.optional(),
  from: z.string().optional(),
  before: z.number().optional().describe('In the year of the baseline'),
  after: z.number().optional().describe('In the year that is judged'),
  effect: z
    .number()
    .nullable()
    .describe("What it adds to the baseline, in the target's unit; null where no effect is stated"),
})

const foundChange = z.object({
  kind: z.enum(['floor-area', 'employees', 'meter-added', 'meter-removed', 'site-added']),
  id: z.string().describe('The scope, meter or site'),
  from: z.string().optional().describe('The day since when a meter or site is there, or no longer'),
  before: z.number().optional(),
  after: z.number().optional(),
  change: z.number().optional().describe('As a share of what it was: 0.1 is a tenth more'),
})

export const targetRow = z.object({
  id: z.string(),
  name,
  indicator: z.string(),
  scope: z.string(),
  scopeName: name,
  source: z.string().nullable(),
  kind: z.enum(targetKinds),
  year: z.int(),
  unit: z.string(),
  baseline: z
    .number()
    .nullable()
    .describe('What the path begins at, adjusted to the year; null of a target without one'),
  baselineOf: z
    .object({
      year: z.int(),
      proxy: z.boolean().describe('Published for another boundary'),
      source: z.string().nullable(),
    })
    .nullable(),
  baselineStated: z.number().nullable().describe('The baseline before it was adjusted'),
  adjustments: z
    .array(adjustment)
    .describe('What the baseline is adjusted for, and changes without an effect'),
  changes: z
    .array(foundChange)
    .describe(
      'What was found to have changed since the baseline year, or else the year before, by more than 5 %',
    ),
  from: z.int().nullable().describe('Cumulative: the first year that counts'),
  by: z.int().nullable(),
  limit: z.number().nullable().describe('What must be met in the target year'),
  pathValue: z.number().nullable().describe('Where the path to the limit stands at the end of this year'),
  pace: z
    .number()
    .nullable()
    .describe('Of what is held by its pace: what should be there by the last day that is entered'),
  actual: z.number().nullable().describe('Measured so far in this year; cumulative: since the first year'),
  projected: z
    .number()
    .nullable()
    .describe('What the whole year comes to; cumulative: all the years together'),
  ...band,
  confidence,
  method: z
    .enum(projectionMethods)
    .nullable()
    .describe('How `projected` was reached; straight-line is of low confidence'),
  projections: z.array(projection).describe('By every method that there is data for'),
  verdict: z.enum(verdicts),
  progress: z
    .number()
    .nullable()
    .describe('With a baseline: share of the way from it to the limit. Else: projected / limit'),
  coverage: z.number().describe('Over the complete months that the verdict rests on'),
  estimated: z.number(),
  monthsComplete: z.int(),
  allowanceRest: z
    .number()
    .nullable()
    .describe(
      "Where less is wanted: how much of the numerator may still be used this year, in the numerator's unit; negative when exceeded",
    ),
  allowancePerMonth: z.number().nullable().describe('`allowanceRest` by the months that are left'),
  allowanceUnit: z.string().nullable(),
  neededRest: z
    .number()
    .nullable()
    .describe(
      'Of a share: what the rest of the year must come to; above 1 it cannot. Where more is wanted: how much is still lacking this year, of a cumulative target until its end',
    ),
  neededPerMonth: z.number().nullable().describe('Of an amount: `neededRest` by the months that are left'),
  neededUnit: z.string().nullable(),
  warnings: z.array(z.string()),
  carryForward,
  reason: z.string().optional(),
  path: z.array(
    z.object({
      year: z.int(),
      pathValue: z.number(),
      actual: z.number().nullable(),
      partial: z.literal(true).optional(),
    }),
  ),
})

const driverPart = z.object({
  kind: z.enum(['site', 'meter', 'entry', 'denominator', 'remainder']),
  id: z
    .string()
    .describe(
      'Of a site its scope, or that of a boundary that something is entered for; a meter; what is entered; what it is divided by; of a remainder the meter, utility or quantity that it is of',
    ),
  name,
  change: z
    .number()
    .nullable()
    .describe('What it adds to the change, in its unit; null where it is not known'),
  share: z.number().nullable().describe('Of the change: 0..1, and beyond where others work against it'),
  reason: z.string().optional(),
  get parts() {
    return z.array(driverPart).optional()
  },
})

const drivers = z.object({
  against: z.enum(['path', 'last-year']),
  unit: z.string(),
  value: z.number().nullable(),
  reference: z.number().nullable().describe('What the value is held against'),
  total: z.number().nullable().describe('value - reference, which the parts add up to'),
  span: z.object({ from: z.string(), to: z.string() }).describe('Local days, `to` exclusive'),
  parts: z.array(driverPart),
  reason: z.string().optional(),
})

export const targetDetail = targetRow.extend({
  previous: z
    .object({ year: z.int(), value: z.number().nullable() })
    .describe('The figure of the year before'),
  drivers: z.array(drivers).describe('What drives the miss: against the path, and against last year'),
  monthsUnit: z.string().describe('Of `value` and the courses: of a share its own, else the numerator’s'),
  months: z
    .array(
      z.object({
        month: z.string(),
        value: z.number().nullable(),
        cumulative: z.number().nullable().describe('Since January; of a share the one since January'),
        pathCumulative: z.number().nullable().describe('What the path allows, or wants, up to its end'),
        projectedCumulative: z.number().nullable(),
        ...band,
        partial: z.boolean(),
      }),
    )
    .describe('The course of the year: of a share the share, else the numerator'),
})
