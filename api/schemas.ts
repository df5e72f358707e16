import { z } from 'zod'
import { grains } from '../core/calendar.ts'
import { meterEventKinds } from '../core/meter-event.ts'
import { measurands, utilities } from '../core/organisation.ts'
import { qualities } from '../core/quality.ts'
import { ruleFlags } from '../core/reading-flags.ts'
import { causes, MATERIAL_PERCENT } from '../core/restatement.ts'

/**
 * The shapes that the API answers with. Times are RFC 3339 strings; numbers are unrounded; `null`
 * means undefined and stands beside a `reason`.
 */

export const time = z.iso.datetime({ offset: true })
const quality = z
  .enum(qualities)
  .describe('The worst of its parts; `missing` where a part of what has elapsed has no data')
export const name = z.object({ en: z.string(), zh: z.string() })

/** Every list answers with `rows`, and with `next` where more can follow. */
export function page<T extends z.ZodType>(row: T) {
  return z.object({
    rows: z.array(row),
    next: z.string().nullable().describe('Pass it as `after` for the next page; null on the last one'),
  })
}

export const meterRow = z.object({
  id: z.string(),
  name,
  site: z.string(),
  area: z.string().nullable(),
  utility: z.enum(measurands).describe('What it measures: a utility, or outdoor-temperature'),
  role: z.enum(['import', 'export', 'generation', 'submeter', 'virtual', 'sensor']),
  use: z.string().nullable(),
  parent: z.string().nullable(),
  unit: z.string().describe('Unit of its consumption; of a sensor of its mean'),
  readingUnit: z.string().nullable().describe('Unit of its face, power, flow or temperature'),
  topic: z.string().nullable().describe('Where its readings are published'),
  kind: z.enum(['register', 'gauge', 'virtual']),
  digits: z.int().nullable().describe('Of the face of a register; null where not stated'),
  multiplier: z.number().nullable().describe('What one unit of the face stands for; of a register only'),
  maxGap: z
    .string()
    .nullable()
    .describe('The longest distance between two readings that is integrated over, ISO 8601; of a gauge only'),
  formula: z.string().nullable().describe('Of a virtual meter: a sum of meters of its site'),
  limitPerHour: z.number().nullable().describe('The physical maximum, in `unit`; null where not stated'),
  minimumPerHour: z
    .number()
    .nullable()
    .describe('A load that never is zero, in `unit`; null where not stated'),
  from: z.string().nullable().describe('First local day that it is in use; null for always'),
  to: z.string().nullable().describe('First local day that it is no longer in use; null for never'),
  state: z.enum(['live', 'late', 'silent', 'never-heard', 'computed']),
  last: z.object({ at: time, value: z.number(), unit: z.string(), receivedAt: time }).nullable(),
})

export const siteRow = z.object({
  id: z.string(),
  name,
  kind: z.enum(['campus', 'office', 'data-center', 'factory', 'store', 'warehouse']),
  zone: z.string(),
  grid: z.string().nullable(),
  pueCategory: z
    .int()
    .nullable()
    .describe('Where meters of the use `it` measure: 1 at the UPS, 2 at the PDU, 3 at the IT equipment'),
  areas: z.array(
    z.object({
      id: z.string(),
      name,
      scope: z.string(),
      floorAreaM2: z.number().nullable().describe('In force now'),
      floorArea: z
        .array(z.object({ from: z.string(), m2: z.number() }))
        .describe('As stated, by its first day'),
    }),
  ),
  employees: z.object({ fullTime: z.number().nullable(), total: z.number().nullable() }).nullable(),
  floorAreaM2: z.number().nullable().describe('In force now'),
  utilities: z
    .array(z.enum(utilities))
    .describe('What it consumes: what its import, generation and export meters measure'),
  stated: z
    .object({
      employees: z.array(
        z.object({ from: z.string(), fullTime: z.number().nullable(), total: z.number().nullable() }),
      ),
      revenue: z.array(z.object({ from: z.string(), to: z.string(), millions: z.number() })),
    })
    .describe('What organisation.yaml says, by first day; what is entered for a period goes before it'),
  meters: z.array(z.string()),
})

export const sitesAnswer = z.object({
  organisation: z.object({
    id: z.string(),
    name,
    zone: z.string(),
    currency: z.string().nullable(),
    readAt: time.describe('When the configuration was read'),
  }),
  rows: z.array(siteRow),
  boundaries: z.array(z.object({ id: z.string(), name, scope: z.string(), sites: z.array(z.string()) })),
})

