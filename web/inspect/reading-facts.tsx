import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import type { Point } from './points.ts'

/** A reading in words: its face, how it is known, and what its flags mean. */
export function ReadingFacts({ point, zone }: { point: Point; zone: string }) {
  const { text, format } = useLocale()
  const words = text.inspect
  const { row, sign } = point
  return (
    <div class="reading-facts">
      <p>
        <Glyph sign={sign} />
        <time dateTime={row.at}>{format.clock(point.at, zone)}</time>
        <b>{format.exact(row.value, row.unit)}</b>
        <span>{words.qualities[sign]}</span>
      </p>
      {row.flags.map((flag) => (
        <p key={flag} class="flag">
          {words.flags[flag] ?? flag}
        </p>
      ))}
      {row.conflicts?.map((other) => (
        <p key={other.receivedAt} class="flag">
          {words.conflictValue(
            format.exact(other.value, other.unit),
            format.dateTime(other.receivedAt, zone),
          )}
        </p>
      ))}
    </div>
  )
}
