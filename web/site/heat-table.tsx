import type { HeatRow } from '../chart/heat-map.tsx'
import { useLocale } from '../i18n.ts'
import { useWords } from './words.ts'

interface Props {
  rows: readonly HeatRow[]
  clocks: readonly string[]
  unit: string
  choose: (day: string) => void
}

/** The map in figures: a day a line, an hour a column. */
export function HeatTable({ rows, clocks, unit, choose }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section class="figure-table wide" aria-label={words.heat} tabIndex={0}>
      <table>
        <caption class="unseen">
          {words.heat} ({format.unit(unit)})
        </caption>
        <thead>
          <tr>
            <th scope="col">
              {text.table.day} ({format.unit(unit)})
            </th>
            {clocks.map((clock) => (
              <th key={clock} scope="col" class="right">
                {clock}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <button type="button" class="day-button" onClick={() => choose(row.key)}>
                  {row.label}
                </button>
              </th>
              {row.cells.map(({ value, state }, clock) => (
                <td key={clocks[clock]} class={`right ${state}`}>
                  {value === null ? (
                    state === 'missing' && '—'
                  ) : (
                    <data value={value}>{format.number(value, Math.abs(value) >= 100 ? 0 : undefined)}</data>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
