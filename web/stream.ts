import type { AlertsEvent, HealthAnswer, ReadingsEvent, RollupsEvent } from './answers.ts'
import { API } from './api.ts'

export type Connection = 'connecting' | 'live' | 'reconnecting'

export interface StreamHandlers {
  connection(state: Connection): void
  readings(event: ReadingsEvent): void
  rollups(event: RollupsEvent): void
  alerts(event: AlertsEvent): void
  health(event: HealthAnswer): void
}

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 30_000

/**
 * Listens to the server's events until the returned function is called. The browser tries again by
 * itself after a lost connection, but not after a refusal: that is done here, ever more slowly.
 */
export function listen(handlers: StreamHandlers): () => void {
  let source: EventSource
  let retry = FIRST_RETRY_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  function open() {
    source = new EventSource(`${API}/stream`)
    source.onopen = () => {
      retry = FIRST_RETRY_MS
      handlers.connection('live')
    }
    source.onerror = () => {
      handlers.connection('reconnecting')
      if (source.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, retry)
      retry = Math.min(retry * 2, LAST_RETRY_MS)
    }
    on('readings', handlers.readings)
    on('rollups', handlers.rollups)
    on('alerts', handlers.alerts)
    on('health', handlers.health)
  }

  function on<T>(name: string, take: (event: T) => void) {
    source.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data) as T))
  }

  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
