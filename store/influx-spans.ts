/** What queries for everything are bounded by, epoch milliseconds. */
export const always = { from: Date.UTC(1990, 0, 1), to: Date.UTC(2200, 0, 1) }

/** [from, to) within bounds, in steps where the server reads no more at once. */
export function slices(from: number, to: number, stepMs: number | null): [number, number][] {
  const first = Math.ceil(Math.max(from, always.from))
  const last = Math.ceil(Math.min(to, always.to))
  if (last <= first) return []
  if (stepMs === null) return [[first, last]]
  const list: [number, number][] = []
  for (let start = first; start < last; start += stepMs) list.push([start, Math.min(start + stepMs, last)])
  return list
}
