import { describe, expect, it } from 'vitest'
import { chunksOf } from '../../aggregate/chunks.ts'
import { DAY_MS } from '../../core/calendar.ts'
import type { TouchedWindow } from '../../store/store.ts'

const FROM = Date.UTC(2025, 0, 1)
const histories = (meters: number, days: number): TouchedWindow[] =>
  Array.from({ length: meters }, (_, m) => ({
    meter: `m${m}`,
    from: FROM + m * 3_600_000,
    to: FROM + days * DAY_MS,
    ticket: m,
  }))

describe('touched windows', () => {
  it('of a few whole histories are taken as they are', () => {
    const tasks = chunksOf(histories(3, 365)).flat()
    expect(tasks.map(({ meter }) => meter).sort()).toEqual(['m0', 'm1', 'm2'])
    expect(tasks.every(({ settles }) => settles.length === 1)).toBe(true)
  })

  it('of many are gone through by the month, all meters of one before the next, and settled with the last slice', () => {
    const windows = histories(40, 365)
    const chunks = chunksOf(windows)
    const begins = chunks.map((tasks) => Math.min(...tasks.map(({ from }) => from)))
    expect(begins).toEqual(begins.toSorted((a, b) => a - b))
    for (const window of windows) {
      const slices = chunks.flat().filter(({ meter }) => meter === window.meter)
      expect(slices.length).toBeGreaterThan(10)
      let reached = window.from
      for (const { from, to } of slices) {
        expect(from).toBe(reached)
        expect(to - from).toBeLessThanOrEqual(31 * DAY_MS)
        reached = to
      }
      expect(reached).toBe(window.to)
      expect(slices.map(({ settles }) => settles.length)).toEqual([...slices.slice(1).map(() => 0), 1])
    }
  })
})
