import type { Days } from './day.ts'
import { useLocale } from './i18n.ts'

/** The chart in a sentence or two, for those who read and those who listen. */
export function DaySummary({ days }: { days: Days | undefined }) {
  const { text, format } = useLocale()
  if (days === undefined) return <p class="summary">&nbsp;</p>
  const { list, unit } = days
  const known = list.filter((day) => day.value !== null)
  if (known.length === 0) return <p class="summary">{text.summaryNothing}</p>
  const total = known.reduce((sum, day) => sum + (day.value as number), 0)
  const highest = known.reduce((a, b) => ((b.value as number) > (a.value as number) ? b : a))
  const low = list.filter((day) => day.state === 'low').length
  const missing = list.length - known.length
  const first = list[0]?.date ?? ''
  const last = list.at(-1)?.date ?? ''
  return (
    <p class="summary">
      <data value={total} data-sum>
        {text.summary(
          format.amount(total, unit),
          text.dayCount(known.length),
          format.day(first),
          format.day(last),
        )}
      </data>{' '}
      <data value={highest.value as number}>
        {text.summaryHighest(format.amount(highest.value as number, unit), format.day(highest.date))}
      </data>
      {missing > 0 && <span class="lack"> {text.summaryMissing(text.dayCount(missing))}</span>}
      {low > 0 && <span class="lack"> {text.summaryLow(text.dayCount(low))}</span>}
    </p>
  )
}
