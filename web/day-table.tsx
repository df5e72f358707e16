import { type Days, qualityOf } from './day.ts'
import { Glyph } from './glyphs.tsx'
import { useLocale } from './i18n.ts'

/** The same days as a table, newest first. */
export function DayTable({ days, inspect }: { days: Days; inspect: (date: string) => void }) {
  const { text, format } = useLocale()
  const { list, unit } = days
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section class="day-table" aria-label={text.view.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.table.day}</th>
            <th scope="col" class="right">
              {text.table.value} ({format.unit(unit)})
            </th>
            <th scope="col">{text.table.quality}</th>
            <th scope="col" class="right">
              {text.table.coverage}
            </th>
            <th scope="col" class="right">
              {text.table.estimated}
            </th>
            <th scope="col">{text.table.note}</th>
          </tr>
        </thead>
        <tbody>
          {list.toReversed().map((day) => (
            <tr key={day.date} class={day.state}>
              <th scope="row">
                <button
                  type="button"
                  class="day-button"
                  title={text.inspect.lookInto(format.day(day.date, 'long'))}
                  onClick={() => inspect(day.date)}
                >
                  {format.day(day.date, 'long')}
                </button>
              </th>
              <td class="right">
                {day.value === null ? '—' : <data value={day.value}>{format.number(day.value)}</data>}
              </td>
              <td class="quality">
                {day.value !== null && (
                  <>
                    <Glyph sign={qualityOf(day)} />
                    {text.inspect.qualities[qualityOf(day)]}
                  </>
                )}
              </td>
              <td class="right">
                <data value={day.coverage}>{format.percent(day.coverage)}</data>
              </td>
              <td class="right">
                {day.value === null ? (
                  '—'
                ) : (
                  <data value={day.estimated}>{format.percent(day.estimated)}</data>
                )}
              </td>
              <td>
                {[day.state === 'missing' && text.noData, day.state === 'partial' && text.running, day.reason]
                  .filter(Boolean)
                  .join(': ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
