import { useEffect, useRef, useState } from 'preact/hooks'
import type { QuarantineRow } from './answers.ts'
import { get } from './api.ts'
import { useLocale } from './i18n.ts'
import { useResource } from './resource.ts'
import { Trouble } from './trouble.tsx'

/** How many messages were refused, and a panel with the newest of them and their reasons. */
export function Quarantine({ count, zone }: { count: number | undefined; zone: string | undefined }) {
  const { text, format } = useLocale()
  const [open, setOpen] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
  }, [open])
  return (
    <div class="quarantine">
      <h2>{text.quarantine}</h2>
      <p>
        {count === 0 && text.quarantineNone}
        {count !== undefined && count > 0 && text.quarantineCount(format.whole(count))}
        {count !== undefined && count > 0 && (
          <button type="button" class="link-button" onClick={() => setOpen(true)}>
            {text.quarantineShow}
          </button>
        )}
      </p>
      {open && (
        <dialog ref={dialog} class="panel" aria-labelledby="quarantine-title" onClose={() => setOpen(false)}>
          <header>
            <h2 id="quarantine-title">{text.quarantine}</h2>
            <button type="button" class="quiet-button" onClick={() => dialog.current?.close()}>
              {text.close}
            </button>
          </header>
          <p>{text.quarantineNote}</p>
          <Refused zone={zone} />
        </dialog>
      )}
    </div>
  )
}

function Refused({ zone }: { zone: string | undefined }) {
  const { text } = useLocale()
  // Only the newest page: the rest is for the API.
  const refused = useResource('quarantine', (signal) =>
    get<{ rows: QuarantineRow[] }>('quarantine?limit=50', signal),
  )
  if (refused.problem !== undefined) return <Trouble problem={refused.problem} retry={refused.refetch} />
  if (refused.value === undefined) return <div class="skeleton panel-skeleton" />
  if (refused.value.rows.length === 0) return <p class="empty">{text.quarantineEmpty}</p>
  return <RefusedList rows={refused.value.rows} zone={zone} />
}

/** Refused messages with reason, topic, time and payload. */
export function RefusedList({ rows, zone }: { rows: readonly QuarantineRow[]; zone: string | undefined }) {
  const { text, format } = useLocale()
  return (
    <ol class="refused-list">
      {rows.map((row) => (
        <li key={row.id}>
          <p>
            <b>{row.reason}</b>
            <code class="code">{row.code}</code>
          </p>
          <p class="where">
            <time dateTime={row.time}>{format.dateTime(row.time, zone)}</time>
            <code>{row.topic}</code>
            {row.readings > 1 && <span>{text.quarantineReadings(format.whole(row.readings))}</span>}
            <span>{text.bytes(format.whole(row.bytes))}</span>
          </p>
          <pre>{row.payload || text.emptyPayload}</pre>
        </li>
      ))}
    </ol>
  )
}
