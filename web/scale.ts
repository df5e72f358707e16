/** A linear scale from figures to places in a drawing. */
export type Scale = (value: number) => number

export function linear([a, b]: readonly [number, number], [from, to]: readonly [number, number]): Scale {
  const span = b - a
  return (value) => (span === 0 ? (from + to) / 2 : from + ((value - a) / span) * (to - from))
}

/** The extent of figures, widened by a share of itself at both ends. */
export function extent(values: readonly number[], widen: number): [number, number] {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const margin = (high - low || Math.abs(high) || 1) * widen
  return [low - margin, high + margin]
}

/** A place in a drawing, short enough for an attribute. */
export function at(place: number): string {
  return place.toFixed(1)
}
