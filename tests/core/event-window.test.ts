import { describe, expect, it } from 'vitest'
import { touchedByOccurrence } from '../../core/event-window.ts'
import type { Occurrence } from '../../core/meter-event.ts'
import { HOUR_MS } from '../../core/window.ts'

const t0 = Date.UTC(2026, 0, 1)
const hours = (count: number) => t0 + count * HOUR_MS
const window = (from: number, to: number) => ({ meter: 'a', from: hours(from), to: hours(to) })
const newest = hours(99.5)

/** Occurrences of meter a at an hour after `t0`. */
const exclude = (at: number, to?: number): Occurrence => ({
  meter: 'a',
  at: hours(at),
  kind: 'exclude',
  ...(to !== undefined && { to: hours(to) }),
})
const multiplier = (at: number): Occurrence => ({
  meter: 'a',
  at: hours(at),
  kind: 'multiplier',
  multiplier: 2,
})
const replacement = (at: number, to: number, factor?: number): Occurrence => ({
  meter: 'a',
  at: hours(at),
  kind: 'replacement',
  to: hours(to),
  ...(factor !== undefined && { multiplier: factor }),
})

describe('the window that an event touches', () => {
  it('is the hour that it lies in, or the hours up to its end', () => {
    const at = hours(3.5)
    expect(touchedByOccurrence({ meter: 'a', at, kind: 'rollover' }, [], newest)).toEqual(window(3, 4))
    expect(touchedByOccurrence({ meter: 'a', at, kind: 'reset' }, [], newest)).toEqual(window(3, 4))
    expect(touchedByOccurrence(exclude(3), [], newest)).toEqual(window(3, 4))
    expect(touchedByOccurrence(exclude(3.5, 6.1), [], newest)).toEqual(window(3, 7))
    expect(touchedByOccurrence(replacement(3.5, 6), [], newest)).toEqual(window(3, 6))
    const correction: Occurrence = { meter: 'a', at, kind: 'correction', to: hours(8), value: 1 }
    expect(touchedByOccurrence(correction, [], newest)).toEqual(window(3, 8))
  })

  it('of a multiplier goes to the next one, however that is set', () => {
    const others = [multiplier(2), multiplier(40), replacement(20, 21, 3), replacement(10, 11), exclude(7)]
    expect(touchedByOccurrence(multiplier(5.5), others, newest)).toEqual(window(5, 20))
    expect(touchedByOccurrence(replacement(5, 6, 4), others, newest)).toEqual(window(5, 20))
    expect(touchedByOccurrence(replacement(5, 6), others, newest)).toEqual(window(5, 6))
  })

  it('of the last multiplier goes to the newest reading', () => {
    expect(touchedByOccurrence(multiplier(5.5), [multiplier(2)], newest)).toEqual(window(5, 100))
    expect(touchedByOccurrence(multiplier(100), [], newest)).toEqual(window(100, 101))
    expect(touchedByOccurrence(multiplier(5), [], undefined)).toEqual(window(5, 6))
    expect(touchedByOccurrence(replacement(98, 120, 4), [], newest)).toEqual(window(98, 120))
  })
})
