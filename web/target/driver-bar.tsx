/** How large a change is of the largest, to the right where it is more. */
export function Bar({ change, most, goodSign }: { change: number; most: number; goodSign: number }) {
  const share = most === 0 ? 0 : Math.abs(change) / most
  return (
    <span
      class={`driver-bar ${change < 0 ? 'less' : 'more-of'} ${change * goodSign > 0 ? 'better' : 'worse'}`}
      style={{ '--share': String(share) }}
      aria-hidden="true"
    />
  )
}

/** A change with its sign, so that a rise is told from a fall without colour. */
export function signed(
  change: number,
  unit: string,
  figure: (value: number, unit: string, digits?: number) => string,
): string {
  const text = figure(change, unit)
  return change > 0 ? `+${text}` : text
}
