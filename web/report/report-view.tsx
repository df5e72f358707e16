import { useEffect, useMemo } from 'preact/hooks'
import type { ReportAnswer, SitesAnswer } from '../answers.ts'
import { get } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { useResource } from '../resource.ts'
import type { View } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { useTurns } from '../turns.ts'
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
  const scope = report === undefined ? undefined : scopeOf(report)
  const zone = sites?.organisation.zone
  return (
    <main id="report" class="report" aria-busy={report === undefined}>
      <header class="report-head">
        <div>
          <h1>{words.title(year)}</h1>
          <p>
            {report === undefined ? '\u00a0' : words.subtitle(report.organisation.name, report.boundary.name)}
          </p>
          <p class="as-of">
            {report === undefined ? '\u00a0' : words.asOf(format.dateTime(report.asOf, zone))}
          </p>
        </div>
        <Toolbar year={year} boundary={boundary} scope={scope} sites={sites} />
      </header>
      {report === undefined || scope === undefined ? (
        <div class="skeleton view-skeleton" />
      ) : report.sections.length === 0 ? (
        <p class="empty">{words.empty}</p>
      ) : (
        <Sheets report={report} scope={scope} zone={zone} />
      )}
    </main>
  )
}

interface SheetsProps {
  report: ReportAnswer
  scope: string
  zone: string | undefined
}

/** What is read first is painted first: charts, then the table, then what stands behind it. */
function Sheets({ report, scope, zone }: SheetsProps) {
  const words = useWords()
  const notes = useMemo(() => new Notes(report), [report])
  const { length } = report.sections
  const turn = useTurns(length + 2)
  return (
    <>
      <section class="card" aria-label={words.charts}>
        <Charts report={report} scope={scope} />
      </section>
      {turn < 2 ? (
        <div class="skeleton view-skeleton" />
      ) : (
        <section class="card report-sheet">
          <ReportTable report={report} scope={scope} notes={notes} sections={turn - 1} />
        </section>
      )}
      {turn > length + 1 && (
        <>
          <Restatements report={report} zone={zone} />
          <Appendix report={report} notes={notes} />
        </>
      )}
    </>
  )
}

function scopeOf({ boundary: { id } }: ReportAnswer): string {
  return id.includes(':') ? id : `boundary:${id}`
}
