import type { Alert, Pause } from '../core/alert.ts'
import type { Pages } from './book.ts'

/** What people do to alerts, as changes of the book's pages. Each answers the very same pages where it changes nothing. */

/** Who acknowledges hears no more reminders. Only one that fires can be; null where there is no such alert. */
export function acknowledge(
  pages: Pages,
  id: string,
  { by, note, at }: NonNullable<Alert['acknowledged']>,
): { readonly pages: Pages; readonly alert: Alert } | null {
  const found = pages.alerts.find((alert) => alert.id === id)
  if (found === undefined) return null
  if (found.status !== 'firing') return { pages, alert: found }
  const alert: Alert = { ...found, status: 'acknowledged', acknowledged: { by, note, at } }
  return { pages: { ...pages, alerts: pages.alerts.map((one) => (one === found ? alert : one)) }, alert }
}

/** Enters a silence or a planned outage; entering the same id again replaces it. */
export function pause(pages: Pages, one: Pause): Pages {
  return { ...pages, pauses: [...pages.pauses.filter(({ id }) => id !== one.id), one] }
}

/** Ends a pause now: what began stays on record, and what was to come is gone. */
export function endPause(pages: Pages, id: string, now: number): Pages {
  const found = pages.pauses.find((one) => one.id === id)
  if (found === undefined || found.to <= now) return pages
  const pauses = pages.pauses.flatMap((one) => {
    if (one !== found) return [one]
    return one.from >= now ? [] : [{ ...one, to: now }]
  })
  return { ...pages, pauses }
}
