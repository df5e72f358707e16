import { useState } from 'preact/hooks'
import type { ConsumptionRow, MeterRow } from '../answers.ts'
import { getRows } from '../api.ts'
import { Choice } from '../choice.tsx'
import { addDays, startOfDay } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import type { DaySpan } from '../inspect/face-layout.ts'
import { MeterDay } from '../inspect/meter-day.tsx'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { DownloadDay } from './download-day.tsx'
import { HoursChart } from './hours-chart.tsx'
import { HoursTable } from './hours-table.tsx'
import { ReadingsTable } from './readings-table.tsx'
import { useWords } from './words.ts'

interface Props {
  meter: MeterRow
  zone: string
  day: string
  today: string
  show: (day: string) => void
}

type Shown = 'face' | 'readings' | 'hours'

/** One day of the meter, down to its readings, which can be mended. */
export function DayCard({ meter, zone, day, today, show }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  const [shown, setShown] = useState<Shown>('face')
  const virtual = meter.kind === 'virtual'
  const span: DaySpan = { start: startOfDay(day, zone), end: startOfDay(addDays(day, 1), zone) }
  const hours = useResource(`hours ${meter.id} ${day}`, (signal) => {
    const scope = encodeURIComponent(`meter:${meter.id}`)
    const query = `scope=${scope}&grain=hour&from=${day}&to=${addDays(day, 1)}`
    return getRows<ConsumptionRow>(`consumption?${query}`, signal)
  })
  useTouched((touched) => (touches(touched, [meter.site]) ? hours.refetch() : undefined))
  const rows = hours.value
  const table = <HoursTable hours={rows ?? []} zone={zone} unit={meter.unit} />
  return (
    <section class="card meter-one-day" aria-labelledby="day-title">
      <header>
        <div>
          <h2 id="day-title" aria-live="polite">
            {format.day(day, 'long')}
          </h2>
          <p class="note">
            {rows === undefined ? ' ' : <Total hours={rows} meter={meter} runs={day === today} />}
          </p>
        </div>
        <div class="actions">
          <button
            type="button"
            class="quiet-button square"
            aria-label={text.inspect.earlier}
            title={text.inspect.earlier}
            onClick={() => show(addDays(day, -1))}
          >
            <Icon name="back" />
          </button>
          <input
            type="date"
            class="date-field"
            aria-label={words.day}
            title={words.dayKeys}
            max={today}
            value={day}
            onChange={(event) => event.currentTarget.value !== '' && show(event.currentTarget.value)}
          />
          <button
            type="button"
            class="quiet-button square"
            aria-label={text.inspect.later}
            title={text.inspect.later}
            disabled={day >= today}
            onClick={() => show(addDays(day, 1))}
          >
            <Icon name="forward" />
          </button>
          <Choice
            legend={text.consumption}
            options={virtual ? (['face', 'hours'] as const) : (['face', 'readings', 'hours'] as const)}
            chosen={shown}
            choose={setShown}
            label={(one) => words.views[one]}
          />
        </div>
      </header>
      {hours.problem !== undefined && <Trouble problem={hours.problem} retry={hours.refetch} />}
      {rows === undefined ? (
        hours.problem === undefined && <div class="skeleton face-skeleton" />
      ) : virtual ? (
        <>
          {shown === 'hours' ? table : <HoursChart hours={rows} meter={meter} zone={zone} span={span} />}
          <p class="note">{words.virtualDay}</p>
          <DownloadDay meter={meter} day={day} hours={rows} />
        </>
      ) : (
        <MeterDay
          key={`${meter.id} ${day}`}
          meter={meter}
          zone={zone}
          span={span}
          hours={rows}
          refetchHours={hours.refetch}
          beneath={({ points }) => <DownloadDay meter={meter} day={day} hours={rows} points={points ?? []} />}
        >
          {shown === 'face'
            ? undefined
            : ({ points }) => (shown === 'hours' ? table : <ReadingsTable points={points} zone={zone} />)}
        </MeterDay>
      )}
    </section>
  )
}

/** What all of the day came to, as far as it is known. */
function Total({ hours, meter, runs }: { hours: readonly ConsumptionRow[]; meter: MeterRow; runs: boolean }) {
  const { text, format } = useLocale()
  const words = useWords()
  const known = hours.flatMap(({ value }) => value ?? [])
  if (known.length === 0) return <>{words.nothing}</>
  const sum = known.reduce((a, b) => a + b, 0)
  const value = meter.role === 'sensor' ? sum / known.length : sum
  const said = meter.role === 'sensor' ? words.mean : runs ? words.totalSoFar : words.total
  const covered = hours.reduce((all, { coverage }) => all + coverage, 0) / hours.length
  return (
    <>
      <data value={value}>{said(format.amount(value, meter.unit))}</data>
      {' · '}
      {text.coverageShare(format.percent(covered))}
    </>
  )
}
