import { z } from 'zod'
import { inForceByMeter } from '../../core/meter-event.ts'
import { ruleOf } from '../../core/meter-rule.ts'
import { readingUnitOf } from '../../core/organisation.ts'
import type { MeterEntry } from '../../core/organisation-index.ts'
import { type ReadingFlag, readingFlags } from '../../core/reading-flags.ts'
import { Neighbourhood } from '../../figures/neighbourhood.ts'
import { settledReadings } from '../../figures/reckoning.ts'
import type { Arrival, Store } from '../../store/store.ts'
import { type Context, instantAfter, rfc3339 } from '../context.ts'
import { Problem } from '../problems.ts'
import { page, readingRow } from '../schemas.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'

type Flag = z.infer<typeof readingRow>['flags'][number]

export function readingsRoute(app: App, { organisation, store, clock }: Context): void {
  app.get(
    '/readings',
    {
      schema: {
        tags: ['readings'],
        summary: 'Readings of a meter as they came, oldest first',
        querystring: z.object({
          meter: z.string(),
          from: z.string().optional(),
          to: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(250_000).default(100_000),
          after: z.string().optional(),
        }),
        response: { 200: page(readingRow) },
      },
    },
    async ({ query }) => {
      const entry = organisation.meters.get(query.meter)
      if (entry === undefined) throw Problem.notFound('meter', query.meter, [...organisation.meters.keys()])
      const span = spanOf(query, entry.calendar, 'day', clock())
      const last = instantAfter(query.after)
      const found = await store.readings(
        query.meter,
        Math.max(span.start, last + 1),
        span.end,
        query.limit + 1,
      )
      const ownUnit = readingUnitOf(entry.meter) ?? ''
      const length = Math.min(found.at.length, query.limit)
      const shown = found.at.subarray(0, length)
      const conflicts = await conflictsAt(store, query.meter, shown)
      const flagged = await flagsAt(store, entry, shown)
      const rows = Array.from({ length }, (_, i) => {
        const at = found.at[i] as number
        const earlier = conflicts.get(at)?.map(({ value, unit, receivedAt }) => ({
          value,
          unit: unit || ownUnit,
          receivedAt: rfc3339(receivedAt),
        }))
        const flag = flagged.get(at)
        const flags: Flag[] = flag === undefined ? [] : [flag]
        if (earlier !== undefined) flags.push('conflict')
        return {
          at: rfc3339(at),
          value: found.value[i] as number,
          unit: found.unit?.[i] || ownUnit,
          receivedAt: rfc3339(found.receivedAt[i] as number),
          flags,
          ...(earlier !== undefined && { conflicts: earlier }),
        }
      })
      return { rows, next: found.at.length > length ? (rows.at(-1)?.at ?? null) : null }
    },
  )
}

/** What the rules made of readings in order, by instant. */
async function flagsAt(
  store: Store,
  { meter, calendar }: MeterEntry,
  at: Float64Array,
): Promise<ReadonlyMap<number, ReadingFlag>> {
  const [first, last] = [at[0], at.at(-1)]
  const rule = ruleOf(meter, calendar)
  if (first === undefined || last === undefined || rule === undefined) return new Map()
  const near = await Neighbourhood.around(store, meter.id, first, last + 1)
  const occurrences = inForceByMeter(await store.journal()).get(meter.id) ?? []
  const { series } = await settledReadings(near, rule, occurrences, { from: first, to: last + 1 })
  return readingFlags(series, rule, occurrences)
}

/** What came before the readings that count, by instant; of readings in order. */
async function conflictsAt(
  store: Pick<Store, 'conflicts'>,
  meter: string,
  at: Float64Array,
): Promise<ReadonlyMap<number, readonly Arrival[]>> {
  const [first, last] = [at[0], at.at(-1)]
  if (first === undefined || last === undefined) return new Map()
  const found = await store.conflicts(meter, first, last + 1)
  return new Map(found.map((conflict) => [conflict.at, conflict.arrivals.slice(0, -1)]))
}
