import { useState } from 'preact/hooks'
import type { QuarantineReason, QuarantineRow } from '../answers.ts'
import { get, Problem } from '../api.ts'
import { download, linesOf } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { RefusedList } from '../quarantine.tsx'
import { type Resource, useResource } from '../resource.ts'
import { Trouble } from '../trouble.tsx'
import { useWords } from './words.ts'

interface Props {
  reasons: Resource<QuarantineReason[]>
  zone: string | undefined
}

const PAGE = 10

/** Why messages were refused and what to do about it, and the messages, page by page. */
export function QuarantineCard({ reasons, zone }: Props) {
  const { format } = useLocale()
  const words = useWords()
  const [code, choose] = useState<string>()
  const { value, problem } = reasons
  const kept = value?.reduce((sum, { count }) => sum + count, 0)
  return (
    <section class="card quality-refused" aria-labelledby="refused-title" aria-busy={reasons.waiting}>
      <header>
        <div>
          <h2 id="refused-title">{words.quarantine}</h2>
          <p class="note">{words.quarantineNote}</p>
        </div>
      </header>
      {problem !== undefined && <Trouble problem={problem} retry={reasons.refetch} />}
      {value === undefined && problem === undefined && <div class="skeleton attention-skeleton" />}
      {kept === 0 && <p class="empty">{words.quarantineNone}</p>}
      {value !== undefined && kept !== undefined && kept > 0 && (
        <div class="refused-parts">
          <fieldset class="reasons">
            <legend class="unseen">{words.reasonsOf}</legend>
            <button type="button" aria-pressed={code === undefined} onClick={() => choose(undefined)}>
              <b>{words.every}</b>
              <data value={kept} data-sum>
                {format.whole(kept)}
              </data>
            </button>
            {value.map((row) => {
              const [title, todo] = words.reasons[row.code] ?? [row.code, '']
              return (
                <button
                  key={row.code}
                  type="button"
                  aria-pressed={code === row.code}
                  onClick={() => choose(row.code)}
                >
                  <b>{title}</b>
                  <data value={row.count}>{format.whole(row.count)}</data>
                  <small>{todo}</small>
                </button>
              )
            })}
          </fieldset>
          <Pages key={code} code={code} kept={kept} zone={zone} />
        </div>
      )}
    </section>
  )
}

interface Page {
  readonly rows: readonly QuarantineRow[]
  readonly next: string | null
}

/** The newest messages of a reason, and older ones as long as somebody asks. */
function Pages({ code, kept, zone }: { code: string | undefined; kept: number; zone: string | undefined }) {
  const { text, format } = useLocale()
  const words = useWords()
  const [older, setOlder] = useState<readonly Page[]>([])
  const [problem, setProblem] = useState<Problem>()
  const query = `limit=${PAGE}${code === undefined ? '' : `&code=${encodeURIComponent(code)}`}`
  // What is read stays as it is once older ones were asked for: nothing jumps under the eye.
  const first = useResource<Page>(`refused ${code} ${older.length === 0 ? kept : ''}`, (signal) =>
    get<Page>(`quarantine?${query}`, signal),
  )
  const [held, hold] = useState<Page>()
  const newest = older.length === 0 ? first.value : held
  const pages = newest === undefined ? [] : [newest, ...older]
  const rows = pages.flatMap((page) => page.rows)
  const next = pages.at(-1)?.next ?? null

  async function more() {
    if (next === null) return
    try {
      const page = await get<Page>(`quarantine?${query}&after=${encodeURIComponent(next)}`)
      if (older.length === 0) hold(first.value)
      setOlder([...older, page])
      setProblem(undefined)
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, String(error)))
    }
  }

  if (first.problem !== undefined) return <Trouble problem={first.problem} retry={first.refetch} />
  if (newest === undefined) return <div class="skeleton refused-skeleton" />
  return (
    <div class="refused-pages">
      <RefusedList rows={rows} zone={zone} />
      {problem !== undefined && <Trouble problem={problem} retry={more} />}
      <p class="downloads">
        {next !== null && (
          <button type="button" class="quiet-button" onClick={more}>
            {words.more}
          </button>
        )}
        <button
          type="button"
          class="quiet-button"
          onClick={() => download(`quarantine${code === undefined ? '' : `-${code}`}.csv`, csvOf(rows))}
        >
          <Icon name="download" />
          {text.downloadCsv}
        </button>
        <small role="status">{words.shown(format.whole(rows.length))}</small>
      </p>
    </div>
  )
}

function csvOf(rows: readonly QuarantineRow[]): string {
  return linesOf([
    ['time', 'topic', 'code', 'reason', 'readings', 'bytes', 'payload'],
    ...rows.map((row) => [row.time, row.topic, row.code, row.reason, row.readings, row.bytes, row.payload]),
  ])
}