export const readingRow = z.object({
  at: time,
  value: z.number(),
  unit: z.string(),
  receivedAt: time,
  flags: z
    .array(z.enum([...ruleFlags, 'conflict']))
    .describe(
      'What the rules made of it; empty for a plain reading. excluded: somebody took it out; spike: it left the line and the line was found again, so it does not count; limit: it cannot follow what came before, or is more than there can be; reset: the register began anew before it; rollover: the register went past its last digit; stuck: the register stood still where the load never is zero; conflict: it replaced another value of the same instant',
    ),
  conflicts: z
    .array(z.object({ value: z.number(), unit: z.string(), receivedAt: time }))
    .optional()
    .describe('There where `flags` has `conflict`: what came for the same instant before, oldest first'),
})

export const consumptionRow = z.object({
  scope: z.string().optional().describe('There where several were asked for'),
  start: time,
  end: time,
  value: z.number().nullable(),
  unit: z.string(),
  coverage: z.number().describe('Share of the span, or of its elapsed part, that has data: 0..1'),
  estimated: z.number().describe('Share of the value that was estimated: 0..1'),
  quality,
  partial: z.literal(true).optional().describe('The span still runs'),
  reason: z.string().optional(),
})

const dayCount = z.int().describe('Days; each counts once, by its worst')

export const meterQualityRow = z.object({
  meter: z.string(),
  coverage: z.number().describe('Share of what has elapsed of the span that has data: 0..1'),
  estimated: z.number().describe('Share of its consumption that was estimated: 0..1'),
  days: z.object({
    measured: dayCount,
    interpolated: dayCount,
    edited: dayCount,
    estimated: dayCount,
    suspect: dayCount,
    missing: dayCount.describe('Days of which a part, or all, has no data'),
  }),
  empty: z.int().describe('Days without any data'),
  worst: z
    .object({ day: z.string(), quality, coverage: z.number(), estimated: z.number() })
    .nullable()
    .describe('The day to look at first; null where all are measured'),
})

export const conflictRow = z.object({
  meter: z.string(),
  at: time,
  arrivals: z
    .array(z.object({ value: z.number(), unit: z.string(), receivedAt: time }))
    .describe('Oldest first; the last one counts'),
})

export const carryForward = z
  .array(z.string())
  .optional()
  .describe('Keys of the factors that were used beyond their last day, as factors.yaml allows')

