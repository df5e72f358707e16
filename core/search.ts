/** The index of the first of `length` things in order that `holds`, as all behind it do; `length` where none does. */
export function firstWhere(length: number, holds: (i: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The index of the first instant at or after another, of instants in order. */
export function firstFrom(at: ArrayLike<number>, instant: number): number {
  return firstWhere(at.length, (i) => (at[i] as number) >= instant)
}
