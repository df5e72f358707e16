import { useMemo } from 'preact/hooks'
import type { AlertAnswer, ConsumptionRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { LineChart } from '../line-chart.tsx'
import { curveOf } from './curve.ts'
import { useWords } from './words.ts'

interface Props {
  alert: AlertAnswer
  rows: readonly ConsumptionRow[]
  zone: string
  now: number
}

/** What was used around an alert, within what was to be expected. */
export function AlertChart({ alert, rows, zone, now }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const curve = useMemo(() => curveOf(alert, rows, zone, now), [alert, rows, zone])
  const plotWords = useMemo(
    () => ({
      unit: format.unit(curve?.unit ?? ''),
      number: (value: number) =>
        format.figure(value, curve?.unit ?? '', value !== 0 && Math.abs(value) < 10 ? 1 : 0),
      place: (at: number) => {
        const clock = format.clock(at * 1000, zone)
        return clock === '00:00' ? format.dayOf(at * 1000, zone) : clock
      },
    }),
    [curve, format, zone],
  )
  if (curve === undefined) return <p class="empty no-course">{words.noCourse}</p>
  const { lines, unit } = curve
  const { at, band, limit } = lines
  const values = lines.lines[0]?.values ?? []
  const tip = (index: number) => {
    // The last place only ends the last step.
    const i = Math.min(index, at.length - 2)
    const [value, low, high] = [values[i] ?? null, band?.low[i] ?? null, band?.high[i] ?? null]
    return (
      <>
        <small>{format.minute(new Date((at[i] ?? 0) * 1000).toISOString(), zone)}</small>
        <b>{value === null ? words.noData : format.amount(value, unit)}</b>
        {high !== null && (
          <span>
            {low === null || low === 0
              ? words.expectedAtMost(format.amount(high, unit))
              : words.expected(format.figure(low, unit), format.amount(high, unit))}
          </span>
        )}
      </>
    )
  }
  return (
    <figure>
      <LineChart lines={lines} words={plotWords} label={words.chart(nameOf(alert.summary))} tip={tip} />
      <figcaption class="legend">
        <span>
          <i class="sign line" />
          {words.legend.actual}
        </span>
        {band !== undefined && (
          <span>
            <i class="sign band" />
            {words.legend.band}
          </span>
        )}
        {limit != null && (
          <span>
            <i class="sign limit-line" />
            {words.legend.limit} {format.amount(limit, unit)}
          </span>
        )}
        <span>
          <i class="sign shaded" />
          {words.legend.shaded}
        </span>
      </figcaption>
    </figure>
  )
}
