import { useMemo, useState } from 'preact/hooks'
import type { TargetDetail } from '../answers.ts'
import { Choice } from '../choice.tsx'
import { inPercent, isShare } from '../format.ts'
import { useLocale } from '../i18n.ts'
import { LineChart } from '../line-chart.tsx'
import type { Lines } from '../plot/lines.ts'
import { wantsMore } from '../target-kind.ts'
import { useWords } from './words.ts'

type Months = TargetDetail['months']

const seens = ['sum', 'off-path'] as const
type Seen = (typeof seens)[number]

/** The year so far along its path, and where it is heading with what may come of it. */
export function MonthsChart({ target, name }: { target: TargetDetail; name: string }) {
  const { format } = useLocale()
  const words = useWords()
  const { months, monthsUnit: unit } = target
  const [seen, see] = useState<Seen>('sum')
  const lines = useMemo(() => linesOf(seen === 'sum' ? months : months.map(offPath)), [months, seen])
  const plotWords = useMemo(
    () => ({
      unit: format.unit(unit),
      number: (value: number) => format.figure(value, unit, axisDigits(value, unit)),
      place: (at: number) => {
        const month = months[at]?.month
        return month === undefined ? '' : format.monthName(month)
      },
    }),
    [months, unit, format],
  )
  const tip = (index: number) => {
    const month = months[index]
    if (month === undefined) return null
    const { value, cumulative, pathCumulative, projectedCumulative, low, high, partial } = month
    return (
      <>
        <small>{format.month(`${month.month}-01`)}</small>
        {cumulative !== null && <b>{format.amount(cumulative, unit)}</b>}
        {value !== null && <span>{words.tip.month(format.amount(value, unit))}</span>}
        {partial && value !== null && <span>{words.tip.running}</span>}
        {projectedCumulative !== null && cumulative === null && (
          <b>{words.tip.heading(format.amount(projectedCumulative, unit))}</b>
        )}
        {low !== null && high !== null && cumulative === null && (
          <span>{words.tip.band(format.figure(low, unit), format.amount(high, unit))}</span>
        )}
        {pathCumulative !== null && <span>{words.tip.path(format.amount(pathCumulative, unit))}</span>}
      </>
    )
  }
  const note = isShare(unit) ? 'share' : wantsMore(target) ? 'wanted' : 'amount'
  return (
    <section class="card target-months" aria-labelledby="months-title">
      <header>
        <div>
          <h2 id="months-title">{words.year}</h2>
          {!isShare(unit) && months.some(({ pathCumulative }) => pathCumulative !== null) && (
            <Choice
              legend={words.year}
              options={seens}
              chosen={seen}
              choose={see}
              label={(one) => words.seen[one]}
            />
          )}
        </div>
        <p class="note">{seen === 'sum' ? words.yearNote[note] : words.offPathNote}</p>
      </header>
      {lines === undefined ? (
        <p class="empty">{words.noMonths}</p>
      ) : (
        <figure>
          <LineChart lines={lines} words={plotWords} label={words.chart(name)} tip={tip} />
          <figcaption class="legend">
            {signs(months).map((sign) => (
              <span key={sign}>
                <i class={`sign ${sign === 'band' ? 'band' : sign === 'actual' ? 'line' : `${sign}-line`}`} />
                {words.legend[sign]}
              </span>
            ))}
          </figcaption>
        </figure>
      )}
    </section>
  )
}

/** What there is to be told apart. */
function signs(months: Months) {
  const there = {
    actual: months.some(({ cumulative }) => cumulative !== null),
    path: months.some(({ pathCumulative }) => pathCumulative !== null),
    heading: months.some(({ projectedCumulative }) => projectedCumulative !== null),
    band: months.some(({ low }) => low !== null),
  }
  return (['actual', 'path', 'heading', 'band'] as const).filter((sign) => there[sign])
}

/** How far a month is from its path: there small differences of large sums are seen. */
function offPath(month: Months[number]): Months[number] {
  const path = month.pathCumulative
  const off = (value: number | null) => (value === null || path === null ? null : value - path)
  return {
    ...month,
    cumulative: off(month.cumulative),
    projectedCumulative: off(month.projectedCumulative),
    low: off(month.low),
    high: off(month.high),
    pathCumulative: path === null ? null : 0,
  }
}

/** The projection begins where the actual ends, so that the eye can follow it. */
function linesOf(months: Months): Lines | undefined {
  if (!months.some(({ cumulative, pathCumulative }) => cumulative !== null || pathCumulative !== null))
    return undefined
  const last = months.findLastIndex(({ cumulative, partial }) => cumulative !== null && !partial)
  const joined = (of: (month: Months[number]) => number | null) =>
    months.map((month, i) => (i === last ? month.cumulative : i < last ? null : of(month)))
  return {
    at: months.map((_, i) => i),
    band: { low: joined(({ low }) => low), high: joined(({ high }) => high) },
    lines: [
      { values: months.map(({ pathCumulative }) => pathCumulative), look: 'path' },
      { values: joined(({ projectedCumulative }) => projectedCumulative), look: 'heading' },
      {
        values: months.map(({ cumulative }, i) => (i <= last ? cumulative : null)),
        look: 'actual',
        points: true,
      },
    ],
  }
}

/** A ratio such as PUE moves little: its axis begins beyond zero. */
function axisDigits(value: number, unit: string): number {
  if (inPercent(unit) || value === 0) return 0
  if (isShare(unit)) return 2
  return Math.abs(value) < 10 ? 1 : 0
}
