import { useRef, useState } from 'preact/hooks'
import type { ConsumptionRow, MeterRow, ReadingRow } from '../answers.ts'
import { getRows } from '../api.ts'
import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { useTouched } from '../live.ts'
import { useName } from '../preferences.ts'
import { shownQuality } from '../quality.ts'
import { useResource } from '../resource.ts'
import type { Sign } from '../signs.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { ActionPanel, type Asked } from './action-panel.tsx'
import { fetchEvents } from './events.ts'
import { FaceChart } from './face-chart.tsx'
import type { DaySpan } from './face-layout.ts'
import { Journal } from './journal.tsx'
import { useMending } from './mending.ts'
import { isGauge } from './meter-unit.ts'
import { pointsOf } from './points.ts'
import { ReadingFacts } from './reading-facts.tsx'
import { Said } from './said.tsx'

interface Props {
  meter: MeterRow
  zone: string
  span: DaySpan
  hours: readonly ConsumptionRow[]
  /** Asks for the hours again. */
  refetchHours: () => unknown
}

/** A little of the days around, so that the line does not begin in the air. */
const AROUND_MS = 2 * 3_600_000

/** One meter's day: its readings, what can be done about them, and what was done. */
export function MeterDay({ meter, zone, span, hours, refetchHours }: Props) {
  const { text } = useLocale()
  const words = text.inspect
  const [name, setName] = useName()
  const [cursor, setCursor] = useState<number>()
  const [asked, setAsked] = useState<Asked>()
  const serial = useRef(0)
  const frame = useRef<HTMLDivElement>(null)
  const id = encodeURIComponent(meter.id)

  const readings = useResource(`readings ${meter.id} ${span.start}`, (signal) => {
    const from = new Date(span.start - AROUND_MS).toISOString()
    const to = new Date(span.end + AROUND_MS).toISOString()
    return getRows<ReadingRow>(`readings?meter=${id}&from=${from}&to=${to}`, signal)
  })
  const events = useResource(`events ${meter.id}`, (signal) => fetchEvents(meter.id, signal))
  const mending = useMending(() => Promise.all([events.refetch(), readings.refetch(), refetchHours()]))
  useTouched((touched) => (touches(touched, [meter.site]) ? readings.refetch() : undefined))

  const around = pointsOf(readings.value ?? [], hours, events.value ?? [], isGauge(meter))
  const points = around.filter(({ at }) => span.start <= at && at <= span.end)
  const chosen = cursor === undefined ? undefined : points[cursor]
  const problem = readings.problem ?? events.problem

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
    <div class="meter-day" aria-busy={readings.value === undefined}>
      {problem !== undefined && (
        <Trouble
          problem={problem}
          retry={() => Promise.all([readings.refetch(), events.refetch(), refetchHours()])}
        />
      )}
      {readings.value === undefined ? (
        <div class="skeleton face-skeleton" />
      ) : (
        <FaceChart
          meter={meter}
          zone={zone}
          span={span}
          hours={hours}
          points={points}
          around={around}
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
          by={name}
          setBy={setName}
          close={() => closed(asked)}
        />
      )}
      <Journal
        meter={meter}
        zone={zone}
        events={events.value ?? []}
        busy={mending.busy}
        takeBack={(event) => mending.takeBack(event, name.trim(), words.tookBack)}
      />
      <Said
        last={mending.last?.event.meter === meter.id ? mending.last : undefined}
        zone={zone}
        busy={mending.busy}
        undo={(event) => mending.takeBack(event, name.trim(), words.tookBack)}
      />
    </div>
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
