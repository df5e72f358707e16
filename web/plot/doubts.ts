import type uPlot from 'uplot'
import type { Day } from '../day.ts'
import { outlines } from '../signs.ts'
import type { Palette } from './palette.ts'

const ABOVE = 9

/** A mark above each bar that is not plainly measured; where days are narrow it shrinks with them. */
export function drawDoubts(u: uPlot, list: readonly Day[], palette: Palette): void {
  const { ctx, bbox } = u
  const ratio = devicePixelRatio
  const slot = bbox.width / list.length
  const size = Math.min(1, Math.max(slot / (12 * ratio), 0.45))
  ctx.save()
  list.forEach((day, i) => {
    const { quality, value } = day
    if (value === null || quality === 'measured' || quality === 'missing') return
    const top = Math.min(u.valToPos(value, 'y', true), bbox.top + bbox.height)
    ctx.save()
    ctx.translate(bbox.left + slot * (i + 0.5), Math.max(top - ABOVE * ratio * size, bbox.top))
    ctx.scale(ratio * size, ratio * size)
    const outline = new Path2D(outlines[quality])
    const colour =
      quality === 'suspect' ? palette.suspect : quality === 'edited' ? palette.edited : palette.estimated
    const hollow = quality === 'estimated' || quality === 'interpolated'
    ctx.lineWidth = hollow ? 1.75 : 2
    // An edge of the ground's colour keeps it apart from lines behind it.
    ctx.strokeStyle = hollow ? colour : palette.surface
    ctx.fillStyle = hollow ? palette.surface : colour
    ctx.stroke(outline)
    ctx.fill(outline)
    if (hollow) ctx.stroke(outline)
    ctx.restore()
  })
  ctx.restore()
}
