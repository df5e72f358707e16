import { at as place } from '../scale.ts'
import type { FaceLayout } from './face-layout.ts'
import { isCounted, type Point } from './points.ts'

const LONG_GAP_MS = 2 * 3_600_000

/** The line through the faces that count, as SVG paths: over a long gap it is only guessed, and dashed. */
export function faceLine(layout: FaceLayout, points: readonly Point[]): { known: string; guessed: string } {
  const counted = points.filter((point) => isCounted(point))
  let known = ''
  let guessed = ''
  counted.forEach((point, i) => {
    const before = counted[i - 1]
    const to = `${place(layout.x(point.at))} ${place(layout.y(point.row.value))}`
    if (before === undefined) {
      known += `M${to}`
    } else if (point.at - before.at > LONG_GAP_MS) {
      guessed += `M${place(layout.x(before.at))} ${place(layout.y(before.row.value))}L${to}`
      known += `M${to}`
    } else {
      known += `L${to}`
    }
  })
  return { known, guessed }
}
