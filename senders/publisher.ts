import mqtt from 'mqtt'
import { brokerAddress } from '../core/broker-address.ts'

/** Where a simulator says what a person should know. A pino logger is one. */
export interface Log {
  info(text: string): void
  warn(text: string): void
}

export const silent: Log = { info: () => {}, warn: () => {} }

export interface PublisherOptions {
  readonly mqttUrl: string
  readonly clientId: string
  readonly log?: Log | undefined
  readonly signal?: AbortSignal | undefined
  /** How many messages may be without their PUBACK. */
  readonly window?: number
  /** Give up where no broker answers within this time; without it, wait for as long as it takes. */
  readonly patienceMs?: number
}

interface Sent {
  acknowledged: boolean
  readonly onAck: () => void
}

/**
 * Sends messages at QoS 1, in order, a few ahead of their acknowledgements. While the broker is away
 * nothing is dropped: what is under way is sent again, and `send` waits.
 */
export class Publisher {
  readonly #client: mqtt.MqttClient
  readonly #window: number
  readonly #signal: AbortSignal | undefined
  /** In the order sent. `onAck` is called in this order too: a later one never before an earlier one. */
  readonly #underWay: Sent[] = []
  #wake: (() => void)[] = []
  #failure: Error | undefined

  private constructor(client: mqtt.MqttClient, options: PublisherOptions) {
    this.#client = client
    this.#window = options.window ?? 20
    this.#signal = options.signal
    this.#signal?.addEventListener('abort', this.#wakeAll)
  }

  /** Connects. Rejects only where `patienceMs` is over; an abort resolves, with `send` then refusing. */
  static async connect(options: PublisherOptions): Promise<Publisher> {
    const { mqttUrl, clientId, log = silent, signal, patienceMs } = options
    const { address: broker, credentials } = brokerAddress(mqttUrl)
    const client = mqtt.connect(broker, {
      ...credentials,
      clientId,
      reconnectPeriod: 1000,
      protocolVersion: 4,
    })
    const publisher = new Publisher(client, options)
    let away = false
    let reason = ''
    client.on('error', (error) => {
      reason = error.message || (error as NodeJS.ErrnoException).code || 'no answer'
    })
    client.on('close', () => {
      if (away || client.disconnecting) return
      away = true
      log.warn(`the broker ${broker} is away${reason && ` (${reason})`}; sending goes on when it answers`)
    })
    client.on('connect', () => {
      if (away) log.info(`the broker ${broker} is back`)
      away = false
      reason = ''
    })
    await new Promise<void>((resolve, reject) => {
      const timer =
        patienceMs === undefined
          ? undefined
          : setTimeout(() => {
              client.end(true)
              reject(new Error(`no broker answers at ${broker}${reason && `: ${reason}`}`))
            }, patienceMs)
      const done = () => {
        clearTimeout(timer)
        resolve()
      }
      client.once('connect', done)
      signal?.addEventListener('abort', done, { once: true })
      if (signal?.aborted) done()
    })
    return publisher
  }

  /** Hands over one message; resolves when there is room for the next. `onAck` follows its PUBACK. */
  async send(topic: string, payload: string, onAck: () => void): Promise<void> {
    while (this.#underWay.length >= this.#window && !this.#stopped) await this.#change()
    this.#check()
    const sent: Sent = { acknowledged: false, onAck }
    this.#underWay.push(sent)
    this.#client.publish(topic, payload, { qos: 1 }, (error) => {
      if (error) this.#failure ??= error
      else this.#acknowledge(sent)
      this.#wakeAll()
    })
  }

  /** Resolves when everything sent has been acknowledged. */
  async drained(): Promise<void> {
    while (this.#underWay.length > 0 && !this.#stopped) await this.#change()
    this.#check()
  }

  /** Leaves, after waiting a moment for acknowledgements that are under way. */
  async end(graceMs = 2000): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#wakeAll)
    const patience = setTimeout(() => this.#wakeAll(), graceMs)
    const until = performance.now() + graceMs
    while (this.#client.connected && this.#underWay.length > 0 && this.#failure === undefined) {
      if (performance.now() >= until) break
      await this.#change()
    }
    clearTimeout(patience)
    await this.#client.endAsync(this.#underWay.length > 0)
  }

  get #stopped(): boolean {
    return this.#failure !== undefined || this.#signal?.aborted === true
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure
    this.#signal?.throwIfAborted()
  }

  #acknowledge(sent: Sent): void {
    sent.acknowledged = true
    while (this.#underWay[0]?.acknowledged) this.#underWay.shift()?.onAck()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve))
  }

  readonly #wakeAll = (): void => {
    const waiting = this.#wake
    this.#wake = []
    for (const resolve of waiting) resolve()
  }
}
