import type { Point } from './points.ts'

const AN_HOUR = 3_600_000

/** Which reading a key goes to; the first press goes to the first that something is wrong with. */
export function stepOf(key: string, from: number | undefined, points: readonly Point[]): number | undefined {
  if (points.length === 0) return undefined
  const last = points.length - 1
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(key)) return undefined
  if (from === undefined)
    return Math.max(
      points.findIndex(({ sign }) => sign === 'suspect'),
      0,
    )
  if (key === 'ArrowLeft') return Math.max(from - 1, 0)
  if (key === 'ArrowRight') return Math.min(from + 1, last)
  return anHourFrom(from, key === 'ArrowUp' ? -AN_HOUR : AN_HOUR, points)
}

/** The reading an hour before or after, at least the next one. */
function anHourFrom(from: number, byMs: number, points: readonly Point[]): number {
  const wanted = (points[from]?.at ?? 0) + byMs
  const found =
    byMs < 0
      ? points.findLastIndex(({ at }, i) => i < from && at <= wanted)
      : points.findIndex(({ at }, i) => i > from && at >= wanted)
  return found >= 0 ? found : byMs < 0 ? 0 : points.length - 1
}
