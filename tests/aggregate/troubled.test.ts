import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { touchedByOccurrence } from '../../core/event-window.ts'
import type { Occurrence } from '../../core/meter-event.ts'
import type { Organisation } from '../../core/organisation-index.ts'
import { INTERPOLATED } from '../../core/quality.ts'
import type { Rollup } from '../../core/rollup.ts'
import { HOUR_MS } from '../../core/window.ts'
import { MemoryStore } from '../../store/memory.ts'
import type { Store } from '../../store/store.ts'
import { batchOf } from '../support/batch.ts'
import { organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { shrinkLimit } from '../support/shrink-limit.ts'
import { declaredEvent, T, troubledReadings } from '../support/troubled-readings.ts'

const RUNS = { numRuns: 1000, ...shrinkLimit }

const organisations: Readonly<Record<string, Organisation>> = Object.fromEntries(
  Object.entries({
    register: { register: { unit: 'kWh', digits: 6 }, limitPerHour: 400 },
    'never still': {
      register: { unit: 'kWh', digits: 6, multiplier: 0.5 },
      limitPerHour: 120,
      minimumPerHour: 2,
    },
    'register without limits': { register: { unit: 'kWh' } },
    gauge: { gauge: { unit: 'kW', maxGap: 'PT1H' }, limitPerHour: 2000 },
  }).map(([kind, more]) => {
    const meter = { id: 'm', utility: 'electricity' as const, role: 'import' as const, ...more }
    return [kind, organisation([site({ id: 's', zone: 'Asia/Kolkata', meters: [meter] })])]
  }),
)
const kinds = fc.constantFrom(...Object.keys(organisations))
const orgOf = (kind: string) => organisations[kind] as Organisation

type Reading = readonly [at: number, value: number]

async function settle(store: Store, org: Organisation): Promise<void> {
  await rolledUp(store, org)
}

async function take(store: Store, org: Organisation, rows: readonly Reading[]): Promise<void> {
  const touched = rows.map(([at]) => {
    const from = Math.floor(at / HOUR_MS) * HOUR_MS
    return { meter: 'm', from, to: from + HOUR_MS }
  })
  const readings = [
    batchOf(
      rows.map(([at, value]) => ['m', at, value] as const),
      T,
    ),
  ]
  await store.write({ readings, touched, quarantined: [] })
  await settle(store, org)
}

/** What is known, without rows that say that nothing is. */
async function everything(store: Store): Promise<Omit<Rollup, 'meter'>[]> {
  const found = []
  for (const grain of ['hour', 'day', 'month', 'year'] as const) {
    for (const row of await store.rollups(['m'], grain, 0, Date.UTC(2100, 0, 1))) {
      if (row.coveredMs === 0 && row.flags === 0) continue
      const { meter: _, value, head, tail, estimated, ...rest } = row
      // Sums of the same parts in another order differ in their last bits.
      found.push({ ...rest, ...rounded({ value, head, tail, estimated }) })
    }
  }
  return found as Omit<Rollup, 'meter'>[]
}

function rounded<T extends Record<string, number>>(figures: T): T {
  return Object.fromEntries(Object.entries(figures).map(([name, x]) => [name, Number(x.toFixed(5))])) as T
}

async function once(org: Organisation, rows: readonly Reading[]) {
  const store = new MemoryStore()
  await take(store, org, rows)
  return everything(store)
}

/** The readings in parts, each of which arrives by itself, in any order, some of them twice. */
const arrivals = troubledReadings.chain((rows) =>
  fc
    .tuple(
      fc.shuffledSubarray(rows, { minLength: rows.length }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
      fc.subarray(rows, { maxLength: Math.min(5, rows.length) }),
      fc.boolean(),
    )
    .map(([shuffled, sizes, twice, inOrder]) => {
      const order = inOrder ? [...rows, ...twice] : [...shuffled, ...twice]
      const parts: Reading[][] = []
      for (let i = 0, k = 0; i < order.length; k += 1) {
        const size = k < sizes.length ? (sizes[k] as number) : order.length
        parts.push(order.slice(i, i + size) as unknown as Reading[])
        i += size
      }
      return { rows: rows as unknown as Reading[], parts }
    }),
)

describe('readings of a troubled meter', () => {
  it('of a gauge tell late that what lies two readings back was a short gap', async () => {
    const rows: Reading[] = [0, 15, 59.4, 74.4, 89.4].map((minute, i) => [T + minute * 60_000, 20 + i])
    const org = orgOf('gauge')
    const store = new MemoryStore()
    for (const part of [rows.slice(0, 2), rows.slice(2, 3), rows.slice(3)]) await take(store, org, part)
    const found = await everything(store)
    expect(found.map(({ grain, flags }) => [grain, flags])).toContainEqual(['hour', INTERPOLATED])
    expect(found).toEqual(await once(org, rows))
  })

  it('come to the same in whatever order and parts they arrive, and however often', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, arrivals, async (kind, { rows, parts }) => {
        const org = orgOf(kind)
        const store = new MemoryStore()
        for (const part of parts) await take(store, org, part)
        expect(await everything(store)).toEqual(await once(org, rows))
      }),
      RUNS,
    )
  })

  it('come to the same when they are reckoned again', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, troubledReadings, async (kind, rows) => {
        const org = orgOf(kind)
        const store = new MemoryStore()
        await take(store, org, rows as unknown as Reading[])
        const before = await everything(store)
        const last = Math.max(...rows.map(([at]) => at as number))
        const to = (Math.floor(last / HOUR_MS) + 1) * HOUR_MS
        await store.touch([{ meter: 'm', from: Math.floor(T / HOUR_MS) * HOUR_MS, to }])
        await settle(store, org)
        expect(await everything(store)).toEqual(before)
      }),
      RUNS,
    )
  })

  it('come to the first figures again when what was declared is taken back', async () => {
    const events = fc.array(declaredEvent, { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(kinds, troubledReadings, events, async (kind, rows, declared) => {
        const org = orgOf(kind)
        const gauge = org.meters.get('m')?.meter.gauge !== undefined
        const fitting = declared.filter(({ kind }) => !gauge || kind === 'exclude' || kind === 'correction')
        const store = new MemoryStore()
        await take(store, org, rows as unknown as Reading[])
        const before = await everything(store)
        const newest = Math.max(...rows.map(([at]) => at as number))
        const windowOf = (one: Occurrence) => [touchedByOccurrence(one, fitting, newest)]
        const attribution = { by: 'ops', note: '', enteredAt: T }
        for (const [i, occurrence] of fitting.entries()) {
          await store.addToJournal({ id: `e${i}`, occurrence, ...attribution }, windowOf(occurrence))
          if (i % 2 === 0) await settle(store, org)
        }
        await settle(store, org)
        for (const [i, occurrence] of fitting.entries()) {
          await store.addToJournal({ id: `r${i}`, reverses: `e${i}`, ...attribution }, windowOf(occurrence))
          if (i % 2 === 1) await settle(store, org)
        }
        await settle(store, org)
        expect(await everything(store)).toEqual(before)
      }),
      RUNS,
    )
  })
})
