import type { ConsumptionRow } from '../answers.ts'
import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { shownQuality } from '../quality.ts'
import { useWords } from './words.ts'

interface Props {
  hours: readonly ConsumptionRow[]
  zone: string
  unit: string
}

/** The hours of a day with how each is known. */
export function HoursTable({ hours, zone, unit }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  if (hours.length === 0) return <p class="empty table-empty">{words.nothing}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section class="day-table figures-table" aria-label={words.views.hours} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.hour}</th>
            <th scope="col" class="right">
              {words.value} ({format.unit(unit)})
            </th>
            <th scope="col">{words.quality}</th>
            <th scope="col" class="right">
              {words.coverage}
            </th>
            <th scope="col" class="right">
              {words.estimated}
            </th>
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => {
            const quality = hour.value === null ? 'missing' : shownQuality(hour)
            return (
              <tr key={hour.start} class={quality}>
                <th scope="row">
                  {format.clock(Date.parse(hour.start), zone)} – {format.clock(Date.parse(hour.end), zone)}
                </th>
                <td class="right">
                  {hour.value === null ? '—' : <data value={hour.value}>{format.number(hour.value)}</data>}
                </td>
                <td class="quality">
                  <Glyph sign={quality} />
                  {hour.value === null ? text.noData : text.inspect.qualities[quality]}
                </td>
                <td class="right">{format.percent(hour.coverage)}</td>
                <td class="right">{hour.value === null ? '—' : format.percent(hour.estimated)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
