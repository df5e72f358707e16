/** What most of a list says, whatever the few say. */

/** NaN of none. */
export function median(list: readonly number[] | Float64Array): number {
  return quantile(list, 0.5)
}

/** By linear interpolation; NaN of none. */
export function quantile(list: readonly number[] | Float64Array, share: number): number {
  if (list.length === 0) return Number.NaN
  const sorted = Float64Array.from(list).sort()
  const place = share * (sorted.length - 1)
  const low = sorted[Math.floor(place)] as number
  const high = sorted[Math.ceil(place)] as number
  return low + (high - low) * (place - Math.floor(place))
}

/** The standard deviation that the median of distances from the middle stands for, of a normal spread. */
export function spread(list: readonly number[] | Float64Array, middle = median(list)): number {
  return 1.4826 * median(Float64Array.from(list, (value) => Math.abs(value - middle)))
}
