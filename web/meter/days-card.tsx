import { useState } from 'preact/hooks'
import type { ConsumptionRow, MeterRow } from '../answers.ts'
import { getRows } from '../api.ts'
import { Choice } from '../choice.tsx'
import { csvOf, download } from '../csv.ts'
import { type Days, daysOf, type Question } from '../day.ts'
import { DayChart } from '../day-chart.tsx'
import { DaySummary } from '../day-summary.tsx'
import { addDays } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { Temperatures } from './temperatures.tsx'
import { useWords } from './words.ts'

const ranges = [30, 90, 365] as const

interface Props {
  meter: MeterRow
  zone: string
  day: string
  today: string
  show: (day: string) => void
}

/** The days of the last weeks or of a year, with how each is known; a click chooses one. */
export function DaysCard({ meter, zone, day, today, show }: Props) {
  const { text } = useLocale()
  const words = useWords()
  const [range, setRange] = useState<(typeof ranges)[number]>(() => rangeWith(day, today))
  const sensor = meter.role === 'sensor'
  // A day further back is in view at the end of the days around it.
  const last = addDays(day, range - 1) < today ? addDays(day, Math.floor(range / 2)) : today
  const days = useResource<Days>(`days ${meter.id} ${range} ${last}`, async (signal) => {
    const to = addDays(last, 1)
    const from = addDays(to, -range)
    const question: Question = { scope: `meter:${meter.id}`, zone, utility: meter.utility, from, to }
    const query = `scope=${encodeURIComponent(question.scope)}&grain=day&from=${from}&to=${to}`
    return daysOf(question, await getRows<ConsumptionRow>(`consumption?${query}`, signal))
  })
  useTouched((touched) => (touches(touched, [meter.site]) ? days.refetch() : undefined))
  const { value } = days
  return (
    <section class="card meter-days" aria-labelledby="days-title" aria-busy={days.waiting}>
      <header>
        <h2 id="days-title">{sensor ? words.daysTemperature : words.days}</h2>
        <div class="actions">
          <Choice
            legend={text.range}
            options={ranges}
            chosen={range}
            choose={setRange}
            label={(one) => (one === 365 ? words.months12 : text.days(one))}
          />
          <button
            type="button"
            class="quiet-button"
            disabled={value === undefined}
            onClick={() =>
              value && download(`${meter.id}-${value.question.from}-${range}-days.csv`, csvOf(value))
            }
          >
            <Icon name="download" />
            {text.downloadCsv}
          </button>
        </div>
      </header>
      {days.problem !== undefined && <Trouble problem={days.problem} retry={days.refetch} />}
      <div class="day-view">
        {value === undefined ? (
          <div class="skeleton" />
        ) : sensor ? (
          <Temperatures days={value} name={meter.name} show={show} />
        ) : (
          <DayChart days={value} inspect={show} chosen={day} />
        )}
      </div>
      {!sensor && <DaySummary days={value} />}
    </section>
  )
}

/** The least range that the day lies in. */
function rangeWith(day: string, today: string): (typeof ranges)[number] {
  return ranges.find((range) => addDays(day, range - 1) >= today) ?? 30
}
