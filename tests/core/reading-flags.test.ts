import { describe, expect, it } from 'vitest'
import type { Occurrence } from '../../core/meter-event.ts'
import type { MeterRule } from '../../core/meter-rule.ts'
import { readingFlags } from '../../core/reading-flags.ts'
import { HOUR_MS } from '../../core/window.ts'
import { gaugeRule, occurred, registerRule } from '../support/rules.ts'
import { seriesOf } from '../support/series.ts'

const T = Date.UTC(2026, 2, 1)

/** The flags of hourly readings, as hour and flag. */
function flags(
  rule: MeterRule,
  faces: readonly number[],
  occurrences: Occurrence[] = [],
): [number, string][] {
  const series = seriesOf(faces.map((face, h) => [T + h * HOUR_MS, face] as const))
  return [...readingFlags(series, rule, occurrences)]
    .map(([at, flag]): [number, string] => [(at - T) / HOUR_MS, flag])
    .sort(([a], [b]) => a - b)
}

const limited = registerRule({ digits: 6 }, { limitPerHour: 50 })

describe('a reading', () => {
  it('that simply goes on has no flag', () => {
    expect(flags(limited, [1, 2, 3])).toEqual([])
  })

  it('that does not count is a spike, and so is each of several', () => {
    expect(flags(limited, [100, 101, 9999, 9998, 104])).toEqual([
      [2, 'spike'],
      [3, 'spike'],
    ])
  })

  it('tells what came before it', () => {
    expect(flags(limited, [999_990, 10, 20])).toEqual([[1, 'rollover']])
    expect(flags(limited, [5000, 3, 8])).toEqual([[1, 'reset']])
    expect(flags(limited, [5000, 9000, 9003])).toEqual([[1, 'limit']])
  })

  it('of a register that stood still for long enough is stuck, without the first and the one that moved', () => {
    const rule = registerRule({}, { minimumPerHour: 5 })
    expect(flags(rule, [7, 7, 7, 60, 70])).toEqual([
      [1, 'stuck'],
      [2, 'stuck'],
    ])
  })

  it('that somebody excluded says so, whatever it was', () => {
    const excluded = [occurred({ kind: 'exclude', at: T + 2 * HOUR_MS })]
    expect(flags(limited, [100, 101, 9999, 103], excluded)).toEqual([[2, 'excluded']])
    expect(flags(limited, [100, 101, 102, 103], excluded)).toEqual([[2, 'excluded']])
  })

  it('of a gauge is above its limit or not', () => {
    expect(flags(gaugeRule({}, { limitPerHour: 100 }), [5, 101, 100])).toEqual([[1, 'limit']])
  })
})
