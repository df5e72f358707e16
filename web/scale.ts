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

/** Round figures within an extent, about so many. */
export function ticks([low, high]: readonly [number, number], about: number): number[] {
  const rough = (high - low) / about || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((n) => n * power >= rough) ?? 10)
  const list: number[] = []
  // Adding 0 makes a 0 of a -0.
  for (let n = Math.ceil(low / step) + 0; n * step <= high; n += 1) list.push(n * step)
  return list
}
