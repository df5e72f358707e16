import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { Problem } from '../api.ts'
import { Choice } from '../choice.tsx'
import { download } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Trouble } from '../trouble.tsx'
import './chart.css'
import { FigureTable } from './figure-table.tsx'
import { csvOfSheet, type Sheet } from './sheet.ts'

const views = ['chart', 'table'] as const

interface Props {
  /** Class of the card; its room is reserved by it, so that nothing moves when figures come. */
  kind: string
  title: string
  note?: ComponentChildren
  /** What chooses what is shown. */
  pickers?: ComponentChildren
  /** Undefined until the figures are there; made when somebody asks for table or file. */
  sheet: (() => Sheet) | undefined
  /** Where the lines of the sheet, one beneath the other, would not be read easily. */
  table?: () => ComponentChildren
  problem: Problem | undefined
  retry: () => unknown
  /** Said instead of a chart where there is nothing to draw. */
  empty?: string | undefined
  children: () => ComponentChildren
}

/** A chart with its table and its file, and with what is shown while there is none. */
export function ChartCard({
  kind,
  title,
  note,
  pickers,
  sheet,
  table,
  problem,
  retry,
  empty,
  children,
}: Props) {
  const { text } = useLocale()
  const id = useId()
  const [view, setView] = useState<(typeof views)[number]>('chart')
  const bare = sheet === undefined || empty !== undefined
  return (
    <section
      class={`card chart-card ${kind}`}
      aria-labelledby={id}
      aria-busy={sheet === undefined && problem === undefined}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <div class="actions">
          <Choice
            legend={title}
            options={views}
            chosen={view}
            choose={setView}
            label={(one) => text.view[one]}
          />
          <button
            type="button"
            class="quiet-button"
            disabled={bare}
            title={text.downloadCsv}
            onClick={() => sheet && save(sheet())}
          >
            <Icon name="download" />
            CSV
            <span class="unseen">{title}</span>
          </button>
        </div>
        {note !== undefined && <p class="note">{note}</p>}
      </header>
      {pickers}
      {problem !== undefined && <Trouble problem={problem} retry={retry} />}
      <div class="chart-room">
        {empty !== undefined ? (
          <p class="empty">{empty}</p>
        ) : sheet === undefined ? (
          problem === undefined && <div class="skeleton" />
        ) : view === 'table' ? (
          (table?.() ?? <FigureTable sheet={sheet()} label={title} />)
        ) : (
          children()
        )}
      </div>
    </section>
  )
}

function save(sheet: Sheet): void {
  download(`${sheet.file}.csv`, csvOfSheet(sheet))
}
