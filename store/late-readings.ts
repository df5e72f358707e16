import type { ReadingBatch } from '../core/reading.ts'
import type { Arrival, LastReading } from './store.ts'

/** The place of a reading that something may stand at already. */
export interface Late {
  /** Of meter and instant. */
  readonly key: string
  readonly meter: string
  readonly at: number
}

/**
 * The readings that are not newer than all before them of their meter, stored or in the batches; each place
 * once. Costs ever newer readings a comparison.
 */
export function lateIn(batches: readonly ReadingBatch[], newest: ReadonlyMap<string, LastReading>): Late[] {
  const reached = new Map<string, number>()
  const late = new Map<string, Late>()
  for (const batch of batches) {
    const here = batch.meters.map(
      (meter) => reached.get(meter) ?? newest.get(meter)?.at ?? Number.NEGATIVE_INFINITY,
    )
    for (let i = 0; i < batch.length; i += 1) {
      const no = batch.meter[i] as number
      const at = batch.at[i] as number
      if (at > (here[no] as number)) here[no] = at
      else {
        const meter = batch.meters[no] as string
        const key = keyOf(meter, at)
        late.set(key, { key, meter, at })
      }
    }
    for (const [no, meter] of batch.meters.entries()) reached.set(meter, here[no] as number)
  }
  return [...late.values()]
}

/** Everything that comes for those places in the batches, in order. */
export function arrivalsOf(
  batches: readonly ReadingBatch[],
  late: readonly Late[],
): Map<string, Late & { readonly arrivals: Arrival[] }> {
  const places = new Map(late.map((place) => [place.key, { ...place, arrivals: [] as Arrival[] }]))
  for (const batch of batches) {
    for (let i = 0; i < batch.length; i += 1) {
      const place = places.get(keyOf(batch.meters[batch.meter[i] as number] as string, batch.at[i] as number))
      place?.arrivals.push({
        value: batch.value[i] as number,
        unit: batch.units[batch.unit[i] as number] as string,
        receivedAt: batch.receivedAt,
      })
    }
  }
  return places
}

function keyOf(meter: string, at: number): string {
  return `${at}|${meter}`
}
