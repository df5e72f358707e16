import type { Span } from './calendar.ts'
import type { MeterRule } from './meter-rule.ts'
import { conversion } from './quantity.ts'
import type { ReadingSeries } from './reading.ts'
import type { Consumption } from './rollup.ts'
import { HOUR_MS } from './window.ts'

/**
 * Two faces further apart than this leave a gap between them: its total is certain, its inside is not
 * (DOMAIN, section 1, "gap").
 */
export const GAP_MS = 2 * HOUR_MS

/**
 * The consumption of one meter in each of `spans`, which are in order and do not overlap.
 *
 * `series` holds the readings inside the spans and the nearest ones before and after them. A boundary
 * without a reading is interpolated linearly between its neighbours, so the sum over any split of a
 * span is the same. Where a register falls, the consumption between the two readings is unknown: the
 * span is not covered there, and never negative.
 */
export function consumption(series: ReadingSeries, rule: MeterRule, spans: readonly Span[]): Consumption[] {
  const { at } = series
  const face = readingsIn(rule.readingUnit, series)
  const rows: Consumption[] = []
  let i = 0
  for (const span of spans) {
    const start = Math.max(span.start, rule.usedFrom)
    const end = Math.min(span.end, rule.usedTo)
    // The last pair may reach into this span too, so it is looked at again.
    while (i + 1 < at.length && (at[i + 1] as number) <= start) i += 1
    let value = 0
    let coveredMs = 0
    let head = 0
    let tail = 0
    for (let k = i; k + 1 < at.length && (at[k] as number) < end; k += 1) {
      const a = at[k] as number
      const b = at[k + 1] as number
      const from = Math.max(a, start)
      const to = Math.min(b, end)
      if (to <= from || b - a > rule.reachMs) continue
      const va = face[k] as number
      const vb = face[k + 1] as number
      if (rule.kind === 'register' && vb < va) continue
      const part = rule.kind === 'register' ? share(va, vb, a, b, from, to) : area(va, vb, a, b, from, to)
      const used = part * rule.multiplier
      // A reading that no number can hold is no consumption: the span is not covered, instead of infinite.
      if (!Number.isFinite(used)) continue
      value += used
      coveredMs += to - from
      if (rule.kind === 'register' && b - a > GAP_MS) {
        if (a < start) head += used
        if (b > end) tail += used
      }
    }
    rows.push({ start: span.start, end: span.end, value, coveredMs, head, tail, estimated: 0, flags: 0 })
  }
  return rows
}

/** The part of a face's difference that falls in [from, to). */
function share(va: number, vb: number, a: number, b: number, from: number, to: number): number {
  return from === a && to === b ? vb - va : ((vb - va) * (to - from)) / (b - a)
}

/** The area under a straight line between two powers or flows, in unit-hours (trapezoid). */
function area(va: number, vb: number, a: number, b: number, from: number, to: number): number {
  const slope = (vb - va) / (b - a)
  const mean = va + slope * ((from + to) / 2 - a)
  return (mean * (to - from)) / HOUR_MS
}

/** The values of a series in one unit. Readings are checked on the way in, so their units convert. */
function readingsIn(unit: string, series: ReadingSeries): Float64Array {
  const sent = series.unit
  if (sent === null || sent.every((u) => u === unit)) return series.value
  return series.value.map((value, i) => {
    const from = sent[i] as string
    return from === '' ? value : value * (conversion(from, unit) ?? Number.NaN)
  })
}
