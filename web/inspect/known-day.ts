import type { ConsumptionRow, MeterRow, ReadingRow } from '../answers.ts'
import { getRows, type Problem } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { useTouched } from '../live.ts'
import { useName } from '../preferences.ts'
import { useResource } from '../resource.ts'
import { touches } from '../touched.ts'
import { type EventRow, fetchEvents } from './events.ts'
import type { DaySpan } from './face-layout.ts'
import { type Mending, useMending } from './mending.ts'
import { type Point, pointsOf } from './points.ts'

/** What is known of a meter's day, and the means to mend it. */
export interface KnownDay {
  /** The readings of the day; undefined before they are there. */
  readonly points: readonly Point[] | undefined
  /** With those around it, so that a line does not begin in the air. */
  readonly around: readonly Point[]
  /** All that was ever declared of the meter. */
  readonly events: readonly EventRow[]
  readonly problem: Problem | undefined
  readonly mending: Mending
  readonly name: string
  setName(name: string): void
  /** Takes back what was declared, in the name that this browser knows. */
  takeBack(event: EventRow): void
  retry(): unknown
}

const AROUND_MS = 2 * 3_600_000

/** Follows by itself what comes in and what is declared; `refetchHours` asks for the hours again. */
export function useKnownDay(
  meter: MeterRow,
  span: DaySpan,
  hours: readonly ConsumptionRow[],
  refetchHours: () => unknown,
): KnownDay {
  const words = useLocale().text.inspect
  const [name, setName] = useName()
  const readings = useResource(`readings ${meter.id} ${span.start}`, (signal) => {
    const from = new Date(span.start - AROUND_MS).toISOString()
    const to = new Date(span.end + AROUND_MS).toISOString()
    const id = encodeURIComponent(meter.id)
    return getRows<ReadingRow>(`readings?meter=${id}&from=${from}&to=${to}`, signal)
  })
  const events = useResource(`events ${meter.id}`, (signal) => fetchEvents(meter.id, signal))
  const retry = () => Promise.all([readings.refetch(), events.refetch(), refetchHours()])
  const mending = useMending(retry)
  useTouched((touched) => (touches(touched, [meter.site]) ? readings.refetch() : undefined))

  const around = pointsOf(readings.value ?? [], hours, events.value ?? [], meter.kind === 'gauge')
  return {
    points:
      readings.value === undefined
        ? undefined
        : around.filter(({ at }) => span.start <= at && at <= span.end),
    around,
    events: events.value ?? [],
    problem: readings.problem ?? events.problem,
    mending,
    name,
    setName,
    takeBack: (event) => mending.takeBack(event, name.trim(), words.tookBack),
    retry,
  }
}
