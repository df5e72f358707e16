import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import type { ReadingSeries } from '../../core/reading.ts'
import { type Point, parseLine } from '../../senders/line-protocol.ts'
import { MemoryStore } from '../../store/memory.ts'
import { readingLines } from '../../store/reading-lines.ts'
import { batchOf } from '../support/batch.ts'

const T0 = Date.UTC(2020, 0, 1)

async function points(pieces: AsyncIterable<string>): Promise<Point[]> {
  let all = ''
  for await (const piece of pieces) all += piece
  return all
    .split('\n')
    .slice(0, -1)
    .map((line) => parseLine(line) as Point)
}

describe('readings as lines', () => {
  it('are the points that the store would have in an InfluxDB', async () => {
    const store = new MemoryStore()
    const rows = [
      ['a', T0, 1.5, 'MWh'],
      ['a', T0 + 1, -2e-7],
    ] as const
    await store.write({ readings: [batchOf(rows, T0 + 9)], touched: [], quarantined: [] })
    let text = ''
    for await (const piece of readingLines(store, ['a', 'nobody'], T0, T0 + 2)) text += piece
    expect(text).toBe(
      `reading,meter=a value=1.5,received=${T0 + 9},unit="MWh" ${T0}000000\n` +
        `reading,meter=a value=-2e-7,received=${T0 + 9},unit="" ${T0 + 1}000000\n`,
    )
  })

  it('are every reading of the span once, wherever they lie', async () => {
    const reading = fc.tuple(
      fc.constantFrom(...Array.from({ length: 120 }, (_, i) => `m${i}`)),
      fc.integer({ min: 0, max: 6 * 365 * 24 * 60 }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(reading, { maxLength: 300 }),
        fc.nat(400),
        fc.nat(2500),
        async (readings, skip, days) => {
          const store = new MemoryStore()
          const rows = readings.map(([meter, minute], i) => [meter, T0 + minute * 60_000, i] as const)
          await store.write({ readings: [batchOf(rows, T0)], touched: [], quarantined: [] })
          const [from, to] = [T0 + skip * DAY_MS, T0 + (skip + days) * DAY_MS]
          const meters = [...new Set(readings.map(([meter]) => meter))].sort()
          const found = await points(readingLines(store, meters, from, to))
          const wanted = new Map(
            rows.filter(([, at]) => at >= from && at < to).map(([meter, at, i]) => [`${meter} ${at}`, i]),
          )
          expect(found.length).toBe(wanted.size)
          for (const { tags, fields, time } of found) {
            const at = Number(BigInt(time as string) / 1_000_000n)
            expect(fields.get('value')).toBe(wanted.get(`${tags.get('meter')} ${at}`))
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('are asked for in pieces that do not grow with the history', async () => {
    // A reading every five seconds of ten meters, made up when asked for.
    const meters = Array.from({ length: 10 }, (_, i) => `m${i}`)
    const asked: number[] = []
    const series = (from: number, to: number): ReadingSeries => {
      const at = Float64Array.from({ length: Math.ceil((to - from) / 5000) }, (_, i) => from + i * 5000)
      return { at, value: at, unit: null, receivedAt: at }
    }
    const store = {
      readingFrom: async () => T0,
      readingBefore: async () => T0 + 2 * DAY_MS - 5000,
      async readingsOf(some: readonly string[], from: number, to: number) {
        const found = new Map(some.map((meter) => [meter, series(from, to)]))
        asked.push([...found.values()].reduce((sum, { at }) => sum + at.length, 0))
        return found
      },
    }
    let lines = 0
    for await (const piece of readingLines(store, meters, 0, T0 + 9 * DAY_MS))
      lines += piece.split('\n').length - 1
    expect(lines).toBe((10 * 2 * 86_400) / 5)
    expect(Math.max(...asked.slice(1))).toBeLessThanOrEqual(100_000)
  })

  it('are never held by the day where each meter has one a second', async () => {
    const meters = Array.from({ length: 50 }, (_, i) => `m${i}`)
    let most = 0
    let all = 0
    const dense = {
      readingFrom: async () => T0,
      readingBefore: async () => T0 + DAY_MS - 1000,
      async readingsOf(_: readonly string[], from: number, to: number) {
        const length = Math.ceil((to - from) / 1000)
        most = Math.max(most, length * meters.length)
        all += length * meters.length
        // One meter's are enough to be written; the others count.
        const at = Float64Array.from({ length: length * meters.length }, (_, i) => from + i)
        return new Map([['m0', { at, value: at, unit: null, receivedAt: at }]])
      },
    }
    for await (const _ of readingLines(dense, meters, T0, T0 + DAY_MS));
    expect(all).toBeGreaterThan(4_000_000)
    expect(most).toBeLessThan(400_000)
  })
})
