import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { type Palette, paletteOf } from './palette.ts'

type Values = readonly (number | null)[]

export interface Line {
  readonly values: Values
  /** `actual`: solid; `path`: fine and dashed; `heading`: dashed in the colour of the figure. */
  readonly look: 'actual' | 'path' | 'heading'
  /** Holds from one place to the next, as an amount of a span does. */
  readonly stepped?: boolean
  readonly points?: boolean
}

/** Lines over the same places: instants in seconds, or plain counts. */
export interface Lines {
  readonly at: readonly number[]
  readonly lines: readonly Line[]
  readonly band?: { readonly low: Values; readonly high: Values; readonly stepped?: boolean }
  /** From here to `to` it is what the chart is about. */
  readonly shaded?: { readonly from: number; readonly to: number }
  readonly limit?: number | null
  /** IANA, where `at` are instants. */
  readonly zone?: string
}

export interface LineWords {
  readonly unit: string
  number(value: number): string
  place(at: number): string
}

export interface LinesPlot {
  show(lines: Lines, words: LineWords): void
  /** Moves the mark by so many places. */
  step(by: number): void
  destroy(): void
}

/** Narrower than its axis needs nothing can be drawn. */
const LEAST_WIDTH = 120

/** Lines with a band beneath, drawn on a canvas that follows the width of its host. */
export function drawLines(
  host: HTMLElement,
  onHover: (hover: { index: number; left: number } | undefined) => void,
): LinesPlot {
  let shown: { lines: Lines; words: LineWords } | undefined
  let palette = paletteOf(host)
  let chart: uPlot | undefined

  function rebuild() {
    if (shown === undefined) return
    chart?.destroy()
    palette = paletteOf(host)
    chart = new uPlot(optionsOf(host, shown.lines, shown.words, palette, onHover), dataOf(shown.lines), host)
  }

  const resized = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = host
    if (chart === undefined || width < LEAST_WIDTH || (width === chart.width && height === chart.height))
      return
    chart.setSize({ width, height })
  })
  resized.observe(host)
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', rebuild)
  document.addEventListener('themechange', rebuild)

  return {
    show(lines, words) {
      shown = { lines, words }
      rebuild()
    },
    step(by) {
      if (chart === undefined) return
      const last = chart.data[0].length - 1
      const now = chart.cursor.idx ?? (by > 0 ? -1 : last + 1)
      const next = Math.min(Math.max(now + by, 0), last)
      chart.setCursor({ left: chart.valToPos(chart.data[0][next] as number, 'x'), top: 0 })
    },
    destroy() {
      resized.disconnect()
      scheme.removeEventListener('change', rebuild)
      document.removeEventListener('themechange', rebuild)
      chart?.destroy()
    },
  }
}

function dataOf({ at, lines, band }: Lines): uPlot.AlignedData {
  const all = [...(band === undefined ? [] : [band.low, band.high]), ...lines.map(({ values }) => values)]
  return [[...at], ...all.map((values) => [...values])]
}

