import { describe, expect, it } from 'vitest'
import { touchedByOccurrence } from '../../core/event-window.ts'
import { HOUR_MS } from '../../core/window.ts'
import { MemoryStore } from '../../store/memory.ts'
import { batchOf } from '../support/batch.ts'
import { organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { occurred } from '../support/rules.ts'

const T = Date.UTC(2026, 2, 2)
const DAY = 24 * HOUR_MS
const meter = { id: 'm', utility: 'electricity', role: 'import', register: { unit: 'kWh' } } as const
const org = organisation([site({ id: 's', meters: [meter] })])

async function take(store: MemoryStore, rows: readonly (readonly [number, number])[]): Promise<void> {
  const from = Math.min(...rows.map(([at]) => at))
  const to = (Math.floor(Math.max(...rows.map(([at]) => at)) / HOUR_MS) + 1) * HOUR_MS
  const readings = [
    batchOf(
      rows.map(([at, value]) => ['m', at, value] as const),
      T,
    ),
  ]
  await store.write({ readings, touched: [{ meter: 'm', from, to }], quarantined: [] })
  await rolledUp(store, org)
}

async function known(store: MemoryStore): Promise<number> {
  const years = await store.rollups(['m'], 'year', 0, Date.UTC(2100, 0, 1))
  return years.reduce((sum, { value }) => sum + value, 0)
}

describe('readings that come after excluded ones', () => {
  it.each([
    ['three hours', 3 * HOUR_MS],
    ['a week', 7 * DAY],
    ['ten weeks', 70 * DAY],
  ])('bring what was used in the %s of them', async (_, excluded) => {
    const store = new MemoryStore()
    const hours = (10 * DAY + excluded) / HOUR_MS
    await take(
      store,
      Array.from({ length: hours }, (_, h) => [T + h * HOUR_MS, h] as const),
    )
    const occurrence = occurred({ kind: 'exclude', at: T + 10 * DAY, to: T + 10 * DAY + excluded })
    const window = touchedByOccurrence(occurrence, [], T + hours * HOUR_MS)
    await store.addToJournal({ id: 'e', occurrence, by: 'ops', note: '', enteredAt: T }, [window])
    await rolledUp(store, org)
    expect(await known(store)).toBeCloseTo(239, 6)
    await take(store, [[T + hours * HOUR_MS, hours]])
    await take(store, [[T + (hours + 1) * HOUR_MS, hours + 1]])
    expect(await known(store)).toBeCloseTo(hours + 1, 6)
  })
})
