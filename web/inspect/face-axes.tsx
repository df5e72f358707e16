import type { MeterRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { at } from '../scale.ts'
import type { Text } from '../text/en.ts'
import type { DaySpan, FaceLayout } from './face-layout.ts'

interface Props {
  layout: FaceLayout
  meter: MeterRow
  zone: string
  span: DaySpan
  write: (value: number) => string
}

const HOUR_MS = 3_600_000

/** What the two drawings of a meter's day are of, and their scales. */
export function FaceAxes({ layout, meter, zone, span, write }: Props) {
  const { text, format } = useLocale()
  const words = text.inspect
  const { width, height, left, right, face, used, x, y } = layout
  const every = (width < 480 ? 6 : 3) * HOUR_MS
  const instants = Array.from(
    { length: Math.floor((span.end - span.start) / every) + 1 },
    (_, i) => span.start + i * every,
  )
  const tick = (value: number, place: number) => (
    <g key={`${value} ${place}`} class="tick">
      <line x1={left} x2={right} y1={at(place)} y2={at(place)} />
      <text x={left - 6} y={place + 3.5}>
        {write(value)}
      </text>
    </g>
  )
  return (
    <g class="axes">
      <text class="axis-title" x={left} y={face.top - 16}>
        {faceTitle(meter, words)} ({format.unit(meter.readingUnit ?? '')})
      </text>
      <text class="axis-title" x={left} y={used.top - 9}>
        {meter.role === 'sensor' ? words.meanPerHour : words.perHour} ({format.unit(meter.unit)})
      </text>
      {face.ticks.map((value) => tick(value, y(value)))}
      {used.ticks.map((value) => tick(value, used.y(value)))}
      {instants.map((instant) => (
        <text key={instant} class="hour-label" x={at(x(instant))} y={height - 6}>
          {instant === span.end ? '24:00' : format.clock(instant, zone)}
        </text>
      ))}
    </g>
  )
}

function faceTitle({ kind, role }: MeterRow, words: Text['inspect']): string {
  if (role === 'sensor') return words.temperature
  return kind === 'gauge' ? words.load : words.face
}