export const kpiRow = z.object({
  indicator: z.string(),
  scope: z.string(),
  start: time,
  end: time,
  value: z.number().nullable(),
  unit: z.string(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  coverage: z.number(),
  estimated: z.number(),
  quality,
  partial: z.literal(true).optional(),
  reason: z.string().optional(),
  carryForward,
  notes: z.array(z.string()).optional().describe('What one has to know to read it right'),
  standard: z.string().optional().describe('The standard that says how it is made, with its edition'),
})

const remainder = z
  .number()
  .nullable()
  .describe(
    'The amount less all that hangs on it; negative where more is metered below than above. Null where nothing hangs on it, or where one of these amounts has less than 99 % coverage: see `remainderReason`',
  )
const remainderShare = z.number().nullable().describe('Of the amount; null where that is not above 0')
const alarm = z.boolean().describe('The remainder is more than 5 % of the amount')
const excess = z
  .boolean()
  .describe('More is metered below than above: look for a wrong multiplier or a wrong parent')

const balanceNode = z.object({
  meter: z.string().nullable().describe('Null of the supply'),
  parent: z
    .string()
    .nullable()
    .describe('The meter that it hangs on; null of the supply, and of what hangs on the supply'),
  value: z.number().nullable(),
  share: z.number().nullable().describe('Of what it hangs on; null of the supply'),
  coverage: z.number(),
  estimated: z.number(),
  quality,
  reason: z.string().optional().describe('Why there is no value, or what it lacks'),
  remainder,
  remainderShare,
  alarm,
  excess,
  remainderReason: z.string().optional(),
})

const ofRole = z.number().nullable().describe('Null where the site has no such meter, or it has no data')

export const balanceRow = z.object({
  start: time,
  end: time,
  unit: z.string(),
  partial: z.literal(true).optional().describe('The span still runs'),
  supply: z.object({
    value: z.number().nullable().describe('imported + generated - exported: what the site consumed'),
    imported: ofRole,
    generated: ofRole,
    exported: ofRole,
    coverage: z.number(),
    estimated: z.number(),
    quality,
    reason: z.string().optional(),
    unmetered: z
      .object({ remainder, remainderShare, alarm, excess, remainderReason: z.string().optional() })
      .describe('What of the supply reached no meter at the end of a branch: the sum of all remainders'),
  }),
  nodes: z.array(balanceNode).describe('A tree by `parent`: the supply first, then the meters below it'),
})

export const nightFlowRow = z.object({
  start: time.describe('The local day'),
  end: time,
  value: z
    .number()
    .nullable()
    .describe('The least mean flow over one interval between 02:00 and 04:00 local time'),
  unit: z.literal('m3/h'),
  at: time.nullable().describe('When that interval began; the first of several'),
  over: z
    .enum(['15m', 'hour'])
    .describe('The length of the intervals: quarters where every meter was read so often, else hours'),
  coverage: z.number().describe('Of the night'),
  estimated: z.number().describe('Share of what flowed in the night that was estimated: 0..1'),
  quality,
  share: z
    .number()
    .nullable()
    .describe("Of the day's mean flow; null of a day that still runs, has below 95 % coverage or no flow"),
  reason: z.string().optional(),
})

export const quarantineRow = z.object({
  id: z.string(),
  time,
  topic: z.string(),
  payload: z.string(),
  bytes: z.int(),
  readings: z.int().describe('How many readings of the message this stands for'),
  code: z.string(),
  reason: z.string(),
})

export const quarantineReasonRow = z.object({ code: z.string(), count: z.int() })

const percent = z
  .number()
  .nullable()
  .describe('Of what was; null where one of the two is undefined, or was 0')
const material = z
  .boolean()
  .describe(`${MATERIAL_PERCENT} percent or more, or from or to a figure that is undefined`)

export const restatementRow = z.object({
  id: z.string(),
  publication: z.string(),
  at: time.describe('When it was seen'),
  cause: z
    .enum(causes)
    .describe(
      '`late-data`: readings that came later; `factor`: another factor; `boundary`: other sites or meters; `correction`: a meter event, an entry, people, floor area, revenue or settings; `method`: another version of the program',
    ),
  detail: z.array(z.string()).describe('What it was'),
  superseded: z
    .literal(true)
    .optional()
    .describe('What the looks had seen was lost, and a later one began again with what was published'),
  figures: z.array(
    z.object({
      indicator: z.string(),
      old: z.number().nullable(),
      new: z.number().nullable(),
      percent,
      material,
    }),
  ),
})

export const newPublication = z.strictObject({
  year: z.int().min(2000).max(2200),
  boundary: z.string().min(1).describe('Its id, such as group'),
  by: z.string().min(1).max(200).describe('Who publishes'),
  note: z.string().max(2000).default(''),
  interim: z.boolean().default(false).describe('Also of a year that still runs; it is marked as such'),
})

export const publicationRow = z.object({
  id: z.string(),
  year: z.int(),
  boundary: z.string(),
  at: time,
  by: z.string(),
  note: z.string(),
  interim: z.literal(true).optional().describe('The year still ran'),
  version: z.string().describe("The program's"),
  hash: z.string().describe('SHA-256 of the manifest, which has the hashes of all the rest'),
  figures: z.int(),
  undefined: z
    .array(z.object({ indicator: z.string(), reason: z.string() }))
    .describe('Those without a value'),
  restatements: z.array(restatementRow).describe('The ledger, oldest first'),
})

export const publicationAnswer = publicationRow.extend({
  rows: z.array(
    z.object({
      indicator: z.string(),
      unit: z.string(),
      asPublished: z.number().nullable(),
      asKnownToday: z.number().nullable(),
      difference: z.number().nullable(),
      percent,
      material,
      numerator: z.number().nullable(),
      denominator: z.number().nullable(),
      coverage: z.number(),
      estimated: z.number(),
      quality,
      reason: z.string().optional().describe('Why it was published as undefined'),
      notes: z.array(z.string()),
      factors: z.array(z.string()).describe('The keys of the factors in `factors.json` of the bundle'),
      inputs: z.string().describe('SHA-256 of all that the figure rests on'),
    }),
  ),
})

const instant = z.union([z.string(), z.number()]).describe('RFC 3339 with a zone, or epoch milliseconds')

export const newMeterEvent = z.strictObject({
  meter: z.string().min(1),
  at: instant.describe(
    'When it happened: RFC 3339 with a zone, or epoch milliseconds. Of an exclusion the instant of the reading, of a correction the start',
  ),
  kind: z
    .enum(meterEventKinds)
    .describe(
      '`replacement` takes closing, opening, multiplier, to; `reset` closing, opening; `rollover` nothing; `multiplier` needs multiplier; `correction` needs to and value; `exclude` takes to. A gauge has corrections and exclusions only',
    ),
  closing: z.number().optional().describe("The old face's last value, in the meter's reading unit"),
  opening: z.number().optional().describe("The new face's first value, in the meter's reading unit"),
  multiplier: z.number().positive().optional().describe('What one unit of the face stands for from then on'),
  to: instant.optional().describe('The end, exclusive: RFC 3339 with a zone, or epoch milliseconds'),
  value: z
    .number()
    .nonnegative()
    .optional()
    .describe("What was used from at to to, in the meter's unit of consumption"),
  by: z.string().max(200).default('').describe('Who says so'),
  note: z.string().max(2000).default(''),
})

const attribution = { by: z.string(), note: z.string() }

/** Of the fields from `closing` to `value` a row has those that were stated. */
export const meterEventRow = z.object({
  id: z.string(),
  meter: z.string(),
  at: time,
  kind: z.enum(meterEventKinds),
  closing: z.number().optional(),
  opening: z.number().optional(),
  multiplier: z.number().optional(),
  to: time.optional(),
  value: z.number().optional(),
  ...attribution,
  enteredAt: time,
  reversed: z
    .object({ ...attribution, at: time })
    .nullable()
    .describe('Who took it back and when; null while it is in force'),
})

export const healthAnswer = z.object({
  status: z
    .enum(['ok', 'degraded', 'down'])
    .describe('`down`: what its roles are for it cannot do, taking readings or answering'),
  version: z.string(),
  uptimeSeconds: z.number(),
  roles: z.array(z.enum(['ingest', 'service'])),
  store: z.object({
    name: z.string(),
    ok: z.boolean(),
    state: z
      .enum(['ok', 'busy', 'held'])
      .describe('`busy`: it will probably come back by itself; `held`: somebody has to change something'),
    error: z.string().optional(),
  }),
  broker: z.object({
    url: z.string(),
    kind: z.enum(['embedded', 'external', 'none']),
    ok: z.boolean(),
    error: z.string().optional(),
  }),
  spool: z
    .object({
      pending: z.int().describe('Readings on disk that are not in the store yet'),
      bytes: z.int().nullable().describe('What it takes on its disk'),
      freeBytes: z.int().nullable().describe('What its disk has left'),
      bytesPerSecond: z
        .number()
        .describe('What came in over the last minute: so fast it grows while the store takes nothing'),
      lastsSeconds: z
        .number()
        .nullable()
        .describe('How long the disk would take that; null when nothing comes in'),
      lagSeconds: z
        .number()
        .nullable()
        .describe('For how long the oldest waits; 0 where nothing does, null before anything was stored'),
      heldSince: time.optional().describe('There while the store takes nothing'),
      ok: z.boolean(),
      error: z.string().optional(),
    })
    .nullable()
    .describe('Null without the role `ingest`'),
  aggregation: z
    .object({
      pending: z.int().nullable().describe('Touched windows that wait to be recomputed'),
      hours: z.number().nullable().describe('Meter-hours in them'),
    })
    .nullable()
    .describe('Null without the role `service`; its numbers are null while the store does not answer'),
  figures: z
    .object({
      waiting: z.int().describe('Months of sites whose series are to be written'),
      seconds: z.number().describe('For how long something waits'),
    })
    .nullable()
    .describe(
      'The series that others read of the store; null where there are none, or nothing is known of them yet',
    ),
  received: z
    .object({ messages: z.int(), readings: z.int(), quarantined: z.int() })
    .nullable()
    .describe('Since the start; null without the role `ingest`'),
  quarantine: z
    .int()
    .nullable()
    .describe(
      'Entries kept in quarantine; null where it is not known: without the role `service`, or while the store does not answer',
    ),
})

export const grainParam = z.enum(grains)

/**
 * Events of `GET /stream`. `readings`: the newest reading of each meter that was just stored.
 * `rollups`: scopes whose figures have changed. `alerts`: those that have begun, ended or become something
 * else, and whether subscriptions or deliveries have. `health`: every 5 seconds.
 */
export const streamEvents = {
  readings: z.object({
    rows: z.array(z.object({ meter: z.string(), at: time, value: z.number(), unit: z.string() })),
  }),
  rollups: z.object({ meters: z.array(z.string()), sites: z.array(z.string()), from: time, to: time }),
  alerts: z.object({ changed: z.array(z.string()), pauses: z.boolean(), subscriptions: z.boolean() }),
  health: healthAnswer,
}
