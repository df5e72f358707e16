import { connect, type MqttClient } from 'mqtt'
import type { Alert, Notice } from '../../core/alert.ts'
import { brokerAddress } from '../../core/broker-address.ts'
import type { Pages } from '../book.ts'
import { wants } from '../gather.ts'
import type { Letter, Sender } from '../letter.ts'
import { excerpt, type Outcome } from '../outcome.ts'

/** No site has such an id: what concerns several sites or none. */
const ORGANISATION = '_organisation'
/** Of so many alerts a document tells; the others are counted in `more`. */
const ALERTS = 500
const RECONNECT_MS = 1000

export interface MqttOptions {
  /** With credentials; null where no broker is known. */
  readonly url: () => string | null
  readonly sites: readonly string[]
  readonly pages: () => Pages
  readonly clock: () => number
}

/**
 * The present alerts of each site as a retained document, `facility/<site>/alerts`. What a broker has forgotten
 * over a restart is there again with the next connection.
 */
export class AlertTopics implements Sender {
  readonly #options: MqttOptions
  #client: MqttClient | null = null

  constructor(options: MqttOptions) {
    this.#options = options
  }

  get lack(): string | null {
    return this.#options.url() === null ? 'no broker is known: set MQTT_URL' : null
  }

  /** Publishes all documents anew, after a start and when subscriptions have changed. Without any there is nothing to connect for. */
  async refresh(): Promise<void> {
    if (this.#client === null && (this.lack !== null || this.#subscriptions().length === 0)) return
    const client = this.#connected()
    // When it is, they are published.
    if (!client.connected) return
    await Promise.all(this.#places().map((place) => this.#publish(client, place)))
  }

  async send({ delivery }: Letter, signal: AbortSignal): Promise<Outcome> {
    const client = this.#connected()
    if (!(await ready(client, signal))) return { kind: 'later', reason: 'no connection to the broker' }
    const told = new Set(delivery.notices.map(({ alert }) => alert.site ?? ORGANISATION))
    const places = delivery.kind === 'test' ? this.#places() : [...told]
    const published = places.map((place) => {
      const notices = delivery.notices.filter(({ alert }) => (alert.site ?? ORGANISATION) === place)
      return this.#publish(client, place, { id: delivery.id, notices })
    })
    return Promise.all(published).then(
      (): Outcome => ({ kind: 'delivered' }),
      (error: Error): Outcome => ({ kind: 'later', reason: excerpt(error.message) }),
    )
  }

  async close(): Promise<void> {
    await this.#client?.endAsync(true).catch(() => {})
  }

  #connected(): MqttClient {
    if (this.#client !== null) return this.#client
    const { address, credentials } = brokerAddress(this.#options.url() as string)
    const client = connect(address, {
      ...credentials,
      reconnectPeriod: RECONNECT_MS,
      reconnectOnConnackError: true,
    })
    client.on('connect', () => this.refresh().catch(() => {}))
    // Said by the message that does not go out.
    client.on('error', () => {})
    this.#client = client
    return client
  }

  async #publish(
    client: MqttClient,
    place: string,
    message?: { readonly id: string; readonly notices: readonly Notice[] },
  ): Promise<void> {
    const subscriptions = this.#subscriptions()
    const current = this.#options
      .pages()
      .alerts.filter(
        (alert) =>
          (alert.status === 'firing' || alert.status === 'acknowledged') &&
          (alert.site ?? ORGANISATION) === place &&
          subscriptions.some((subscription) => wants(subscription, alert)),
      )
    const shown = current.slice(0, ALERTS)
    const document = {
      site: place === ORGANISATION ? null : place,
      at: new Date(this.#options.clock()).toISOString(),
      alerts: shown.map(alertRow),
      more: current.length - shown.length,
      message: message?.id ?? null,
      notices: message?.notices.slice(0, ALERTS).map(({ id, kind, at, alert }) => ({
        id,
        kind,
        at: new Date(at).toISOString(),
        alert: alert.id,
      })),
    }
    await client.publishAsync(`facility/${place}/alerts`, JSON.stringify(document), { qos: 1, retain: true })
  }

  #places(): string[] {
    return [...this.#options.sites, ORGANISATION]
  }

  #subscriptions() {
    return this.#options
      .pages()
      .subscriptions.filter(({ channel, state }) => channel.kind === 'mqtt' && state === 'active')
  }
}

function alertRow({ course: _, acknowledged, since, firedAt, resolvedAt, ...alert }: Alert): object {
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return {
    ...alert,
    since: instant(since),
    firedAt: instant(firedAt),
    acknowledged: acknowledged && { ...acknowledged, at: instant(acknowledged.at) },
  }
}

/** Whether it connects before the signal says that time is up. */
function ready(client: MqttClient, signal: AbortSignal): Promise<boolean> {
  if (client.connected) return Promise.resolve(true)
  if (signal.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const end = (connected: boolean) => {
      client.off('connect', begun)
      signal.removeEventListener('abort', late)
      resolve(connected)
    }
    const begun = () => end(true)
    const late = () => end(false)
    client.once('connect', begun)
    signal.addEventListener('abort', late, { once: true })
  })
}
