import { useRef, useState } from 'preact/hooks'
import type { ConsumptionRow, MeterRow } from '../answers.ts'
import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { shownQuality } from '../quality.ts'
import type { Sign } from '../signs.ts'
import { ActionPanel, type Asked } from './action-panel.tsx'
import { FaceChart } from './face-chart.tsx'
import type { DaySpan } from './face-layout.ts'
import type { KnownDay } from './known-day.ts'
import { ReadingFacts } from './reading-facts.tsx'

interface Props {
  meter: MeterRow
  zone: string
  span: DaySpan
  hours: readonly ConsumptionRow[]
  known: KnownDay
}

/** The drawing of a meter's day, and what can be done about its readings. */
export function DayFace({ meter, zone, span, hours, known }: Props) {
  const words = useLocale().text.inspect
  const [cursor, setCursor] = useState<number>()
  const [asked, setAsked] = useState<Asked>()
  const serial = useRef(0)
  const frame = useRef<HTMLDivElement>(null)
  const { mending } = known
  const points = known.points ?? []
  const chosen = cursor === undefined ? undefined : points[cursor]

  function ask(index: number | undefined, place: Asked['place']) {
    serial.current += 1
    setAsked({ index, place, serial: serial.current })
  }

  // The browser tells that a panel was closed only after the click that closed it, and may have opened another.
  function closed(panel: Asked) {
    if (serial.current !== panel.serial) return
    setAsked(undefined)
    mending.clear()
    frame.current?.focus({ preventScroll: true })
  }

  function askAboutDay(event: MouseEvent) {
    const { left, width, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
    setCursor(undefined)
    ask(undefined, { x: left + width / 2, y: top + 16 })
  }

  return (
    <>
      {known.points === undefined ? (
        <div class="skeleton face-skeleton" />
      ) : (
        <FaceChart
          meter={meter}
          zone={zone}
          span={span}
          hours={hours}
          points={points}
          around={known.around}
          cursor={cursor}
          setCursor={(index) => asked === undefined && setCursor(index)}
          open={ask}
          frame={frame}
        />
      )}
      <div class="beneath-chart">
        <div class="at-cursor" role="status">
          {chosen !== undefined ? (
            <ReadingFacts point={chosen} zone={zone} />
          ) : (
            <p class="quiet">{points.length === 0 ? words.noReadings : words.pick}</p>
          )}
        </div>
        <button type="button" class="quiet-button" onClick={askAboutDay}>
          {words.declareDay}
        </button>
      </div>
      <p class="legend">
        {signsIn(
          points.map((point) => point.sign),
          hours,
        ).map((sign) => (
          <span
            key={sign}
            title={
              sign === 'excluded'
                ? words.flags.excluded
                : sign === 'rejected'
                  ? words.flags.spike
                  : words.qualitySaid[sign]
            }
          >
            <Glyph sign={sign} />
            {words.qualities[sign]}
          </span>
        ))}
      </p>
      {asked !== undefined && (
        <ActionPanel
          key={asked.serial}
          asked={asked}
          meter={meter}
          zone={zone}
          day={{ span, hours, points }}
          mending={mending}
          by={known.name}
          setBy={known.setName}
          close={() => closed(asked)}
        />
      )}
    </>
  )
}

const order: readonly Sign[] = [
  'measured',
  'interpolated',
  'edited',
  'estimated',
  'suspect',
  'rejected',
  'excluded',
  'missing',
]

/** The signs that are in the drawing, so that the legend explains no others. */
function signsIn(points: readonly Sign[], hours: readonly ConsumptionRow[]): Sign[] {
  const shown = new Set<Sign>([...points, ...hours.map(shownQuality)])
  if (hours.some((hour) => hour.value === null)) shown.add('missing')
  return order.filter((sign) => sign === 'measured' || shown.has(sign))
}
