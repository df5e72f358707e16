import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Days } from '../day.ts'
import { drawDoubts } from './doubts.ts'
import { drawAverage, drawBars, drawChosen, drawStrip, type Words } from './paint.ts'
import { type Palette, paletteOf } from './palette.ts'

/** The chart of days, drawn on a canvas that follows the width of its host. */
export interface DayPlot {
  /** `chosen`: the date of a day that stands out. */
  show(days: Days, words: Words, chosen?: string): void
  /** Moves the mark by so many days. */
  step(by: number): void
  destroy(): void
}

const DAY_S = 86_400
/** Narrower than its axis needs, as while the page is laid out, nothing can be drawn. */
const LEAST_WIDTH = 120

export function drawDays(
  host: HTMLElement,
  onHover: (hover: { index: number; left: number } | undefined) => void,
  onPick: (index: number) => void,
): DayPlot {
  let days: Days | undefined
  let words: Words | undefined
  let chosen: string | undefined
  let palette: Palette = paletteOf(host)
  let chart: uPlot | undefined

  function options(): uPlot.Options {
    const font = `11px ${getComputedStyle(host).fontFamily}`
    return {
      width: Math.max(host.clientWidth, 200),
      height: host.clientHeight,
      padding: [18, 8, 0, 0],
      // Days are labels without a zone; they are counted in UTC.
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { setScale: false, x: false, y: false } },
      scales: {
        x: { time: true, range: (_, low, high) => [low - DAY_S / 2, high + DAY_S / 2] },
        y: { range: (_, __, high) => [0, Math.max(high ?? 0, days?.average ?? 0) * 1.06 || 1] },
      },
      axes: [
        {
          font,
          stroke: palette.quiet,
          grid: { show: false },
          ticks: { show: false },
          gap: 16,
          size: 40,
          space: 64,
          incrs: [1, 2, 7, 14, 30, 61, 91].map((n) => n * DAY_S),
          values: (_, at) => at.map((s) => words?.day(new Date(s * 1000).toISOString().slice(0, 10)) ?? ''),
        },
        {
          font,
          stroke: palette.quiet,
          grid: { stroke: palette.hairline, width: 1 },
          ticks: { show: false },
          gap: 6,
          space: 48,
          size: (_, values) => 18 + 6.4 * Math.max(3, ...(values ?? []).map((value) => value.length)),
          values: (_, at) => at.map((value) => words?.number(value) ?? ''),
        },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: {
        ready: [(u) => u.over.addEventListener('click', ({ offsetX }) => onPick(u.posToIdx(offsetX)))],
        draw: [
          (u) => {
            if (days === undefined || words === undefined) return
            drawChosen(u, days.list, chosen, palette)
            drawBars(u, days.list, palette, words)
            drawDoubts(u, days.list, palette)
            drawStrip(u, days.list, palette)
            drawAverage(u, days, palette)
          },
        ],
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

  function rebuild() {
    if (days === undefined) return
    chart?.destroy()
    palette = paletteOf(host)
    chart = new uPlot(options(), [xOf(days), days.list.map((day) => day.value)], host)
  }

  const resized = new ResizeObserver(() => {
    const width = host.clientWidth
    const height = host.clientHeight
    if (chart === undefined || width < LEAST_WIDTH || (width === chart.width && height === chart.height))
      return
    chart.setSize({ width, height })
  })
  resized.observe(host)
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', rebuild)
  document.addEventListener('themechange', rebuild)

  return {
    show(nextDays, nextWords, nextChosen) {
      const same = nextDays === days && nextWords === words
      days = nextDays
      words = nextWords
      chosen = nextChosen
      if (same) chart?.redraw(false)
      else rebuild()
    },
    step(by) {
      if (chart === undefined || days === undefined) return
      const now = chart.cursor.idx ?? (by > 0 ? -1 : days.list.length)
      const next = Math.min(Math.max(now + by, 0), days.list.length - 1)
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

function xOf({ list }: Days): number[] {
  return list.map((day) => Date.parse(`${day.date}T00:00:00Z`) / 1000)
}
