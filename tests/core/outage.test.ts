import { expect, it } from 'vitest'
import { Outage } from '../../core/outage.ts'

const MINUTE_MS = 60_000

it('a failure is worth a line at first, and then every ten minutes', () => {
  const outage = new Outage()
  const said = Array.from({ length: 31 }, (_, minute) => outage.failed('busy', minute * MINUTE_MS))
  expect(said.flatMap((worth, minute) => (worth ? [minute] : []))).toEqual([0, 10, 20, 30])
  expect(outage.since).toBe(0)
})

it('a failure of another kind is worth a line too, but not each time that it alternates', () => {
  const outage = new Outage()
  const kinds = ['busy', 'busy', 'held', 'busy', 'held']
  expect(kinds.map((kind, i) => outage.failed(kind, i))).toEqual([true, false, true, false, false])
})

it('what begins after it was over is a new one', () => {
  const outage = new Outage()
  outage.failed('busy', 1)
  outage.failed('busy', 2)
  expect([outage.over(), outage.over(), outage.since]).toEqual([2, 0, null])
  expect(outage.failed('busy', 3)).toBe(true)
  expect(outage.since).toBe(3)
})
