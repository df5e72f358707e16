import { expect, it } from 'vitest'
import { touchedByOccurrence } from '../../core/event-window.ts'
import { HOUR_MS } from '../../core/window.ts'
import { MemoryStore } from '../../store/memory.ts'
import { batchOf } from '../support/batch.ts'
import { organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { occurred } from '../support/rules.ts'

const T = Date.UTC(2026, 2, 2)
const DAY = 24 * HOUR_MS
const meter = {
  id: 'm',
  utility: 'electricity',
  role: 'import',
  gauge: { unit: 'kW', maxGap: 'PT1H' },
} as const
const org = organisation([site({ id: 's', meters: [meter] })])

async function settle(store: MemoryStore): Promise<void> {
  await rolledUp(store, org)
}

it('a hole that a correction makes short enough is estimated past readings that stand alone, and no longer when it is taken back', async () => {
  const store = new MemoryStore()
  const hours = Array.from({ length: 30 * 24 }, (_, h) => h).filter(
    (h) => h <= 14 * 24 || h >= 26 * 24 || h % 24 === 12,
  )
  const readings = [
    batchOf(
      hours.map((h) => ['m', T + h * HOUR_MS, 10] as const),
      T,
    ),
  ]
  await store.write({ readings, touched: [{ meter: 'm', from: T, to: T + 30 * DAY }], quarantined: [] })
  await settle(store)
  const value = async (from: number) =>
    (await store.rollups(['m'], 'day', from, from + DAY)).map((row) => row.value)[0] ?? 0
  expect(await value(T + 15 * DAY)).toBe(0)

  const occurrence = occurred({ kind: 'correction', at: T + 18 * DAY, to: T + 20 * DAY, value: 100 })
  const window = [touchedByOccurrence(occurrence, [], T + 30 * DAY)]
  await store.addToJournal({ id: 'e', occurrence, by: 'ops', note: '', enteredAt: T }, window)
  await settle(store)
  expect(await value(T + 15 * DAY)).toBeCloseTo(240, 6)
  expect(await value(T + 22 * DAY)).toBeCloseTo(240, 6)

  await store.addToJournal({ id: 'r', reverses: 'e', by: 'ops', note: '', enteredAt: T }, window)
  await settle(store)
  expect(await value(T + 15 * DAY)).toBe(0)
  expect(await value(T + 22 * DAY)).toBe(0)
})
