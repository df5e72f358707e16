import type { ConsumptionRow } from '../answers.ts'
import { extent, linear, type Scale, ticks } from '../scale.ts'
import { isCounted, type Point } from './points.ts'

/** Where everything of a meter's day stands in the drawing, in pixels. */
export interface FaceLayout {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly x: Scale
  /** The face; what is excluded is held at the edge when it would be outside. */
  readonly y: Scale
  readonly face: { readonly top: number; readonly bottom: number; readonly ticks: number[] }
  readonly used: {
    readonly top: number
    readonly bottom: number
    readonly ticks: number[]
    readonly y: Scale
  }
}

export interface DaySpan {
  readonly start: number
  readonly end: number
}

const FACE_HEIGHT = 190
const USED_HEIGHT = 84
const TOP = 30
const BETWEEN = 34
const FOOT = 22
const CHARACTER = 6.6

/** Places for a width; `write` writes the numbers of the axes, whose length decides how far in all begins. */
export function faceLayout(
  width: number,
  span: DaySpan,
  points: readonly Point[],
  hours: readonly ConsumptionRow[],
  write: (value: number) => string,
): FaceLayout {
  const counted = points.filter((point) => isCounted(point))
  const faces = (counted.length > 0 ? counted : points).map((point) => point.row.value)
  const faceExtent = faces.length === 0 ? ([0, 1] as const) : extent(faces, 0.08)
  const most = Math.max(0, ...hours.map((hour) => hour.value ?? 0)) * 1.08 || 1
  const least = Math.min(0, ...hours.map((hour) => hour.value ?? 0))
  const faceTicks = ticks(faceExtent, 4)
  const usedTicks = ticks([least, most], 3)
  const longest = Math.max(...[...faceTicks, ...usedTicks].map((tick) => write(tick).length), 3)
  const left = Math.min(10 + longest * CHARACTER, width * 0.3)
  const right = width - 18
  const face = { top: TOP, bottom: TOP + FACE_HEIGHT, ticks: faceTicks }
  const used = { top: face.bottom + BETWEEN, bottom: face.bottom + BETWEEN + USED_HEIGHT }
  const y = linear(faceExtent, [face.bottom, face.top])
  return {
    width,
    height: used.bottom + FOOT,
    left,
    right,
    x: linear([span.start, span.end], [left, right]),
    y: (value) => Math.min(Math.max(y(value), face.top), face.bottom),
    face,
    used: { ...used, ticks: usedTicks, y: linear([least, most], [used.bottom, used.top]) },
  }
}

/** So much nearer is a point that something is wrong with: it is what people aim at. */
const FAVOUR = 14

/** The point that somebody aims at, or undefined where there is none. */
export function nearest(
  layout: FaceLayout,
  points: readonly Point[],
  at: { x: number; y: number },
): number | undefined {
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  points.forEach((point, i) => {
    const plain = point.sign === 'measured' || point.sign === 'interpolated'
    const away =
      Math.hypot(layout.x(point.at) - at.x, layout.y(point.row.value) - at.y) - (plain ? 0 : FAVOUR)
    if (away >= least) return
    least = away
    best = i
  })
  return best
}
