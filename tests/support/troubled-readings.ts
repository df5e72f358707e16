import fc from 'fast-check'
import { HOUR_MS } from '../../core/window.ts'
import { occurred } from './rules.ts'

/** Where the readings begin: a Monday. */
export const T = Date.UTC(2026, 2, 2)
/** About how long they go on. */
export const LENGTH = 72 * HOUR_MS
const QUARTER = HOUR_MS / 4

/** Steps of a register that is read now and then, with everything that goes wrong. */
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('use'), used: fc.integer({ min: 0, max: 60 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('still'), used: fc.constant(0) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('spike'), used: fc.integer({ min: 0, max: 999_999 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset'), used: fc.integer({ min: 0, max: 500 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('jump'), used: fc.integer({ min: 0, max: 5000 }) }) },
)
const pause = fc.oneof(
  { weight: 10, arbitrary: fc.constant(QUARTER) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 8 * HOUR_MS }) },
)
/** Readings of one meter in order, as instant and value: gaps, stillness, spikes, resets and jumps among plain use. */
export const troubledReadings = fc
  .tuple(
    fc.integer({ min: 0, max: 999_999 }),
    fc.array(fc.tuple(step, pause), { minLength: 1, maxLength: 60 }),
  )
  .map(([first, steps]) => {
    const rows: [number, number][] = [[T, first]]
    let at = T
    let face = first
    for (const [{ kind, used }, ms] of steps) {
      at += ms
      if (kind === 'spike') {
        rows.push([at, used])
        continue
      }
      face = kind === 'reset' ? used : (face + used) % 1_000_000
      rows.push([at, face])
    }
    return rows
  })

/** Something declared of the meter `m` in the time of `troubledReadings`. */
export const declaredEvent = fc.oneof(
  fc
    .record({ at: fc.integer({ min: 0, max: LENGTH }) })
    .map(({ at }) => occurred({ kind: 'exclude', at: T + at })),
  fc
    .record({
      at: fc.integer({ min: 0, max: LENGTH }),
      closing: fc.integer({ min: 0, max: 999_999 }),
      opening: fc.integer({ min: 0, max: 999_999 }),
    })
    .map(({ at, ...faces }) => occurred({ kind: 'replacement', at: T + at, ...faces })),
  fc
    .record({
      at: fc.integer({ min: 0, max: LENGTH / 2 }),
      ms: fc.integer({ min: 1, max: LENGTH / 2 }),
      use: fc.nat(50),
    })
    .map(({ at, ms, use }) =>
      occurred({ kind: 'correction', at: T + at, to: T + at + ms, value: use * (ms / HOUR_MS) }),
    ),
  fc
    .record({ at: fc.integer({ min: 0, max: LENGTH }) })
    .map(({ at }) => occurred({ kind: 'reset', at: T + at })),
  fc
    .record({ at: fc.integer({ min: 0, max: LENGTH }) })
    .map(({ at }) => occurred({ kind: 'rollover', at: T + at })),
)
