import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import type { Point } from '../inspect/points.ts'
import { useWords } from './words.ts'

interface Props {
  points: readonly Point[] | undefined
  zone: string
}

/** The readings of a day as they came, with what the rules and people made of them. */
export function ReadingsTable({ points, zone }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  const { flags, qualities, conflictValue } = text.inspect
  if (points === undefined) return <div class="skeleton face-skeleton" />
  if (points.length === 0) return <p class="empty table-empty">{words.noReadings}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section class="day-table figures-table" aria-label={words.views.readings} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.at}</th>
            <th scope="col" class="right">
              {words.face} ({format.unit(points[0]?.row.unit ?? '')})
            </th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.flags}</th>
            <th scope="col" class="right">
              {words.receivedAt}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ at, row, sign }) => (
            <tr key={at}>
              <th scope="row">
                <time dateTime={row.at}>{format.time(row.at, zone)}</time>
              </th>
              <td class="right">
                <data value={row.value}>{format.exact(row.value, '')}</data>
              </td>
              <td class="quality">
                <Glyph sign={sign} />
                {qualities[sign]}
              </td>
              <td>
                {row.flags.map((flag) => (
                  <span key={flag} class="line-of">
                    {flags[flag] ?? flag}
                  </span>
                ))}
                {row.conflicts?.map((other) => (
                  <span key={other.receivedAt} class="line-of">
                    {conflictValue(
                      format.exact(other.value, other.unit),
                      format.dateTime(other.receivedAt, zone),
                    )}
                  </span>
                ))}
              </td>
              <td class="right">
                <time dateTime={row.receivedAt}>{format.dateTime(row.receivedAt, zone)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
