import { type Day, qualityOf } from './day.ts'
import { Glyph } from './glyphs.tsx'
import { useLocale } from './i18n.ts'

/** What stands behind one bar. Said politely, so that the arrow keys are worth pressing unseen. */
export function DayTip({ day, unit, left }: { day: Day; unit: string; left: number }) {
  const { text, format } = useLocale()
  const quality = qualityOf(day)
  return (
    <div class={`day-tip ${day.state}`} style={{ '--left': `${left}px` }} role="status">
      <small>{format.day(day.date, 'long')}</small>
      <b>
        {day.value === null ? text.noData : <data value={day.value}>{format.amount(day.value, unit)}</data>}
      </b>
      {day.value !== null && quality !== 'measured' && (
        <span class="tip-quality">
          <Glyph sign={quality} />
          {text.inspect.qualities[quality]}: {text.inspect.qualitySaid[quality]}
        </span>
      )}
      {day.value !== null && <span>{text.coverageShare(format.percent(day.coverage))}</span>}
      {day.estimated > 0 && <span>{text.estimatedShare(format.percent(day.estimated))}</span>}
      {day.state === 'partial' && <span>{text.running}</span>}
      {day.reason !== undefined && <span>{day.reason}</span>}
      <span class="tip-hint">{text.inspect.hint}</span>
    </div>
  )
}
