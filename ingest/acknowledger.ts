import type { MqttClient } from 'mqtt'

const PUBACK = 0x40
const PUBACK_BYTES = 4
const CUT_AT = 16_384

/**
 * The PUBACKs of one connection, sent in the order in which the messages came, and those that come
 * due together in one write. When the connection is gone they are dropped: the broker sends the
 * messages again, and the same number means another message then.
 *
 * Written to the stream past mqtt.js, which would cost a packet object, an event and a corked write
 * each. A PUBACK without properties is these four bytes in MQTT 3.1.1 and 5 alike [MQTT5 3.4.2].
 */
export class Acknowledger {
  readonly stream: MqttClient['stream']
  readonly #client: MqttClient
  #expected: number[] = []
  #head = 0
  #due: number[] = []

  constructor(client: MqttClient) {
    this.#client = client
    this.stream = client.stream
  }

  /** A message came; its acknowledgement will be due after those before it. */
  expect(messageId: number): void {
    this.#expected.push(messageId)
  }

  /** The first message that was not acknowledged yet is on disk. One function, so that none is made a message. */
  readonly next = (): void => {
    const messageId = this.#expected[this.#head++]
    if (messageId === undefined) return
    // Under load the queue is never empty, so what is done is cut off now and then.
    if (this.#head === this.#expected.length || this.#head === CUT_AT) {
      this.#expected = this.#expected.slice(this.#head)
      this.#head = 0
    }
    if (this.#due.push(messageId) === 1) process.nextTick(this.#send)
  }

  readonly #send = (): void => {
    const due = this.#due
    this.#due = []
    const { stream, connected, disconnecting } = this.#client
    if (stream !== this.stream || !connected || disconnecting) return
    const bytes = Buffer.allocUnsafe(due.length * PUBACK_BYTES)
    let offset = 0
    for (const messageId of due) {
      bytes[offset] = PUBACK
      bytes[offset + 1] = 2
      offset = bytes.writeUInt16BE(messageId, offset + 2)
    }
    this.stream.write(bytes)
  }
}
