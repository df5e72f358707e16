import type { ReportCell, ReportRow } from '../answers.ts'
import { FigureLink } from '../figure-link.tsx'
import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { shownQuality, WHOLE } from '../quality.ts'
import { useWords } from './words.ts'

interface Props {
  row: ReportRow
  cell: ReportCell
  scope: string
  notes: readonly number[]
}

/** A figure of a year: it leads to what it is made of; its sign, coverage and notes stand beside it. */
export function Cell({ row, cell, scope, notes }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  const { year, shown, value, quality, coverage, partial, published } = cell
  const sign =
    quality === null || coverage === null ? undefined : shownQuality({ quality, coverage, partial })
  const grouped = shown === null ? '—' : grouping(shown, format.number)
  return (
    <td>
      {value !== null && sign !== undefined && sign !== 'measured' && (
        <span class="cell-known" title={text.inspect.qualitySaid[sign]}>
          <Glyph sign={sign} />
          <span class="unseen">{text.inspect.qualities[sign]}</span>
        </span>
      )}
      <FigureLink
        of={{
          indicator: row.indicator,
          scope,
          period: String(year),
          ...(row.shows === 'denominator' && { at: 'denominator' }),
        }}
      >
        {value === null ? (
          '—'
        ) : (
          <data value={value} data-unit={row.unitText}>
            {grouped}
          </data>
        )}
      </FigureLink>
      {notes.length > 0 && (
        <sup>
          {notes.map((n) => (
            <a key={n} href={`${location.pathname}${location.search}#note-${n}`} aria-label={words.noted(n)}>
              {n}
            </a>
          ))}
        </sup>
      )}
      {value !== null && coverage !== null && coverage < WHOLE && (
        <small class="covered">{text.coverageShare(format.percent(coverage))}</small>
      )}
      {published !== undefined && published.shown !== null && (
        <small
          class={published.shown === shown ? 'published' : 'published differs'}
          title={words.publishedAs}
        >
          {words.published(grouping(published.shown, format.number))}
        </small>
      )}
    </td>
  )
}

/** The server has rounded it; only its thousands are parted here. */
function grouping(shown: string, number: (value: number, digits: number) => string): string {
  return number(Number(shown), shown.split('.')[1]?.length ?? 0)
}