function optionsOf(
  host: HTMLElement,
  { lines, band, shaded, limit, zone }: Lines,
  words: LineWords,
  palette: Palette,
  onHover: Parameters<typeof drawLines>[1],
): uPlot.Options {
  const font = `11px ${getComputedStyle(host).fontFamily}`
  const stepped = uPlot.paths.stepped?.({ align: 1 })
  const edge = { points: { show: false }, width: 0, ...(band?.stepped && stepped && { paths: stepped }) }
  const strokes = { actual: palette.estimated, path: palette.quiet, heading: palette.estimated }
  return {
    width: Math.max(host.clientWidth, 200),
    height: host.clientHeight,
    padding: [20, 24, 0, 0],
    ...(zone !== undefined && { tzDate: (s: number) => uPlot.tzDate(new Date(s * 1000), zone) }),
    legend: { show: false },
    cursor: { y: false, drag: { setScale: false, x: false, y: false }, points: { size: 7 } },
    scales: {
      x: {
        time: zone !== undefined,
        ...(zone === undefined && { range: (_, low, high) => [low - 0.4, high + 0.4] }),
      },
      y: {
        range: (_, low, high) =>
          rangeOf(Math.min(low ?? 0, limit ?? low ?? 0), Math.max(high ?? 0, limit ?? 0)),
      },
    },
    axes: [
      {
        font,
        stroke: palette.quiet,
        grid: { show: false },
        ticks: { show: false },
        size: 26,
        space: 56,
        ...(zone === undefined && { incrs: [1, 2, 3, 6] }),
        values: (_, at) => at.map((place) => words.place(place)),
      },
      {
        font,
        stroke: palette.quiet,
        grid: { stroke: palette.hairline, width: 1 },
        ticks: { show: false },
        gap: 6,
        space: 40,
        size: (_, values) => 18 + 6.4 * Math.max(3, ...(values ?? []).map((value) => value.length)),
        values: (_, at) => at.map((value) => words.number(value)),
      },
    ],
    series: [
      {},
      ...(band === undefined
        ? []
        : [
            { ...edge, stroke: 'transparent' },
            { ...edge, stroke: 'transparent' },
          ]),
      ...lines.map(
        ({ look, stepped: holds, points }): uPlot.Series => ({
          stroke: strokes[look],
          width: look === 'path' ? 1.25 : 2,
          ...(look === 'path' && { dash: [4, 3] }),
          ...(look === 'heading' && { dash: [5, 4] }),
          points: { show: points ?? false, size: 6, fill: palette.surface },
          ...(holds && stepped && { paths: stepped }),
        }),
      ),
    ],
    ...(band !== undefined && { bands: [{ series: [2, 1] as [number, number], fill: palette.soft }] }),
    hooks: {
      drawAxes: [(u) => shade(u, shaded, palette)],
      draw: [(u) => mark(u, shaded, limit, words.unit, palette)],
      setCursor: [
        (u) => {
          const { idx, left } = u.cursor
          if (idx === null || idx === undefined || left === undefined || left < 0) return onHover(undefined)
          const at = u.valToPos(u.data[0][idx] as number, 'x')
          onHover({ index: idx, left: at + u.bbox.left / devicePixelRatio })
        },
      ],
    },
  }
}

/** From zero, unless that would make a line of what is to be seen. */
function rangeOf(low: number, high: number): [number, number] {
  const margin = (high - Math.min(low, 0)) * 0.08 || 1
  const floor = low >= 0 ? (low > high * 0.6 ? Math.max(low - (high - low || margin), 0) : 0) : low - margin
  return [floor, high + (floor > 0 ? (high - low) * 0.15 || margin : margin)]
}

function shade(u: uPlot, shaded: Lines['shaded'], palette: Palette): void {
  if (shaded === undefined) return
  const { ctx, bbox } = u
  const [left, right] = [shaded.from, shaded.to].map((at) =>
    Math.min(Math.max(u.valToPos(at, 'x', true), bbox.left), bbox.left + bbox.width),
  ) as [number, number]
  ctx.save()
  ctx.globalAlpha = 0.5
  ctx.fillStyle = palette.alarmSoft
  ctx.fillRect(left, bbox.top, right - left, bbox.height)
  ctx.restore()
}

function mark(
  u: uPlot,
  shaded: Lines['shaded'],
  limit: Lines['limit'],
  unit: string,
  palette: Palette,
): void {
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  ctx.save()
  ctx.lineWidth = 1.5 * ratio
  if (shaded !== undefined) {
    const x = u.valToPos(shaded.from, 'x', true)
    ctx.strokeStyle = palette.alarm
    stroke(ctx, [x, bbox.top], [x, bbox.top + bbox.height])
  }
  if (limit !== undefined && limit !== null) {
    const y = u.valToPos(limit, 'y', true)
    ctx.strokeStyle = palette.ink
    stroke(ctx, [bbox.left, y], [bbox.left + bbox.width, y])
  }
  ctx.font = `${11 * ratio}px ${getComputedStyle(u.root).fontFamily}`
  ctx.fillStyle = palette.quiet
  ctx.fillText(unit, bbox.left, bbox.top - 8 * ratio)
  ctx.restore()
}

function stroke(
  ctx: CanvasRenderingContext2D,
  from: readonly [number, number],
  to: readonly [number, number],
) {
  ctx.beginPath()
  ctx.moveTo(...from)
  ctx.lineTo(...to)
  ctx.stroke()
}
