import { useMemo } from 'preact/hooks'
import type { Name } from '../answers.ts'
import type { Day, Days } from '../day.ts'
import { useLocale } from '../i18n.ts'
import { LineChart } from '../line-chart.tsx'
import { useWords } from './words.ts'

interface Props {
  days: Days
  name: Name
  show: (day: string) => void
}

/** Means of days as a line: a temperature is no amount, and has no zero to stand on. */
export function Temperatures({ days, name, show }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const { list, unit } = days
  const lines = useMemo(
    () => ({
      at: list.map(({ date }) => Date.parse(`${date}T00:00:00Z`) / 1000),
      lines: [{ values: list.map(({ value }) => value), look: 'actual' as const, points: list.length < 40 }],
      zone: 'Etc/UTC',
    }),
    [list],
  )
  const chartWords = useMemo(
    () => ({
      unit: format.unit(unit),
      number: (value: number) => format.number(value, Number.isInteger(value) ? 0 : 1),
      place: (at: number) => format.day(new Date(at * 1000).toISOString().slice(0, 10)),
    }),
    [format, unit],
  )
  const known = list.filter((day): day is Day & { value: number } => day.value !== null)
  const [first] = known
  const coldest = known.reduce((a, b) => (b.value < a.value ? b : a), first as (typeof known)[number])
  const warmest = known.reduce((a, b) => (b.value > a.value ? b : a), first as (typeof known)[number])
  return (
    <>
      <LineChart
        lines={lines}
        words={chartWords}
        label={words.temperatureChart(nameOf(name))}
        pick={(index) => show(list[index]?.date ?? '')}
        tip={(index) => {
          const day = list[index]
          if (day === undefined) return null
          return (
            <>
              <small>{format.day(day.date, 'long')}</small>
              <b>{day.value === null ? text.noData : format.amount(day.value, unit, 1)}</b>
              <span>{text.coverageShare(format.percent(day.coverage))}</span>
              <span class="tip-hint">{text.inspect.hint}</span>
            </>
          )
        }}
      />
      <p class="summary">
        {first === undefined
          ? text.summaryNothing
          : [
              words.coldest(format.amount(coldest.value, unit, 1), format.day(coldest.date)),
              words.warmest(format.amount(warmest.value, unit, 1), format.day(warmest.date)),
            ].join(words.between)}
      </p>
    </>
  )
}
