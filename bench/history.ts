import { aggregateOnce } from '../aggregate/aggregate.ts'
import { organisationSchema } from '../core/organisation.ts'
import { Organisation } from '../core/organisation-index.ts'
import type { ReadingBatch } from '../core/reading.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Store } from '../store/store.ts'

const QUARTERS_A_HOUR = 4

/** The configuration of a site with `meters` registers that are read every 15 minutes. */
export function meteredFile(
  meters: number,
  { multiplier = 1, ...limits }: { multiplier?: number; limitPerHour?: number } = {},
): object {
  return {
    organisation: { id: 'bench', zone: 'Asia/Shanghai' },
    sites: [
      {
        id: 'site',
        kind: 'campus',
        zone: 'Asia/Shanghai',
        meters: Array.from({ length: meters }, (_, i) => ({
          id: `meter-${i}`,
          utility: 'electricity',
          role: 'import',
          register: { unit: 'kWh', multiplier },
          ...limits,
        })),
      },
    ],
  }
}

export function organisationOf(file: object): Organisation {
  return new Organisation(organisationSchema.parse(file))
}

export function meteredSite(meters: number): Organisation {
  return organisationOf(meteredFile(meters))
}

/** Stores the 15-minute readings of all meters of the year before now, in the order in which they would arrive. */
export async function storeYear(store: Store, count: number): Promise<void> {
  const from = Math.floor(Date.now() / HOUR_MS - 365 * 24) * HOUR_MS
  const meters = Array.from({ length: count }, (_, m) => `meter-${m}`)
  const length = count * 96
  for (let day = 0; day < 365; day += 1) {
    const meter = new Uint32Array(length)
    const at = new Float64Array(length)
    const value = new Float64Array(length)
    for (let q = 0, i = 0; q < 96; q += 1) {
      for (let m = 0; m < count; m += 1, i += 1) {
        meter[i] = m
        at[i] = from + (day * 96 + q) * 900_000
        value[i] = (day * 96 + q) * 2.5 + ((q * 7 + m) % 6) / 10
      }
    }
    const batch = {
      meters,
      units: [''],
      receivedAt: from,
      length,
      meter,
      unit: new Uint8Array(length),
      at,
      value,
    }
    await store.write({ readings: [batch], touched: [], quarantined: [] })
  }
}

/** Readings of one meter every 15 minutes in [from, to), the face up by 2.5 a quarter. */
export function quarterly(meter: string, from: number, to: number): ReadingBatch {
  const step = HOUR_MS / QUARTERS_A_HOUR
  const length = Math.floor((to - from) / step)
  return {
    meters: [meter],
    units: [''],
    receivedAt: to,
    length,
    meter: new Uint32Array(length),
    unit: new Uint8Array(length),
    at: Float64Array.from({ length }, (_, i) => from + i * step),
    value: Float64Array.from({ length }, (_, i) => (from / step + i) * 2.5),
  }
}

/** Stores a batch as the writer does, with the hours that it touches. */
export async function take(store: Store, batch: ReadingBatch): Promise<void> {
  const from = Math.floor((batch.at[0] as number) / HOUR_MS) * HOUR_MS
  const to = (Math.floor((batch.at[batch.length - 1] as number) / HOUR_MS) + 1) * HOUR_MS
  await store.write({
    readings: [batch],
    touched: [{ meter: batch.meters[0] as string, from, to }],
    quarantined: [],
  })
}

/** Carries up until nothing waits. */
export async function carryUp(store: Store, organisation: Organisation): Promise<void> {
  while ((await aggregateOnce(store, organisation)) !== null);
}
