import type { AlertBook } from '../alerts/book.ts'
import type { Stream } from './stream.ts'

/** Tells listeners of the stream what of alerts has changed, until the returned function is called. */
export function streamAlerts(book: AlertBook, stream: Stream): () => void {
  return book.listen((before, now) => {
    const old = new Map(before.alerts.map((alert) => [alert.id, alert]))
    const changed = now.alerts.filter((alert) => old.get(alert.id) !== alert).map(({ id }) => id)
    const pauses = now.pauses !== before.pauses
    const subscriptions = now.subscriptions !== before.subscriptions || now.deliveries !== before.deliveries
    if (changed.length === 0 && !pauses && !subscriptions) return
    stream.send('alerts', { changed, pauses, subscriptions })
  })
}
