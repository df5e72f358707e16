import { useRef } from 'preact/hooks'
import type { ConsumptionRow, MeterRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import type { DaySpan } from '../inspect/face-layout.ts'
import { HourBars } from '../inspect/hour-bars.tsx'
import { useWidth } from '../inspect/width.ts'
import { at, linear, ticks } from '../scale.ts'
import { useWords } from './words.ts'

interface Props {
  hours: readonly ConsumptionRow[]
  meter: MeterRow
  zone: string
  span: DaySpan
}

const HEIGHT = 240
const TOP = 24
const FOOT = 22
const HOUR_MS = 3_600_000

/** The hours alone, of a meter that has no face. */
export function HoursChart({ hours, meter, zone, span }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const values = hours.map(({ value }) => value ?? 0)
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values) * 1.08 || 1]
  const marks = ticks([least, most], 4)
  const write = (value: number) => format.number(value, Math.abs(value) < 10 && value !== 0 ? 1 : 0)
  const left = 10 + Math.max(3, ...marks.map((mark) => write(mark).length)) * 6.6
  const right = width - 18
  const bottom = HEIGHT - FOOT
  const x = linear([span.start, span.end], [left, right])
  const y = linear([least, most], [bottom, TOP])
  const every = (width < 480 ? 6 : 3) * HOUR_MS
  const instants = Array.from(
    { length: Math.floor((span.end - span.start) / every) + 1 },
    (_, i) => span.start + i * every,
  )
  return (
    <div ref={frame} class="face-chart hours-chart" style={{ minHeight: `${HEIGHT}px` }}>
      {width > 0 && (
        <svg
          role="img"
          aria-label={words.hoursChart(nameOf(meter.name))}
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
        >
          <text class="axis-title" x={left} y={TOP - 9}>
            {text.inspect.perHour} ({format.unit(meter.unit)})
          </text>
          {marks.map((mark) => (
            <g key={mark} class="tick">
              <line x1={left} x2={right} y1={at(y(mark))} y2={at(y(mark))} />
              <text x={left - 6} y={y(mark) + 3.5}>
                {write(mark)}
              </text>
            </g>
          ))}
          {instants.map((instant) => (
            <text key={instant} class="hour-label" x={at(x(instant))} y={HEIGHT - 6}>
              {instant === span.end ? '24:00' : format.clock(instant, zone)}
            </text>
          ))}
          <HourBars hours={hours} x={x} y={y} top={TOP} bottom={bottom} />
        </svg>
      )}
    </div>
  )
}
