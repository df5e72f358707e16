/** The page's colours as a canvas needs them: resolved for the theme in force. */
export interface Palette {
  readonly bar: string
  readonly soft: string
  readonly quiet: string
  readonly hairline: string
  readonly lack: string
  readonly ink: string
  readonly suspect: string
  readonly edited: string
  readonly estimated: string
  readonly surface: string
  readonly alarm: string
  readonly alarmSoft: string
}

const names: Record<keyof Palette, string> = {
  bar: '--accent',
  soft: '--accent-soft',
  quiet: '--ink-quiet',
  hairline: '--hairline',
  lack: '--lack',
  ink: '--ink',
  suspect: '--suspect',
  edited: '--edited',
  estimated: '--accent-ink',
  surface: '--surface',
  alarm: '--severity',
  alarmSoft: '--severity-soft',
}

export function paletteOf(host: HTMLElement): Palette {
  const probe = document.createElement('span')
  host.append(probe)
  const colours = Object.entries(names).map(([key, name]) => {
    probe.style.color = `var(${name})`
    return [key, getComputedStyle(probe).color]
  })
  probe.remove()
  return Object.fromEntries(colours) as Palette
}

/** Diagonal lines, drawn as fine on every screen. */
export function hatch(
  context: CanvasRenderingContext2D,
  colour: string,
  ground?: string,
): CanvasPattern | string {
  const size = Math.round(6 * devicePixelRatio)
  const tile = document.createElement('canvas')
  tile.width = size
  tile.height = size
  const pen = tile.getContext('2d')
  if (pen === null) return colour
  if (ground !== undefined) {
    pen.fillStyle = ground
    pen.fillRect(0, 0, size, size)
  }
  pen.strokeStyle = colour
  pen.lineWidth = 1.5 * devicePixelRatio
  pen.beginPath()
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size)
    pen.lineTo(shift + size, 0)
  }
  pen.stroke()
  return context.createPattern(tile, 'repeat') ?? colour
}
