import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type IPublishPacket, type MqttClient } from 'mqtt'
import { brokerAddress } from '../core/broker-address.ts'
import { Acknowledger } from './acknowledger.ts'
import type { Log } from './log.ts'
import type { Receiver } from './receive.ts'
import type { ReadingSource } from './source.ts'

export interface SubscriberOptions {
  /** `mqtt://` or `mqtts://`, with credentials where the broker wants them. */
  readonly url: string
  /** Stays the same over restarts: the broker keeps what arrives meanwhile under this name. */
  readonly clientId: string
  readonly receiver: Receiver
  readonly log: Log
  /** The group whose members share the stream, each message to one of them. Without it, all of it comes here. */
  readonly group?: string
  /** What may be subscribed to under this name from before; it is given up when the subscription stands. */
  readonly former?: readonly string[]
  /** Called when nothing of `former` is left at the broker. */
  readonly onSwitched?: () => void
  /** Gives every subscription up, and only takes what the broker still keeps under this name. */
  readonly leaving?: boolean
  /** By itself 4, MQTT 3.1.1, which every broker speaks and which costs less a message; for a group 5. */
  readonly protocolVersion?: 4 | 5
  /** The first wait before connecting again, milliseconds; doubled up to 32 times that. */
  readonly reconnectMs?: number
}

const TOPIC = 'facility/+/+/reading'
/** The longest there is: until it comes back [MQTT5 3.1.2.11.2]. */
const FOR_EVER_S = 0xffffffff
const CLOSE_MS = 1500
/** In the place of an error it keeps mqtt.js from sending the PUBACK by itself; nobody reads it. */
const WITHHELD = new Error('acknowledged when it is on disk')

/** The filter of a subscription to all readings, or to a share of them. */
export function readingFilter(group?: string): string {
  return group === undefined ? TOPIC : `$share/${group}/${TOPIC}`
}

/**
 * Subscribes to an external broker with a persistent session at QoS 1. A message is acknowledged
 * when it is on disk. Never rejects and never gives up: a broker that is away or refuses shows in
 * `state()` and in the log.
 */
export function startSubscriber(options: SubscriberOptions): ReadingSource {
  const { receiver, log, group, onSwitched, leaving = false, reconnectMs = 500 } = options
  const { address: url, credentials } = brokerAddress(options.url)
  // Under MQTT 5 a broker that shares no subscriptions says so; under 3.1.1 it would just send nothing.
  const protocolVersion = options.protocolVersion ?? (group === undefined ? 4 : 5)
  const client = connect(url, {
    ...credentials,
    clientId: options.clientId,
    clean: false,
    protocolVersion,
    reconnectPeriod: reconnectMs,
    reconnectOnConnackError: true,
    resubscribe: false,
    log: () => {},
    ...(protocolVersion === 5 ? { properties: { sessionExpiryInterval: FOR_EVER_S } } : {}),
  })
  const filter = readingFilter(group)
  let former = (options.former ?? []).filter((one) => one !== filter)
  let error: string | undefined = `connecting to ${url}`
  let listens = (): void => {}
  const listening = new Promise<void>((resolve) => {
    listens = resolve
  })
  const fail = (why: string): void => {
    if (error !== why) log.error({ url, reason: why }, 'no readings from the broker')
    error = why
  }
  withholdAcks(client, receiver)
  client.on('connect', ({ properties }) => {
    client.options.reconnectPeriod = reconnectMs
    if (group !== undefined && properties?.sharedSubscriptionAvailable === false) {
      return fail(`${url} has no shared subscriptions, which several ingest processes need`)
    }
    const keptForS = properties?.sessionExpiryInterval ?? FOR_EVER_S
    if (keptForS < FOR_EVER_S)
      log.warn({ url, keptForS }, 'the broker keeps messages for us no longer than this')
    error = `waiting for ${url} to confirm the subscription`
    const switched = leaving
      ? client.unsubscribeAsync([filter, ...former])
      : subscribe(client, filter, former)
    switched.then(
      () => {
        error = undefined
        former = []
        listens()
        onSwitched?.()
        log.info({ url, filter }, leaving ? 'unsubscribed' : 'subscribed')
      },
      (caught: Error) => fail(`${url} does not let us subscribe to ${filter}: ${caught.message}`),
    )
  })
  client.on('reconnect', () => {
    client.options.reconnectPeriod = Math.min(
      (client.options.reconnectPeriod ?? reconnectMs) * 2,
      reconnectMs * 32,
    )
  })
  client.on('error', ({ message, code }: Error & { code?: unknown }) => {
    const why = message || String(code)
    fail(`${url}: ${why}${/protocol version/i.test(why) ? '; a shared subscription needs MQTT 5' : ''}`)
  })
  client.on('offline', () => error ?? fail(`${url} has closed the connection`))
  return {
    url,
    kind: 'external',
    listening,
    counts: receiver.counts,
    state: () => (error === undefined ? { ok: true } : { ok: false, error }),
    async close() {
      const ended = client.endAsync(false).catch(() => {})
      await Promise.race([ended, sleep(CLOSE_MS, null, { ref: false })])
      client.stream.destroy()
    },
  }
}

/** From now on a PUBACK is sent when the message is on disk, in order, and only on its own connection. */
function withholdAcks(client: MqttClient, receiver: Receiver): void {
  let acks: Acknowledger | null = null
  const take = (
    packet: IPublishPacket,
    callback: (error?: Error) => void,
    from: MqttClient['stream'],
  ): void => {
    // It waited for room while its connection went: it comes again, under a number of the new one.
    if (from !== client.stream) {
      callback(WITHHELD)
      return
    }
    const { topic, messageId, qos } = packet
    const payload = packet.payload as Buffer
    if (qos === 1 && messageId !== undefined) {
      if (acks?.stream !== from) acks = new Acknowledger(client)
      acks.expect(messageId)
      receiver.receive(topic, payload, Date.now(), acks.next)
      callback(WITHHELD)
    } else if (qos === 0) {
      receiver.receive(topic, payload, Date.now(), nothing)
      callback()
    } else {
      // Not what we subscribe to; should it come, mqtt.js completes it after the callback.
      receiver.receive(topic, payload, Date.now(), () => callback())
    }
  }
  // Until there is room mqtt.js reads no further.
  client.handleMessage = (packet, callback) => {
    const from = client.stream
    receiver.whenRoom(() => take(packet, callback, from))
  }
}

/** What was subscribed to before is given up last: until then messages come twice, but none gets lost. */
async function subscribe(client: MqttClient, filter: string, former: readonly string[]): Promise<void> {
  const granted = await client.subscribeAsync(filter, { qos: 1 })
  if (granted.some(({ qos }) => qos >= 128)) throw new Error('refused')
  if (former.length > 0) await client.unsubscribeAsync([...former])
}

function nothing(): void {}
