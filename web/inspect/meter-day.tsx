import type { ComponentChildren } from 'preact'
import type { ConsumptionRow, MeterRow } from '../answers.ts'
import { Trouble } from '../trouble.tsx'
import { DayFace } from './day-face.tsx'
import type { DaySpan } from './face-layout.ts'
import { Journal } from './journal.tsx'
import { type KnownDay, useKnownDay } from './known-day.ts'
import { Said } from './said.tsx'

interface Props {
  meter: MeterRow
  zone: string
  span: DaySpan
  hours: readonly ConsumptionRow[]
  /** Asks for the hours again. */
  refetchHours: () => unknown
  /** Stands in the place of the drawing. */
  children?: ((known: KnownDay) => ComponentChildren) | undefined
  /** Stands before the journal. */
  beneath?: (known: KnownDay) => ComponentChildren
}

/** One meter's day: its readings, what can be done about them, and what was done. */
export function MeterDay({ meter, zone, span, hours, refetchHours, children, beneath }: Props) {
  const known = useKnownDay(meter, span, hours, refetchHours)
  const { events, mending, problem, points, takeBack } = known
  return (
    <div class="meter-day" aria-busy={points === undefined}>
      {problem !== undefined && <Trouble problem={problem} retry={known.retry} />}
      {children?.(known) ?? <DayFace meter={meter} zone={zone} span={span} hours={hours} known={known} />}
      {beneath?.(known)}
      <Journal meter={meter} zone={zone} events={events} busy={mending.busy} takeBack={takeBack} />
      <Said
        last={mending.last?.event.meter === meter.id ? mending.last : undefined}
        zone={zone}
        busy={mending.busy}
        undo={takeBack}
      />
    </div>
  )
}
