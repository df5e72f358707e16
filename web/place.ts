const MARGIN = 8

/**
 * Puts a panel beneath what it belongs to, above it where there is no room beneath, and never outside of
 * the window. `from` is where that stands on the screen.
 */
export function placeNear(
  panel: HTMLElement,
  from: { readonly middle: number; readonly top: number; readonly bottom: number },
): void {
  const { offsetWidth: width, offsetHeight: height } = panel
  const left = Math.min(Math.max(from.middle - width / 2, MARGIN), innerWidth - width - MARGIN)
  const below = from.bottom + MARGIN
  const above = from.top - height - MARGIN
  const fits = below + height <= innerHeight - MARGIN
  const top = fits ? below : above >= MARGIN ? above : innerHeight - height - MARGIN
  panel.style.left = `${left}px`
  panel.style.top = `${Math.max(top, MARGIN)}px`
}

const AWAY = 20

/** Puts a panel beside a point, so that what is above and beneath the point stays in sight. */
export function placeBeside(panel: HTMLElement, x: number, y: number): void {
  const { offsetWidth: width, offsetHeight: height } = panel
  const right = x + AWAY
  const fits = right + width <= innerWidth - MARGIN
  const left = fits ? right : x - AWAY - width
  panel.style.left = `${Math.max(left, MARGIN)}px`
  panel.style.top = `${Math.max(Math.min(y - 2 * AWAY, innerHeight - height - MARGIN), MARGIN)}px`
}
