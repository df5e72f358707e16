/**
 * How an interval's consumption is known, best first. The order is the order of worth: a span is as good
 * as the worst interval in it.
 */
export const qualities = ['measured', 'interpolated', 'edited', 'estimated', 'suspect', 'missing'] as const
export type Quality = (typeof qualities)[number]

/** A set of qualities in one number, so that a store keeps it as a float. `measured` is the empty set. */
export type Qualities = number

/** Drawn by a straight line over a short stretch, such as over a rejected spike: its total is certain. */
export const INTERPOLATED: Qualities = 1
/** Somebody declared it: a correction, or the faces of a replacement. */
export const EDITED: Qualities = 2
/** Its total is certain at most over a longer stretch; its course, or all of it, is estimated. */
export const ESTIMATED: Qualities = 4
/** A lower bound, or something that no rule can decide. */
export const SUSPECT: Qualities = 8

/**
 * The worst of a set, of a span that is known to `coverage` (0..1). A span that is known in part is as good as
 * what is missing of it, unless what is known is worse: suspect.
 */
export function worstOf(flags: Qualities, coverage: number): Quality {
  if (coverage === 0) return 'missing'
  if (flags & SUSPECT) return 'suspect'
  if (coverage < WHOLE) return 'missing'
  if (flags & ESTIMATED) return 'estimated'
  if (flags & EDITED) return 'edited'
  return flags & INTERPOLATED ? 'interpolated' : 'measured'
}

/** The worst of several qualities. */
export function worstQuality(list: Iterable<Quality>): Quality {
  let worst = 0
  for (const quality of list) worst = Math.max(worst, qualities.indexOf(quality))
  return qualities[worst] as Quality
}

/** Shares of milliseconds do not add up to 1 to the last bit. */
export const WHOLE = 1 - 1e-9
