import { createContext } from 'preact'
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { HealthAnswer, LatestReading } from './answers.ts'
import { getHealth } from './api.ts'
import { type Connection, listen } from './stream.ts'
import { type OnTouched, type TouchedSites, touchedSites, touches } from './touched.ts'

/** What the server says by itself. */
export interface Live {
  readonly connection: Connection
  readonly health: HealthAnswer | undefined
  /** The newest readings, newest first, one a meter. */
  readonly latest: readonly LatestReading[]
}

/** Where one can be told of changes. It stays the same, so that whoever only listens isn't drawn again each second. */
export interface Changes {
  readonly touched: TouchedSites
  /** What of alerts has changed: `alerts`, `pauses`, `subscriptions`. */
  readonly alerting: TouchedSites
}

const REFETCH_MS = 3000
const ALERTING_MS = 1000
const TICKER_MS = 1000
const TICKER_ROWS = 6

export const LiveContext = createContext<Live | undefined>(undefined)
export const ChangesContext = createContext<Changes | undefined>(undefined)

export function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === undefined) throw new Error('useLive outside of LiveContext')
  return live
}

function useChanges(): Changes {
  const changes = useContext(ChangesContext)
  if (changes === undefined) throw new Error('useChanges outside of ChangesContext')
  return changes
}

/** Calls back when sites were touched; the newest callback counts. */
export function useTouched(onTouched: OnTouched): void {
  const { touched } = useChanges()
  const call = useRef(onTouched)
  call.current = onTouched
  useEffect(() => touched.subscribe((sites) => call.current(sites)), [touched])
}

/** Calls back when something of alerts has changed; the newest callback counts. */
export function useAlerting(
  of: 'alerts' | 'pauses' | 'subscriptions',
  onChanged: () => Promise<unknown>,
): void {
  const { alerting } = useChanges()
  const call = useRef(onChanged)
  call.current = onChanged
  useEffect(
    () => alerting.subscribe((changed) => (touches(changed, [of]) ? call.current() : undefined)),
    [alerting, of],
  )
}

/** Opens the stream for as long as the calling component is there. */
export function useStream(): { live: Live; changes: Changes } {
  const [connection, setConnection] = useState<Connection>('connecting')
  const [health, setHealth] = useState<HealthAnswer>()
  const [latest, setLatest] = useState<readonly LatestReading[]>([])
  const touched = useMemo(() => touchedSites(REFETCH_MS), [])
  const alerting = useMemo(() => touchedSites(ALERTING_MS), [])

  useEffect(() => {
    let lost = false
    const readings = new Map<string, LatestReading>()
    const stop = listen({
      connection(state) {
        setConnection(state)
        if (state === 'reconnecting') lost = true
        if (state === 'live' && lost) {
          lost = false
          touched.add('all')
          alerting.add('all')
        }
      },
      readings: (event) => {
        for (const row of event.rows) readings.set(row.meter, row)
      },
      rollups: (event) => touched.add(new Set(event.sites)),
      alerts: ({ changed, pauses, subscriptions }) => {
        if (changed.length > 0) alerting.add(new Set(['alerts']))
        if (pauses) alerting.add(new Set(['alerts', 'pauses']))
        if (subscriptions) alerting.add(new Set(['subscriptions']))
      },
      health: setHealth,
    })
    const ticker = setInterval(() => {
      if (readings.size === 0 || document.hidden) return
      const fresh = [...readings.values()]
      readings.clear()
      setLatest((was) => newest([...fresh, ...was]))
    }, TICKER_MS)
    getHealth().then(
      (first) => setHealth((known) => known ?? first),
      () => undefined, // the stream says soon enough that nothing answers
    )
    return () => {
      clearInterval(ticker)
      stop()
    }
  }, [touched, alerting])

  return {
    live: useMemo(() => ({ connection, health, latest }), [connection, health, latest]),
    changes: useMemo(() => ({ touched, alerting }), [touched, alerting]),
  }
}

function newest(rows: readonly LatestReading[]): LatestReading[] {
  const byMeter = new Map<string, LatestReading>()
  for (const row of rows) if (!byMeter.has(row.meter)) byMeter.set(row.meter, row)
  return [...byMeter.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, TICKER_ROWS)
}
