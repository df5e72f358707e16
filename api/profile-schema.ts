import { z } from 'zod'
import { dayClasses, shifts } from '../core/typical-day.ts'
import { time } from './schemas.ts'

const amount = z.number().nullable()
const reason = z.string().optional().describe('Why a figure is null')

export const profileAnswer = z.object({
  scope: z.string(),
  utility: z.string(),
  unit: z.string().describe('Of `mean`, `low`, `high` and of the amounts of shifts'),
  zone: z.string().describe('Whose clocks the hours are by'),
  from: time,
  to: time,
  rows: z
    .array(
      z.object({
        days: z.enum(dayClasses).describe('Monday to Friday, or the weekend'),
        hour: z.int().min(0).max(23).describe('By the local clock'),
        mean: amount,
        low: amount.describe('10th percentile'),
        high: amount.describe('90th percentile'),
        count: z.int().describe('How many days it rests on'),
        reason,
      }),
    )
    .describe('24 of workdays, then 24 of days of rest'),
  baseLoad: z
    .object({
      value: amount,
      unit: z.string().describe('kW for energy, m3/h for volumes'),
      share: amount.describe('Of the mean load'),
      days: z.int().describe('How many days it rests on'),
      reason,
    })
    .describe("What runs when nobody needs it: the median of each day's third lowest hour"),
  peak: z
    .object({
      value: amount,
      unit: z.string(),
      at: time.nullable().describe('When that hour began; the first of several'),
      reason,
    })
    .describe('The highest hour'),
  shifts: z
    .array(
      z.object({
        shift: z.enum(shifts.map(({ shift }) => shift)),
        from: z.int().describe('The hour that it begins at, by the local clock'),
        to: z.int(),
        amount: amount.describe('On a typical workday, in `unit`'),
        share: amount.describe('Of the whole workday'),
        mean: amount.describe('Mean load, in the unit of `baseLoad`'),
        reason,
      }),
    )
    .describe('How the shifts share a typical workday'),
})
