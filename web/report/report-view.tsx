import { useEffect } from 'preact/hooks'
import type { ReportAnswer, SitesAnswer } from '../answers.ts'
import { get } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { useResource } from '../resource.ts'
import type { View } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { Appendix } from './appendix.tsx'
import { Charts } from './charts.tsx'
import { Notes } from './notes.ts'
import './report.css'
import { ReportTable } from './report-table.tsx'
import { Restatements } from './restatements.tsx'
import { Toolbar } from './toolbar.tsx'
import { useWords } from './words.ts'

interface Props {
  view: Extract<View, { name: 'report' }>
  sites: SitesAnswer | undefined
}

/** The annual report as a page that can be read, followed down to the readings, and printed. */
export function ReportView({ view, sites }: Props) {
  const { lang, format } = useLocale()
  const words = useWords()
  const { year, boundary } = view
  const query = new URLSearchParams({ format: 'json', lang, ...(boundary !== undefined && { boundary }) })
  const answer = useResource(`reports/${year}?${query}`, (signal) =>
    get<ReportAnswer>(`reports/${year}?${query}`, signal),
  )
  useEffect(() => {
    document.title = `${words.title(year)} — wattwell`
  }, [words, year])

  if (answer.problem !== undefined) {
    return (
      <main>
        <Trouble problem={answer.problem} retry={answer.refetch} />
      </main>
    )
  }
  const report = answer.value
  if (report === undefined) {
    return (
      <main aria-busy="true">
        <div class="skeleton view-skeleton" />
      </main>
    )
  }
  const scope = report.boundary.id.includes(':') ? report.boundary.id : `boundary:${report.boundary.id}`
  const zone = sites?.organisation.zone
  const notes = new Notes(report)
  return (
    <main id="report" class="report">
      <header class="report-head">
        <div>
          <h1>{words.title(year)}</h1>
          <p>{words.subtitle(report.organisation.name, report.boundary.name)}</p>
          <p class="as-of">{words.asOf(format.dateTime(report.asOf, zone))}</p>
        </div>
        <Toolbar year={year} boundary={boundary} scope={scope} sites={sites} />
      </header>
      {report.sections.length === 0 ? (
        <p class="empty">{words.empty}</p>
      ) : (
        <>
          <section class="card" aria-label={words.charts}>
            <Charts report={report} scope={scope} />
          </section>
          <section class="card report-sheet">
            <ReportTable report={report} scope={scope} notes={notes} />
          </section>
          <Restatements report={report} zone={zone} />
          <Appendix report={report} notes={notes} />
        </>
      )}
    </main>
  )
}
