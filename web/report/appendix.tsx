import type { ReportAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import './appendix.css'
import type { Notes } from './notes.ts'
import { useWords } from './words.ts'

/** What stands behind the table: its notes, how each figure is made, and the factors. */
export function Appendix({ report, notes }: { report: ReportAnswer; notes: Notes }) {
  const { format } = useLocale()
  const words = useWords()
  const { sections, factors } = report
  return (
    <>
      {notes.texts.length > 0 && (
        <section class="card appendix">
          <h2>{words.notes}</h2>
          <ol class="notes">
            {notes.texts.map((text, i) => (
              <li key={text} id={`note-${i + 1}`}>
                {text}
              </li>
            ))}
          </ol>
        </section>
      )}
      <section class="card appendix">
        <h2>{words.methods}</h2>
        <dl class="methods">
          {sections.flatMap(({ rows }) =>
            rows.map((row) => (
              <div key={row.id}>
                <dt>{row.name}</dt>
                <dd>{row.method}</dd>
              </div>
            )),
          )}
        </dl>
      </section>
      {factors.length > 0 && (
        <section class="card appendix">
          <h2>{words.factors}</h2>
          <table class="factor-table">
            <thead>
              <tr>
                <th scope="col">{words.factorColumns.name}</th>
                <th scope="col">{words.factorColumns.value}</th>
                <th scope="col">{words.factorColumns.valid}</th>
                <th scope="col">{words.factorColumns.source}</th>
              </tr>
            </thead>
            <tbody>
              {factors.map((factor) => (
                <tr key={`${factor.key}${factor.carriedForward}`}>
                  <th scope="row">{factor.name}</th>
                  <td>
                    <data value={factor.value}>{format.exact(factor.value, factor.unit)}</data>
                  </td>
                  <td>
                    {words.valid(factor.from, factor.to)}
                    {factor.carriedForward && <em> {words.carriedForward}</em>}
                  </td>
                  <td>{[factor.source, factor.edition, factor.published].filter(Boolean).join(' · ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
