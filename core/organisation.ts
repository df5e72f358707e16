import { z } from 'zod'
import { localDay } from './calendar.ts'
import { unitNamed, unitSymbols } from './quantity.ts'

/** The schema of `organisation.yaml`; what the fields mean stands in their descriptions. */

const id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'letters, digits, ".", "_" and "-" only, beginning with a letter or digit',
  )
  .max(64)

const name = z
  .union([z.string().min(1), z.strictObject({ en: z.string().min(1), zh: z.string().min(1).optional() })])
  .describe('A name, or one in each language')

const zone = z
  .string()
  .refine(isZone, { error: (i) => `"${i.input}" is not an IANA time zone such as Asia/Shanghai` })
  .describe('IANA time zone, such as Asia/Shanghai')

const date = z
  .string()
  .refine((text) => localDay(text) !== undefined, { error: 'a local date as YYYY-MM-DD' })
  .describe('Local date, YYYY-MM-DD')

const unit = z
  .string()
  .refine((text) => unitNamed(text) !== undefined, {
    error: (i) => `"${i.input}" is not a known unit; known are ${unitSymbols.join(', ')}`,
  })
  .transform((text) => unitNamed(text) as string)

const positive = z.number().positive()

export const utilities = [
  'electricity',
  'heat',
  'natural-gas',
  'diesel',
  'petrol',
  'chilled-water',
  'tap-water',
  'reclaimed-water',
  'rainwater',
  'wastewater',
] as const
export type Utility = (typeof utilities)[number]

/** What a meter can measure: a utility, or what utilities answer to. */
export const measurands = [...utilities, 'outdoor-temperature'] as const
export type Measurand = (typeof measurands)[number]

/** What energy and water are used for. */
export const uses = [
  'it',
  'cooling',
  'ups',
  'lighting',
  'hvac',
  'process',
  'canteen',
  'domestic-hot-water',
  'ev-charging',
  'other',
] as const
export type Use = (typeof uses)[number]

const register = z
  .strictObject({
    unit,
    digits: z
      .int()
      .min(3)
      .max(15)
      .optional()
      .describe('Digits of the face; without it a falling register is always a reset'),
    multiplier: positive
      .default(1)
      .describe('What one unit of the face stands for (CT/VT ratio, litres per pulse)'),
  })
  .describe('A face that counts up')

const gauge = z
  .strictObject({
    unit: unit.describe('A unit of power or flow, such as kW or m3/h; of a sensor degC'),
    maxGap: z
      .string()
      .refine((text) => durationMs(text) !== undefined, {
        error: 'an ISO 8601 duration such as PT15M or PT1H',
      })
      .default('PT30M')
      .describe('The longest distance between two readings that is integrated over'),
  })
  .describe('Power or flow at an instant, or a temperature')

const meter = z.strictObject({
  id: id.describe('Unique in the organisation; the third part of its MQTT topic'),
  name: name.optional(),
  utility: z
    .enum(measurands)
    .describe('What it measures; outdoor-temperature is no utility, and has a role of its own'),
  role: z
    .enum(['import', 'export', 'generation', 'submeter', 'virtual', 'sensor'])
    .describe(
      'import, export and generation make up the site; submeters and virtual meters never do. A sensor measures outdoor-temperature',
    ),
  renewable: z.boolean().optional(),
  parent: id.optional().describe('The meter that this submeter hangs on'),
  area: id.optional().describe('The area that this meter supplies'),
  use: z.enum(uses).optional(),
  register: register.optional(),
  gauge: gauge.optional(),
  formula: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe(
      'Of a virtual meter: a sum of meters of its site with constant factors, such as "a + b - 0.5 * c"; a minus stands between spaces',
    ),
  from: date.optional().describe('First local day that it is in use; without it, always'),
  to: date.optional().describe('First local day that it is no longer in use'),
  limitPerHour: positive
    .optional()
    .describe("The physical maximum, in the meter's unit after the multiplier"),
  minimumPerHour: positive.optional().describe('A load that never is zero'),
})

const floorArea = z.strictObject({ from: date, m2: z.number().nonnegative() })
const employees = z
  .strictObject({
    from: date,
    fullTime: z.number().nonnegative().optional(),
    total: z.number().nonnegative().optional(),
  })
  .refine((value) => value.fullTime !== undefined || value.total !== undefined, {
    error: 'needs fullTime or total',
  })
const revenue = z.strictObject({ from: date, to: date, millions: z.number().nonnegative() })

const area = z.strictObject({ id, name: name.optional(), floorArea: dated(floorArea).default([]) })

const site = z.strictObject({
  id,
  name: name.optional(),
  kind: z.enum(['campus', 'office', 'data-center', 'factory', 'store', 'warehouse']),
  zone,
  grid: z.string().min(1).optional().describe('Key of an electricity factor in factors.yaml'),
  pueCategory: z
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .optional()
    .describe(
      'Where meters of the use `it` measure: 1 at the UPS, 2 at the PDU, 3 at the IT equipment (ISO/IEC 30134-2)',
    ),
  freeCooling: z
    .strictObject({
      atMost: positive.describe('kWh of electricity for cooling per kWh for IT, of an hour'),
      source: z.string().min(1).describe('Who says so, or how it was found'),
    })
    .optional()
    .describe(
      'Of a data centre: an hour is one of free cooling where its cooling is at most so much of its IT. Without it, hours of free cooling are not told',
    ),
  areas: z.array(area).default([]),
  employees: dated(employees).default([]),
  revenue: z.array(revenue).default([]),
  meters: z.array(meter).default([]),
})

const boundary = z.strictObject({
  id,
  name: name.optional(),
  sites: z.union([z.literal('all'), z.array(id).min(1)]).describe('"all", or a list of sites'),
})

export const organisationSchema = z.strictObject({
  organisation: z.strictObject({
    id,
    name: name.optional(),
    zone,
    currency: z.string().length(3).optional(),
  }),
  sites: z.array(site).min(1),
  boundaries: z.array(boundary).default([]),
})

export type OrganisationFile = z.infer<typeof organisationSchema>
export type Site = OrganisationFile['sites'][number]
export type Area = Site['areas'][number]
export type Meter = Site['meters'][number]
export type Boundary = OrganisationFile['boundaries'][number]
export type Name = z.infer<typeof name>

/** The unit of a meter's face, power, flow or temperature; undefined for a virtual one. */
export function readingUnitOf(meter: Meter): string | undefined {
  return meter.register?.unit ?? meter.gauge?.unit
}

/** The utilities that something at a site measures. */
export function utilitiesAt({ meters }: Site): Utility[] {
  const there = new Set(meters.map(({ utility }) => utility))
  return utilities.filter((utility) => there.has(utility))
}

/** A name in a language, or the id where there is none. */
export function nameIn(lang: 'en' | 'zh', named: { id: string; name?: Name | undefined }): string {
  if (named.name === undefined) return named.id
  if (typeof named.name === 'string') return named.name
  return lang === 'zh' ? (named.name.zh ?? named.name.en) : named.name.en
}

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds. */
export function durationMs(text: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text)
  if (match === null || text === 'P' || text.endsWith('T')) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

/** A list of values with `from`, put in order; two from the same date are refused. */
function dated<T extends z.ZodType<{ from: string }>>(value: T) {
  return z
    .array(value)
    .refine((list) => new Set(list.map((v) => v.from)).size === list.length, {
      error: 'two values from the same date',
    })
    .transform((list) => list.toSorted((a, b) => (a.from < b.from ? -1 : 1)))
}
