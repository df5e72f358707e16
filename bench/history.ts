import { aggregateOnce } from '../aggregate/aggregate.ts'
import { organisationSchema } from '../core/organisation.ts'
import { Organisation } from '../core/organisation-index.ts'
import type { ReadingBatch } from '../core/reading.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Store } from '../store/store.ts'

const QUARTERS_A_HOUR = 4

/** A site with `meters` registers that are read every 15 minutes. */
export function meteredSite(meters: number): Organisation {
  return new Organisation(
    organisationSchema.parse({
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
            register: { unit: 'kWh' },
          })),
        },
      ],
    }),
  )
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
