import { expect, it } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { MemoryStore } from '../../store/memory.ts'
import { batchOf } from '../support/batch.ts'
import { organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'

const T = Date.UTC(2026, 2, 20)
const DAY = 24 * HOUR_MS
const meter = { id: 'm', utility: 'electricity', role: 'import', gauge: { unit: 'kW' } } as const
const org = organisation([site({ id: 's', meters: [meter] })])

async function take(store: MemoryStore, at: number): Promise<number> {
  const touched = [{ meter: 'm', from: at, to: at + HOUR_MS }]
  await store.write({ readings: [batchOf([['m', at, 4]], T)], touched, quarantined: [] })
  return rolledUp(store, org)
}

it('a gauge whose older readings come later is reckoned to an end, and nothing is written before its first', async () => {
  const store = new MemoryStore()
  await take(store, T)
  await take(store, T + DAY)
  expect(await take(store, T - 3 * DAY)).toBeLessThan(10)
  const days = await store.rollups(['m'], 'day', 0, Date.UTC(2100, 0, 1))
  expect(days[0]?.start).toBe(T - 3 * DAY)
  expect(days.at(-1)?.start).toBe(T + DAY)
})
