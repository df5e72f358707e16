import { expect, it } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { MemoryStore } from '../../store/memory.ts'
import { batchOf } from '../support/batch.ts'
import { organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'

const T = Date.UTC(2026, 2, 2)
const DAY = 24 * HOUR_MS
const meter = {
  id: 'm',
  utility: 'electricity',
  role: 'import',
  register: { unit: 'kWh' },
  limitPerHour: 100,
} as const
const org = organisation([site({ id: 's', meters: [meter] })])

it('a hole that is followed by a long gap much later is estimated as well, and nothing before it is lost', async () => {
  const store = new MemoryStore()
  // By the hour, with a rise on the fourth day that cannot be; silent from the fiftieth day to the fifty-second.
  const rows = Array.from({ length: 60 * 24 }, (_, h) => h)
    .filter((h) => h < 50 * 24 || h > 52 * 24)
    .map((h) => ['m', T + h * HOUR_MS, h < 82 ? h * 10 : 100_000 + h * 10] as const)
  const touched = [{ meter: 'm', from: T, to: T + 60 * DAY }]
  await store.write({ readings: [batchOf(rows, T)], touched, quarantined: [] })
  await rolledUp(store, org)
  const days = await store.rollups(['m'], 'day', T, T + 59 * DAY)
  expect(days.map(({ value }) => Math.round(value))).toEqual(Array.from({ length: 59 }, () => 240))
})
