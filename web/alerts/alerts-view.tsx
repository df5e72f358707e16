import { useEffect, useState } from 'preact/hooks'
import type { AlertRow, SitesAnswer } from '../answers.ts'
import { getRows } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { useAlerting } from '../live.ts'
import { useNow } from '../now.ts'
import { useResource } from '../resource.ts'
import { Trouble } from '../trouble.tsx'
import { AlertItem } from './alert-item.tsx'
import './alerts.css'
import { type Filter, Filters, NO_FILTER, passes } from './filters.tsx'
import { AlertHead } from './head.tsx'
import { Pauses } from './pauses.tsx'
import { useWords } from './words.ts'

/** So many that are watched, and so many that ended, are shown at first. */
const PENDING_SHOWN = 5
const ENDED_SHOWN = 20

interface Props {
  /** The alert that the address names. */
  at: string
  sites: SitesAnswer | undefined
}

/** What is wrong and what was: each alert with its course, what to look at, and what can be done about it. */
export function AlertsView({ at, sites }: Props) {
  const { format } = useLocale()
  const words = useWords()
  const now = useNow()
  const [filter, setFilter] = useState<Filter>(NO_FILTER)
  const [opened, setOpened] = useState<string>()
  const [allPending, setAllPending] = useState(false)
  const [allEnded, setAllEnded] = useState(false)
  const [said, say] = useState('')
  const alerts = useResource('alerts', (signal) => getRows<AlertRow>('alerts?limit=500', signal))
  useAlerting('alerts', alerts.refetch)

  useEffect(() => {
    document.title = `${words.title} — wattwell`
  }, [words])

  const rows = alerts.value ?? []
  const shown = rows.filter((row) => passes(row, filter))
  const open = shown.filter(({ status }) => status === 'firing' || status === 'acknowledged')
  const pending = shown.filter(({ status }) => status === 'pending')
  const ended = shown.filter(({ status }) => status === 'resolved')
  // The first one stands open, so that one sees what opening shows.
  const which = opened ?? (at !== '' ? at : (open[0]?.id ?? ''))
  const zoneOf = (id: string | null) =>
    sites?.rows.find((site) => site.id === id)?.zone ?? sites?.organisation.zone ?? 'UTC'

  const list = (
    title: string,
    of: readonly AlertRow[],
    { note, first = of.length, showAll }: { note?: string; first?: number; showAll?: () => void } = {},
  ) =>
    of.length > 0 && (
      <section class="alert-list" aria-label={title}>
        <h2>
          {title} <small>{format.whole(of.length)}</small>
        </h2>
        {note !== undefined && <p class="note">{note}</p>}
        <ul>
          {of.slice(0, first).map((alert) => (
            <AlertItem
              key={alert.id}
              alert={alert}
              zone={zoneOf(alert.site)}
              now={now}
              open={alert.id === which}
              toggle={() => setOpened(alert.id === which ? 'none' : alert.id)}
              done={(what) => {
                say(what)
                void alerts.refetch()
              }}
            />
          ))}
        </ul>
        {of.length > first && (
          <button type="button" class="quiet-button more" onClick={showAll}>
            {words.more(format.whole(of.length - first))}
          </button>
        )}
      </section>
    )

  return (
    <main id="alerts" class="alerts-view" aria-busy={alerts.waiting}>
      <AlertHead rows={alerts.value} here="alerts" />
      {alerts.problem !== undefined && <Trouble problem={alerts.problem} retry={alerts.refetch} />}
      {alerts.value === undefined && alerts.problem === undefined && <div class="skeleton view-skeleton" />}
      {rows.length > 0 && <Filters filter={filter} setFilter={setFilter} sites={sites} />}
      {rows.length > 0 && shown.length === 0 && <p class="empty">{words.noneSo}</p>}
      {list(words.open, open)}
      {list(words.pending, pending, {
        note: words.pendingNote,
        // One that the address names is always there.
        first: allPending || pending.some(({ id }) => id === at) ? pending.length : PENDING_SHOWN,
        showAll: () => setAllPending(true),
      })}
      {list(words.history, ended, {
        first: allEnded || ended.some(({ id }) => id === at) ? ended.length : ENDED_SHOWN,
        showAll: () => setAllEnded(true),
      })}
      {alerts.value !== undefined && <Pauses sites={sites} alerts={rows} say={say} />}
      <p class="unseen" role="status">
        {said}
      </p>
    </main>
  )
}
