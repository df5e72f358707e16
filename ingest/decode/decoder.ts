import type { Quarantined } from '../../core/reading.ts'
import type { SpoolMeter } from '../frame-builder.ts'

/** Where a decoder puts what it finds: the spool. */
export interface ReadingSink {
  reading(meter: SpoolMeter, unit: string, at: number, value: number, receivedAt: number): void
  quarantine(message: Quarantined): void
}

/** How many readings a message gave, and how many records of what could not be taken. */
export interface Decoded {
  readonly readings: number
  readonly quarantined: number
}

/** Turns messages into readings. Never throws on what a device sends. */
export interface Decoder {
  /** Whether a topic is this decoder's; what is nobody's is other people's traffic. */
  concerns(topic: string): boolean
  /** Puts everything in the message into the sink, as readings or as refused. */
  decode(topic: string, payload: Buffer, receivedAt: number, sink: ReadingSink): Decoded
}
