import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync, type MqttClient } from 'mqtt'

/** Meters of the organisation that takes the load: registers in kWh. */
export const loadMeters = ['m0', 'm1', 'm2', 'm3'] as const

/** The organisation of these meters. */
export const loadOrganisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: [
    {
      id: 'works',
      kind: 'factory',
      zone: 'UTC',
      meters: loadMeters.map((id) => ({
        id,
        utility: 'electricity',
        role: 'import',
        register: { unit: 'kWh' },
      })),
    },
  ],
}

/** The instant of a meter's reading number 0; number n comes n seconds later and its face is n. */
export const LOAD_START = Date.UTC(2025, 2, 1)

/** Every fifth message is an array of so many readings, the others hold one. */
const ARRAY = 20
const IN_FLIGHT = 400
const TICK_MS = 20
const RECONNECT_MS = 30
/** Nothing of the load may wait longer for its acknowledgement. */
const PATIENCE_MS = 120_000

export interface Load {
  /** Readings of each meter that were sent at least once. */
  readonly published: readonly number[]
  readonly publishedReadings: number
  readonly acknowledgedReadings: number
  /** Messages that were sent again, because their acknowledgement did not come. */
  readonly sentAgain: number
  /** Makes no more readings, and resolves when all that were sent are acknowledged. Rejects after two minutes. */
  finish(): Promise<void>
  /** Ends it wherever it is. */
  stop(): Promise<void>
}

interface Message {
  readonly topic: string
  readonly payload: string
  readonly readings: number
}

/**
 * Publishes readings at QoS 1 as a device does: what is not acknowledged when a connection ends is sent
 * again on the next one. No reading is made twice.
 */
export function startLoad(url: string, messagesPerSecond: number): Load {
  const load = new Publisher(url, messagesPerSecond)
  const running = load.run()
  running.catch(() => {})
  return Object.assign(load, {
    async finish() {
      load.finishing = true
      await running
    },
    async stop() {
      load.ended = true
      await running.catch(() => {})
    },
  })
}

class Publisher {
  readonly published: number[] = loadMeters.map(() => 0)
  publishedReadings = 0
  acknowledgedReadings = 0
  sentAgain = 0
  finishing = false
  ended = false
  readonly #url: string
  readonly #messagesPerSecond: number
  readonly #unacknowledged = new Set<Message>()
  #made = 0
  #heardAt = Date.now()

  constructor(url: string, messagesPerSecond: number) {
    this.#url = url
    this.#messagesPerSecond = messagesPerSecond
  }

  async run(): Promise<void> {
    while (!this.ended && !(this.finishing && this.#unacknowledged.size === 0)) {
      if (Date.now() - this.#heardAt > PATIENCE_MS) {
        throw new Error(`${this.#unacknowledged.size} messages were not acknowledged for two minutes`)
      }
      const client = await connectAsync(this.#url, { reconnectPeriod: 0, connectTimeout: 2000 }, false).catch(
        () => null,
      )
      if (client === null) await sleep(RECONNECT_MS)
      else await this.#publish(client)
    }
  }

  async #publish(client: MqttClient): Promise<void> {
    let alive = true
    client.on('error', () => {})
    client.once('close', () => {
      alive = false
    })
    const again = [...this.#unacknowledged]
    this.sentAgain += again.length
    for (const message of again) this.#send(client, message)
    const begun = Date.now()
    let made = 0
    while (alive && !this.ended && !(this.finishing && this.#unacknowledged.size === 0)) {
      if (Date.now() - this.#heardAt > PATIENCE_MS) break
      const due = ((Date.now() - begun) / 1000) * this.#messagesPerSecond
      for (; made < due && !this.finishing && this.#unacknowledged.size < IN_FLIGHT; made++) {
        this.#send(client, this.#next())
      }
      // What could not be sent in time is not made up for.
      made = Math.max(made, due - this.#messagesPerSecond)
      await sleep(TICK_MS)
    }
    client.removeAllListeners('close')
    await client.endAsync(true).catch(() => {})
  }

  #send(client: MqttClient, message: Message): void {
    this.#unacknowledged.add(message)
    client.publish(message.topic, message.payload, { qos: 1 }, (error) => {
      if (error || !this.#unacknowledged.delete(message)) return
      this.acknowledgedReadings += message.readings
      this.#heardAt = Date.now()
    })
  }

  #next(): Message {
    const no = this.#made++ % loadMeters.length
    const readings = this.#made % 5 === 0 ? ARRAY : 1
    const first = this.published[no] as number
    this.published[no] = first + readings
    this.publishedReadings += readings
    const rows = Array.from({ length: readings }, (_, i) => ({
      at: LOAD_START + (first + i) * 1000,
      value: first + i,
    }))
    return {
      topic: `facility/works/${loadMeters[no]}/reading`,
      payload: JSON.stringify(readings === 1 ? rows[0] : rows),
      readings,
    }
  }
}
