import type { ReportAnswer, ReportRow } from '../answers.ts'
import { familyOf } from '../indicator.ts'
import { Cell } from './cell.tsx'
import type { Notes } from './notes.ts'
import { useWords } from './words.ts'

interface Props {
  report: ReportAnswer
  scope: string
  notes: Notes
  /** So many of the first are shown. */
  sections: number
}

/** The annual table: sections, a line a figure, the newest year first. */
export function ReportTable({ report, scope, notes, sections: shown }: Props) {
  const words = useWords()
  const { sections, years } = report
  const running = new Set(
    sections.flatMap(({ rows }) =>
      rows.flatMap(({ cells }) => cells.flatMap(({ partial, year }) => (partial ? [year] : []))),
    ),
  )
  return (
    <table class="report-table">
      <thead>
        <tr>
          <th scope="col">{words.row}</th>
          <th scope="col" class="unit-column">
            {words.unit}
          </th>
          {years.map((year) => (
            <th key={year} scope="col">
              {year}
              {running.has(year) && <small>{words.soFar}</small>}
            </th>
          ))}
        </tr>
      </thead>
      {sections.slice(0, shown).map((section) => (
        <tbody key={section.id} class={familyOf(section.id)}>
          <tr class="section">
            <th colSpan={years.length + 2} scope="rowgroup">
              {section.name}
            </th>
          </tr>
          {section.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" title={row.method}>
                {row.name}
                <small>
                  <span class="unit-beneath">{row.unitText}</span>
                  {codesOf(row)}
                </small>
              </th>
              <td class="unit-column">{row.unitText}</td>
              {row.cells.map((cell) => (
                <Cell key={cell.year} row={row} cell={cell} scope={scope} notes={notes.of(cell)} />
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

/** Where standards ask for it. */
function codesOf({ standards: { hkex, gri, iso } }: ReportRow): string {
  return [...hkex.map((code) => `HKEX ${code}`), ...gri.map((code) => `GRI ${code}`), ...iso].join(' · ')
}
