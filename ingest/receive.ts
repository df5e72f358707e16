import { issue } from '../core/issue.ts'
import type { Decoder } from './decode/decoder.ts'
import { quarantined } from './quarantine.ts'
import type { Counts } from './source.ts'
import type { Spool } from './spool.ts'

export interface Receiver {
  readonly counts: Counts
  /** False for other people's traffic. */
  concerns(topic: string): boolean
  /** Calls back when there is room to receive; until then leave the rest in the socket. */
  whenRoom(callback: () => void): void
  /**
   * Takes a message that arrived at `now`, epoch milliseconds; `done` is called when all of it is on
   * disk, in the order of the messages. Other people's traffic leaves nothing behind.
   */
  receive(topic: string, payload: Buffer, now: number, done: () => void): void
}

/** The one way in, for every source: decode, spool, and acknowledge when synced. */
export function receiver(decoder: Decoder, spool: Spool): Receiver {
  const counts = { messages: 0, readings: 0, quarantined: 0 }
  const decoded = (topic: string, payload: Buffer, now: number) => {
    try {
      return decoder.decode(topic, payload, now, spool)
    } catch (error) {
      // A decoder that stumbles is our mistake; the message is kept all the same, and the next one taken.
      const why = issue('not-a-reading', `it could not be decoded: ${(error as Error).message}`)
      spool.quarantine(quarantined({ receivedAt: now, topic, payload, readings: 1, issue: why }))
      return { readings: 0, quarantined: 1 }
    }
  }
  return {
    counts,
    concerns: (topic) => decoder.concerns(topic),
    whenRoom: (callback) => spool.whenRoom(callback),
    receive(topic, payload, now, done) {
      if (decoder.concerns(topic)) {
        const { readings, quarantined } = decoded(topic, payload, now)
        counts.messages++
        counts.readings += readings
        counts.quarantined += quarantined
      }
      spool.whenSynced(done)
    },
  }
}
