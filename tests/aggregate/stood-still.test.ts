import { expect, it } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { MemoryStore } from '../../store/memory.ts'
import { batchOf } from '../support/batch.ts'
import { organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'

const T = Date.UTC(2026, 2, 2)
const meter = { id: 'm', utility: 'electricity', role: 'import', register: { unit: 'kWh' } } as const
const org = organisation([site({ id: 's', meters: [meter] })])

/** Hours of a gap on the fortieth day; the register was silent, and stood still, from the fifth to the twelfth. */
async function gapHours(arrivals: readonly (readonly number[])[]): Promise<readonly number[]> {
  const store = new MemoryStore()
  for (const hours of arrivals) {
    const rows = hours.map((h) => ['m', T + h * HOUR_MS, faceAt(h)] as const)
    const from = T + (hours[0] as number) * HOUR_MS
    const touched = [{ meter: 'm', from, to: T + ((hours.at(-1) as number) + 1) * HOUR_MS }]
    await store.write({ readings: [batchOf(rows, T)], touched, quarantined: [] })
    await rolledUp(store, org)
  }
  const rows = await store.rollups(['m'], 'hour', T + 40 * 24 * HOUR_MS, T + 40.5 * 24 * HOUR_MS)
  return rows.map(({ value }) => Number(value.toFixed(9)))
}

function faceAt(h: number): number {
  const used = h <= 5 * 24 ? h : Math.max(5 * 24, h - 7.25 * 24)
  // More by day than by night.
  return used * 10 + Math.floor(used / 24) * 160 + Math.max(0, (used % 24) - 8) * 10
}

it('a gap runs the same whether the stillness before it came with it or long before', async () => {
  const hours = Array.from({ length: 42 * 24 }, (_, h) => h).filter(
    (h) => (h <= 5 * 24 || h >= 12.25 * 24) && (h <= 40 * 24 || h >= 40.5 * 24),
  )
  const early = hours.filter((h) => h <= 40 * 24)
  const late = hours.filter((h) => h > 40 * 24)
  expect(await gapHours([early, late])).toEqual(await gapHours([hours]))
})
