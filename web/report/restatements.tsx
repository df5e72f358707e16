import type { PublicationRow, ReportAnswer } from '../answers.ts'
import { getRows } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { useResource } from '../resource.ts'
import { useWords } from './words.ts'

/** What was published of these years, and what has changed since. */
export function Restatements({ report, zone }: { report: ReportAnswer; zone: string | undefined }) {
  const { format } = useLocale()
  const words = useWords()
  const all = useResource('publications', (signal) => getRows<PublicationRow>('publications', signal))
  const own = (all.value ?? []).filter(
    ({ year, boundary }) => report.years.includes(year) && boundary === report.boundary.id,
  )
  if (own.length === 0) return null
  const rows = report.sections.flatMap((section) => section.rows)
  const nameOf = (indicator: string) => rows.find((row) => row.indicator === indicator)?.name ?? indicator
  const number = (value: number | null) => (value === null ? '—' : format.number(value))
  return (
    <section class="card appendix">
      <h2>{words.restatements}</h2>
      {own.map((publication) => (
        <div key={publication.id} class="publication">
          <h3>
            {publication.year}{' '}
            <small>
              {words.publishedBy(publication.by, format.dateTime(publication.at, zone))}
              {publication.interim && ` · ${words.interim}`}
            </small>{' '}
            <a href={`api/v1/publications/${publication.id}/bundle`} download>
              {words.bundle}
            </a>
          </h3>
          {publication.restatements.length === 0 ? (
            <p class="empty">{words.unchanged}</p>
          ) : (
            <table class="factor-table">
              <thead>
                <tr>
                  <th scope="col">{words.restated.figure}</th>
                  <th scope="col">{words.restated.old}</th>
                  <th scope="col">{words.restated.new}</th>
                  <th scope="col">{words.restated.percent}</th>
                </tr>
              </thead>
              {publication.restatements
                .filter(({ superseded }) => !superseded)
                .map(({ id, at, cause, detail, figures }) => (
                  <tbody key={id}>
                    <tr class="restated">
                      <th scope="rowgroup" colSpan={4}>
                        {format.dateTime(at, zone)} · {words.causes[cause] ?? cause}
                        <small>{detail.join('\n')}</small>
                      </th>
                    </tr>
                    {figures.map((figure) => (
                      <tr key={figure.indicator} class={figure.material ? 'material' : undefined}>
                        <th scope="row">{nameOf(figure.indicator)}</th>
                        <td>{number(figure.old)}</td>
                        <td>{number(figure.new)}</td>
                        <td>{figure.percent === null ? '—' : format.percent(figure.percent / 100, 2)}</td>
                      </tr>
                    ))}
                  </tbody>
                ))}
            </table>
          )}
        </div>
      ))}
    </section>
  )
}
