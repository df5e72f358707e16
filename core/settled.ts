import { isShort, STILL_MS } from './accept.ts'
import { faceStep, turnMs } from './face-step.ts'
import { isPossible } from './gauge-pieces.ts'
import { HOLE_MOST_MS } from './holes.ts'
import type { MeterRule } from './meter-rule.ts'
import { firstFrom } from './search.ts'
import { HOUR_MS, type Window } from './window.ts'

/** What of a meter hangs on the readings of a window, as far as the readings at hand show. */
export interface Settled {
  /** The instants of the first and the last reading between which consumption may have changed. */
  readonly start: number
  readonly end: number
  /** The readings at hand begin (or end) too close to tell: more are needed, where there are more. */
  readonly needsBefore: boolean
  readonly needsAfter: boolean
}

/**
 * How far a change of readings in a window reaches. Where one face simply follows the other all around it,
 * no further than the readings next to it. Otherwise as far as a spike, a register that stands still, or
 * one that begins anew may be told from what lies beside it: to where faces have followed each other for
 * half a day. `face` in the rule's reading unit.
 */
export function settledSpan(
  at: Float64Array,
  face: Float64Array,
  rule: MeterRule,
  { from, to }: Pick<Window, 'from' | 'to'>,
): Settled {
  if (rule.kind === 'gauge') return gaugeSpan(at, face, rule, from, to)
  const first = firstFrom(at, from)
  const behind = firstFrom(at, to)
  const isPlain = (k: number) => followsPlainly(at, face, rule, k)
  // Inside the window anything may have been.
  let calm = true
  for (let k = Math.max(1, first); k <= Math.min(behind, at.length - 1); k += 1) calm = calm && isPlain(k)

  const left = walk(at, face, first - 1, -1, isPlain)
  const right = walk(at, face, behind, 1, isPlain)
  calm = calm && left.calm && right.calm
  const start = calm ? besideShortGap(at, first - 1, -1) : left.index
  const end = calm ? besideShortGap(at, behind, 1) : right.index
  return {
    start: at[Math.max(0, start)] ?? from,
    end: at[Math.min(at.length - 1, end)] ?? to,
    needsBefore: !left.settled,
    needsAfter: !right.settled,
  }
}

/**
 * Walks from a reading away from the window until everything has been plain for long enough: as long as a
 * spike can last, with a face that moved (so that no jump reaches back over it), and once more as long, so
 * that what lies beyond makes no difference either. `index` is where nothing hangs on the window any more:
 * between the two.
 */
function walk(
  at: Float64Array,
  face: Float64Array,
  from: number,
  step: -1 | 1,
  isPlain: (k: number) => boolean,
): { index: number; calm: boolean; settled: boolean } {
  let calm = true
  let since = from
  let half: number | undefined
  let moved = false
  let i = from
  if (i < 0 || i >= at.length) return { index: i, calm, settled: false }
  for (let next = i + step; next >= 0 && next < at.length; next += step) {
    if (!isPlain(Math.max(i, next))) {
      calm = false
      since = next
      half = undefined
      moved = false
    } else if (half === undefined) {
      moved = moved || face[i] !== face[next] || distance(at, since, next) > STILL_MS
      if (moved && isLong(at, since, next)) half = next
    } else if (isLong(at, half, next)) return { index: half, calm, settled: true }
    i = next
  }
  return { index: i, calm, settled: false }
}

/** Longer than anything that leaves the line and comes back. */
function isLong(at: Float64Array, i: number, j: number): boolean {
  return !isShort(at, Math.min(i, j), Math.max(i, j))
}

/** One reading further where what lies there may be a short gap: its course hangs on what was used beside it. */
function besideShortGap(at: Float64Array, index: number, step: -1 | 1): number {
  const gap = distance(at, index, index + step)
  const beyond = distance(at, index + step, index + 2 * step)
  return gap > beyond ? index + step : index
}

function distance(at: Float64Array, i: number, j: number): number {
  return Math.abs((at[i] as number) - (at[j] as number))
}

/** Whether reading `k` simply goes on from the one before it. */
function followsPlainly(at: Float64Array, face: Float64Array, rule: MeterRule, k: number): boolean {
  const [before, now] = [at[k - 1] as number, at[k] as number]
  const [old, shown] = [face[k - 1] as number, face[k] as number]
  if (!(shown >= old) || (shown === old && rule.minimumPerHour > 0) || now - before >= turnMs(rule))
    return false
  return !Number.isNaN(faceStep(rule, before, old, now, shown))
}

/**
 * Of a gauge each reading counts or does not by itself. What it changes ends at the next one that counts, or at the
 * one after it where a short gap may lie between them; but a hole goes on past those that stand alone.
 */
function gaugeSpan(at: Float64Array, rate: Float64Array, rule: MeterRule, from: number, to: number): Settled {
  const reach = Math.max(rule.reachMs, HOLE_MOST_MS)
  const next = (index: number, step: -1 | 1) => {
    let i = index
    while (i >= 0 && i < at.length && !isPossible(rate[i] as number, rule)) i += step
    return i
  }
  const joined = (index: number, step: -1 | 1, most: number) => {
    let i = next(index, step)
    for (let j = next(i + step, step); j >= 0 && j < at.length; j = next(i + step, step)) {
      if (distance(at, i, j) <= rule.reachMs || (at[i] as number) * step >= most * step) break
      i = j
    }
    return i
  }
  // A piece is a short gap or none by those beside it, so one further reading may hang on the window.
  const besideGap = (index: number, step: -1 | 1) => {
    const beside = next(index + step, step)
    const beyond = next(beside + step, step)
    return { index: distance(at, index, beside) > distance(at, beside, beyond) ? beside : index, beyond }
  }
  const first = besideGap(joined(firstFrom(at, from) - 1, -1, from - reach), -1)
  const last = besideGap(joined(firstFrom(at, to), 1, to + reach), 1)
  return {
    // Before the first reading and after the last one nothing is known, and nothing changes.
    start: Math.max(from - reach - rule.reachMs, at[first.index] ?? Math.min(from, at[0] ?? from)),
    end: Math.min(to + reach + rule.reachMs, at[last.index] ?? Math.max(to, at.at(-1) ?? to)),
    // The hours that it begins and ends in are reckoned whole.
    needsBefore: first.beyond < 0 || (at[0] as number) > (at[first.index] as number) - HOUR_MS,
    needsAfter: last.beyond >= at.length || (at.at(-1) as number) < (at[last.index] as number) + HOUR_MS,
  }
}
