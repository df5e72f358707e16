import type { ConsumptionRow } from '../answers.ts'
import { linear } from '../scale.ts'
import type { DaySpan } from './face-layout.ts'
import { HourBars } from './hour-bars.tsx'

const WIDTH = 240
const HEIGHT = 26

/** A day's hours in small. Decoration: the words beside it say what matters. */
export function MiniBars({ hours, span }: { hours: readonly ConsumptionRow[]; span: DaySpan }) {
  const most = Math.max(0, ...hours.map((hour) => hour.value ?? 0)) || 1
  const least = Math.min(0, ...hours.map((hour) => hour.value ?? 0))
  return (
    <svg
      class="mini-bars"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <HourBars
        hours={hours}
        x={linear([span.start, span.end], [0, WIDTH])}
        y={linear([least, most], [HEIGHT, 0])}
        top={0}
        bottom={HEIGHT}
      />
    </svg>
  )
}
