import type uPlot from 'uplot'
import type { Day, Days } from '../day.ts'
import { hatch, type Palette } from './palette.ts'

/** What is written into the drawing. */
export interface Words {
  readonly noData: string
  readonly unit: string
  number(value: number): string
  day(date: string): string
}

const STRIP_GAP = 5
const STRIP_HEIGHT = 5

/** A bar a day: solid when whole, hatched when partly covered, outlined while it runs, a gap without data. */
export function drawBars(u: uPlot, list: readonly Day[], palette: Palette, words: Words): void {
  const { ctx, bbox } = u
  const slot = bbox.width / list.length
  // Bars of a pixel or two would shimmer with gaps between them.
  const width = slot < 3 * devicePixelRatio ? slot : slot * 0.72
  const ratio = devicePixelRatio
  const partly = hatch(ctx, palette.bar, palette.soft)
  const floor = bbox.top + bbox.height
  ctx.save()
  list.forEach((day, i) => {
    if (day.value === null) return
    const left = bbox.left + slot * i + (slot - width) / 2
    const top = Math.min(u.valToPos(day.value, 'y', true), floor - ratio)
    ctx.fillStyle = day.state === 'full' ? palette.bar : day.state === 'low' ? partly : palette.soft
    ctx.beginPath()
    ctx.roundRect(left, top, width, floor - top, [
      Math.min(2 * ratio, width / 3),
      Math.min(2 * ratio, width / 3),
      0,
      0,
    ])
    ctx.fill()
    if (day.state === 'full' || slot < 4 * ratio) return
    ctx.strokeStyle = palette.bar
    ctx.lineWidth = ratio
    ctx.setLineDash(day.state === 'partial' ? [3 * ratio, 2 * ratio] : [])
    ctx.stroke()
  })
  ctx.setLineDash([])
  for (const gap of gapsOf(list)) drawGap(u, gap, slot, palette, words)
  ctx.font = `${11 * ratio}px ${fontOf(u)}`
  ctx.fillStyle = palette.quiet
  ctx.textAlign = 'left'
  ctx.textBaseline = 'alphabetic'
  ctx.fillText(words.unit, bbox.left, bbox.top - 6 * ratio)
  ctx.restore()
}

/** A day that is looked at stands on a ground of its own. */
export function drawChosen(
  u: uPlot,
  list: readonly Day[],
  chosen: string | undefined,
  palette: Palette,
): void {
  const i = list.findIndex(({ date }) => date === chosen)
  if (i < 0) return
  const { ctx, bbox } = u
  const slot = bbox.width / list.length
  const width = Math.max(slot, 3 * devicePixelRatio)
  const left = bbox.left + slot * (i + 0.5) - width / 2
  ctx.save()
  ctx.globalAlpha = 0.12
  ctx.fillStyle = palette.ink
  ctx.fillRect(left, bbox.top, width, bbox.height)
  ctx.globalAlpha = 1
  ctx.fillRect(left, bbox.top - 2 * devicePixelRatio, width, 2 * devicePixelRatio)
  ctx.restore()
}

/** How much of each day is known, as a strip underneath; what lacks stays empty. */
export function drawStrip(u: uPlot, list: readonly Day[], palette: Palette): void {
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  const slot = bbox.width / list.length
  const top = bbox.top + bbox.height + STRIP_GAP * ratio
  const height = STRIP_HEIGHT * ratio
  const inset = slot > 5 * ratio ? ratio / 2 : 0
  ctx.save()
  list.forEach((day, i) => {
    const left = bbox.left + slot * i + inset
    const width = slot - 2 * inset
    ctx.fillStyle = palette.hairline
    ctx.fillRect(left, top, width, height)
    if (day.coverage <= 0) {
      ctx.fillStyle = palette.lack
      ctx.fillRect(left, top + height - ratio, width, ratio)
      return
    }
    ctx.fillStyle = day.state === 'low' ? palette.lack : palette.quiet
    const filled = Math.max(height * day.coverage, ratio)
    ctx.fillRect(left, top + height - filled, width, filled)
  })
  ctx.restore()
}

export function drawAverage(u: uPlot, { average }: Days, palette: Palette): void {
  if (average === undefined) return
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  const y = Math.round(u.valToPos(average, 'y', true)) + 0.5
  ctx.save()
  ctx.strokeStyle = palette.ink
  ctx.lineWidth = ratio
  ctx.setLineDash([5 * ratio, 4 * ratio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}

interface Gap {
  readonly from: number
  readonly length: number
}

/** Days in a row without data. */
function gapsOf(list: readonly Day[]): Gap[] {
  const gaps: Gap[] = []
  for (let i = 0; i < list.length; i += 1) {
    if (list[i]?.state !== 'missing') continue
    const from = i
    while (list[i + 1]?.state === 'missing') i += 1
    gaps.push({ from, length: i - from + 1 })
  }
  return gaps
}

function drawGap(u: uPlot, { from, length }: Gap, slot: number, palette: Palette, words: Words): void {
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  const left = bbox.left + slot * from
  const width = slot * length
  ctx.globalAlpha = 0.8
  ctx.fillStyle = hatch(ctx, palette.hairline)
  ctx.fillRect(left, bbox.top, width, bbox.height)
  ctx.globalAlpha = 1
  if (width < 7 * ratio) return
  ctx.font = `${Math.min(11 * ratio, width)}px ${fontOf(u)}`
  ctx.fillStyle = palette.lack
  ctx.strokeStyle = palette.surface
  ctx.lineWidth = 4 * ratio
  ctx.lineJoin = 'round'
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.save()
  // Upright like a book's spine where the gap is narrow.
  ctx.translate(left + width / 2, bbox.top + bbox.height - 10 * ratio)
  if (width < ctx.measureText(words.noData).width + 8 * ratio) ctx.rotate(-Math.PI / 2)
  else ctx.textAlign = 'center'
  ctx.strokeText(words.noData, 0, 0)
  ctx.fillText(words.noData, 0, 0)
  ctx.restore()
}

function fontOf(u: uPlot): string {
  return getComputedStyle(u.root).fontFamily
}
