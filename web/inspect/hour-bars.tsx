import type { ConsumptionRow } from '../answers.ts'
import { shownQuality } from '../quality.ts'
import type { Scale } from '../scale.ts'
import { fillOf } from './fills.tsx'

interface Props {
  hours: readonly ConsumptionRow[]
  x: Scale
  y: Scale
  top: number
  bottom: number
}

/** A bar an hour, filled by how it is known; where nothing is known a gap, never zero. */
export function HourBars({ hours, x, y, top, bottom }: Props) {
  return (
    <g class="hour-bars">
      {hours.map((hour) => {
        const left = x(Date.parse(hour.start))
        const width = x(Date.parse(hour.end)) - left
        const inset = Math.min(width * 0.12, 2)
        const quality = hour.value === null ? 'missing' : shownQuality(hour)
        const zero = y(0)
        const end = hour.value === null ? top : y(hour.value)
        return (
          <rect
            key={hour.start}
            class={hour.partial ? `hour ${quality} running` : `hour ${quality}`}
            x={left + inset}
            width={Math.max(width - 2 * inset, 0.5)}
            y={Math.min(zero, end)}
            height={hour.value === null ? bottom - top : Math.max(Math.abs(end - zero), 1)}
            fill={hour.value === null ? 'url(#fill-missing)' : fillOf(hour)}
          />
        )
      })}
    </g>
  )
}
