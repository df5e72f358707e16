import type { RefObject } from 'preact'
import type { ConsumptionRow, MeterRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { at } from '../scale.ts'
import { outlines } from '../signs.ts'
import { FaceAxes } from './face-axes.tsx'
import { type DaySpan, faceLayout, nearest } from './face-layout.ts'
import { faceLine } from './face-line.ts'
import { HourBars } from './hour-bars.tsx'
import type { Point } from './points.ts'
import { stepOf } from './step.ts'
import { useWidth } from './width.ts'

interface Props {
  meter: MeterRow
  zone: string
  span: DaySpan
  hours: readonly ConsumptionRow[]
  /** The readings of the day. */
  points: readonly Point[]
  /** Those around it, so that the line goes on. */
  around: readonly Point[]
  cursor: number | undefined
  setCursor: (index: number | undefined) => void
  /** Somebody chose the reading under the cursor, which stands there on the screen. */
  open: (index: number, place: { x: number; y: number }) => void
  frame: RefObject<HTMLDivElement | null>
}

/** A meter's day: its face as a line with a point a reading, and beneath what each hour used. */
export function FaceChart(props: Props) {
  const { meter, zone, span, hours, points, around, cursor, setCursor, open, frame } = props
  const { text, format, nameOf } = useLocale()
  const words = text.inspect
  const width = useWidth(frame)
  const write = (value: number) => format.number(value, Math.abs(value) < 10 && value !== 0 ? 1 : 0)
  const layout = faceLayout(width, span, points, hours, write)
  const { x, y, face, used } = layout
  const line = faceLine(layout, around)
  const chosen = cursor === undefined ? undefined : points[cursor]

  function openAt(index: number) {
    const box = frame.current?.getBoundingClientRect()
    const point = points[index]
    if (box === undefined || point === undefined) return
    setCursor(index)
    open(index, { x: box.left + x(point.at), y: box.top + y(point.row.value) })
  }

  function aimed(event: MouseEvent): number | undefined {
    const box = frame.current?.getBoundingClientRect()
    if (box === undefined) return undefined
    return nearest(layout, points, { x: event.clientX - box.left, y: event.clientY - box.top })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (cursor !== undefined) openAt(cursor)
      return
    }
    const next = stepOf(event.key, cursor, points)
    if (next === undefined) return
    event.preventDefault()
    setCursor(next)
  }

  return (
    <div
      ref={frame}
      class="face-chart"
      role="listbox"
      tabIndex={0}
      aria-label={words.chart(nameOf(meter.name), words.readingCount(points.length))}
      aria-activedescendant={cursor === undefined ? undefined : `reading-${cursor}`}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => event.pointerType === 'mouse' && setCursor(aimed(event))}
      onClick={(event) => {
        const index = aimed(event)
        if (index !== undefined) openAt(index)
      }}
    >
      {width > 0 && (
        <svg
          role="presentation"
          width={width}
          height={layout.height}
          viewBox={`0 0 ${width} ${at(layout.height)}`}
        >
          <FaceAxes layout={layout} meter={meter} zone={zone} span={span} write={write} />
          <HourBars hours={hours} x={x} y={used.y} top={used.top} bottom={used.bottom} />
          {chosen !== undefined && (
            <line class="cursor" x1={at(x(chosen.at))} x2={at(x(chosen.at))} y1={face.top} y2={used.bottom} />
          )}
          <clipPath id="day-of-meter">
            <rect x={x(span.start)} y={0} width={x(span.end) - x(span.start)} height={face.bottom + 4} />
          </clipPath>
          <g clip-path="url(#day-of-meter)">
            <path class="face-line" d={line.known} />
            <path class="face-line guessed" d={line.guessed} />
          </g>
          <g class={points.length > 60 ? 'points many' : 'points'}>
            {points.map((point, i) => (
              <g
                key={point.at}
                id={`reading-${i}`}
                role="option"
                aria-selected={i === cursor}
                aria-label={`${format.clock(point.at, zone)}, ${format.amount(point.row.value, point.row.unit)}, ${words.qualities[point.sign]}`}
                class={i === cursor ? 'point chosen' : 'point'}
                transform={`translate(${at(x(point.at))} ${at(y(point.row.value))})`}
              >
                <circle class="halo" r="11" />
                <path class={`glyph ${point.sign}`} d={outlines[point.sign]} />
              </g>
            ))}
          </g>
        </svg>
      )}
    </div>
  )
}
