import type { AlertBook } from '../alerts/book.ts'
import { type Alert, severities } from '../core/alert.ts'
import { QUARTER_MS } from '../core/calendar.ts'
import { type MeterState, meterState } from '../core/meter-state.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { alertPoints } from '../figures/alert-points.ts'
import { isRead, meterStatePoints } from '../figures/meter-state-points.ts'
import { quarantinePoints } from '../figures/quarantine-points.ts'
import type { FigureSink, LastReading, Store } from '../store/store.ts'

/**
 * So many days of quarantine are counted at the start and once a day: another process may have refused what this one
 * did not see, and what waited for the store comes late.
 */
const QUARANTINE_DAYS = 31

const counted: Readonly<Record<MeterState, string>> = {
  live: 'meters_live',
  late: 'meters_late',
  silent: 'meters_silent',
  'never-heard': 'meters_never_heard',
}

export interface WatchedSeriesOptions {
  readonly store: Store
  readonly sink: FigureSink
  readonly organisation: Organisation
  /** Null before it is open. */
  readonly book: () => AlertBook | null
}

/** What goes by the clock and not by readings, as series: how it stands with meters, alerts, and refused messages. */
export class WatchedSeries {
  readonly #options: WatchedSeriesOptions
  /** Alerts as they were last written. */
  readonly #told = new Map<string, Alert>()
  /** The quarter of an hour that was last written. */
  #quarter: number | null = null

  constructor(options: WatchedSeriesOptions) {
    this.#options = options
  }

  /** Writes what has changed, and resolves to counts for the point of the service itself. */
  async write(now: number): Promise<Record<string, number | null>> {
    const { store, book } = this.#options
    const last = await store.lastReadings()
    await this.#writeAlerts(book()?.pages.alerts ?? [])
    const quarter = Math.floor(now / QUARTER_MS)
    if (quarter !== this.#quarter) await this.#writeQuarter(last, now)
    this.#quarter = quarter
    return { ...this.#meters(last, now), ...openAlerts(book()) }
  }

  async #writeAlerts(alerts: readonly Alert[]): Promise<void> {
    const changed = alerts.filter((alert) => this.#told.get(alert.id) !== alert)
    await this.#options.sink.put(changed.flatMap(alertPoints))
    this.#told.clear()
    for (const alert of alerts) this.#told.set(alert.id, alert)
  }

  async #writeQuarter(last: ReadonlyMap<string, LastReading>, now: number): Promise<void> {
    const { store, sink, organisation } = this.#options
    await sink.put(meterStatePoints(organisation, last, now))
    const { calendar } = organisation
    const today = calendar.dayAt(now)
    const sameDay = this.#quarter !== null && calendar.dayAt(this.#quarter * QUARTER_MS) === today
    const first = today - (sameDay ? 1 : QUARANTINE_DAYS)
    for (let day = first; day <= today; day += 1) {
      await sink.put(await quarantinePoints(store, calendar, day))
    }
  }

  #meters(last: ReadonlyMap<string, LastReading>, now: number): Record<string, number | null> {
    const read = [...this.#options.organisation.meters.values()].filter((entry) => isRead(entry, now))
    const counts = Object.fromEntries(Object.values(counted).map((field) => [field, 0]))
    let newest = Number.NEGATIVE_INFINITY
    for (const { meter } of read) {
      const at = last.get(meter.id)?.at
      const field = counted[meterState(at, now)]
      counts[field] = (counts[field] ?? 0) + 1
      newest = Math.max(newest, at ?? newest)
    }
    return { ...counts, newest_age: Number.isFinite(newest) ? Math.max(0, now - newest) / 1000 : null }
  }
}

/** Open alerts by severity, also where there are none. */
function openAlerts(book: AlertBook | null): Record<string, number> {
  const open = (book?.pages.alerts ?? []).filter(
    ({ status }) => status === 'firing' || status === 'acknowledged',
  )
  return Object.fromEntries(
    severities.map((severity) => [
      `alerts_${severity}`,
      open.filter((alert) => alert.severity === severity).length,
    ]),
  )
}
