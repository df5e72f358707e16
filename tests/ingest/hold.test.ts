import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Hold, waitMs } from '../../ingest/hold.ts'
import { StoreUnavailable } from '../../store/store.ts'
import { keptLog } from './support.ts'

const LONGEST_MS = 5 * 60_000
const random = fc.double({ min: 0, max: 1, noNaN: true })

test('no wait is shorter than the store asked for, unless that is longer than five minutes', () => {
  const asked = fc.integer({ min: 0, max: 3_600_000 })
  fc.assert(
    fc.property(fc.nat(50), asked, random, (failures, retryAfterMs, drawn) => {
      const wait = waitMs(failures, 250, retryAfterMs, drawn)
      expect(wait).toBeGreaterThanOrEqual(Math.min(retryAfterMs, LONGEST_MS))
      expect(wait).toBeLessThanOrEqual(LONGEST_MS)
    }),
  )
})

test('waits grow to 64 times the first, and are spread over half of that', () => {
  expect([0, 1, 6, 60].map((failures) => waitMs(failures, 250, undefined, 1))).toEqual([
    250, 500, 16_000, 16_000,
  ])
  expect(waitMs(6, 250, undefined, 0)).toBe(8000)
  expect(waitMs(0, 250, 30_000, 0)).not.toBe(waitMs(0, 250, 30_000, 1))
})

function hold() {
  const { log, lines } = keptLog()
  const ending = new AbortController()
  return { hold: new Hold({ place: 'the store', log, signal: ending.signal, retryMs: 1 }), lines, ending }
}

test('a store that asks for time is given it', async () => {
  const { hold: held } = hold()
  const attempts: number[] = []
  await held.until('writing', async () => {
    attempts.push(performance.now())
    if (attempts.length === 1) throw new StoreUnavailable('busy', 'too much', { retryAfterMs: 120 })
  })
  const [first = 0, second = 0] = attempts
  // A timer of Node may be a millisecond early.
  expect(second - first).toBeGreaterThanOrEqual(119)
})

test('what must be mended is said once, and so is that it goes on', async () => {
  const { hold: held, lines } = hold()
  let attempts = 0
  const seen: unknown[] = []
  const done = await held.until('writing', async () => {
    seen.push(held.held)
    attempts += 1
    if (attempts < 5) throw new StoreUnavailable('held', '401: who are you?')
  })
  expect(done).toBe(true)
  const since = expect.any(Number)
  expect(seen).toEqual([null, ...Array(4).fill({ state: 'held', error: '401: who are you?', since })])
  expect(held.held).toBeNull()
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
    'writing is held; nothing is lost',
    'writing goes on',
  ])
})

test('it ends when it is told to, though nothing is done', async () => {
  const { hold: held, ending } = hold()
  const trying = held.until('writing', async () => {
    ending.abort()
    throw new StoreUnavailable('busy', 'away', { retryAfterMs: 3_600_000 })
  })
  expect(await trying).toBe(false)
})
