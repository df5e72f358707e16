import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync } from 'mqtt'

/** Publishes one reading after the other until it is ended, a second apart, to meters in turn. */
export interface ReadingStream {
  /** Instants of the readings that the broker has acknowledged, by meter. */
  readonly acknowledged: ReadonlyMap<string, Set<number>>
  /** How many were published. */
  readonly published: number
  /** Resolves when so many more are acknowledged; rejects where that takes longer than a minute. */
  pass(count: number): Promise<void>
  /** Ends it when everything that was published is acknowledged. */
  end(): Promise<void>
}

const IN_FLIGHT = 50
const PASS_MS = 60_000

/** `topicOf` is where a meter's readings go; a reading's value is its instant in hours since `start`. */
export async function streamReadings(
  url: string,
  meters: readonly string[],
  topicOf: (meter: string) => string,
  start: number,
): Promise<ReadingStream> {
  const client = await connectAsync(url)
  const acknowledged = new Map(meters.map((meter) => [meter, new Set<number>()]))
  let published = 0
  let done = 0
  let ending = false
  const publish = async (): Promise<void> => {
    while (!ending) {
      const meter = meters[published % meters.length] as string
      const at = start + Math.floor(published / meters.length) * 1000
      published += 1
      const payload = JSON.stringify({ at, value: (at - start) / 3_600_000 })
      await client.publishAsync(topicOf(meter), payload, { qos: 1 })
      acknowledged.get(meter)?.add(at)
      done += 1
    }
  }
  const publishers = Promise.all(Array.from({ length: IN_FLIGHT }, publish))
  return {
    acknowledged,
    get published() {
      return published
    },
    async pass(count) {
      const enough = done + count
      for (const until = Date.now() + PASS_MS; done < enough; await sleep(5)) {
        if (Date.now() > until) throw new Error(`${enough - done} of ${count} readings were not acknowledged`)
      }
    },
    async end() {
      ending = true
      await publishers
      await client.endAsync()
    },
  }
}
