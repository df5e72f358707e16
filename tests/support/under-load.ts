import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { type Account, account } from './account.ts'
import { freePort } from './free-port.ts'
import { type Load, loadOrganisation, startLoad } from './load.ts'
import type { Mosquitto } from './mosquitto.ts'
import { home, type Program, startProgram } from './program.ts'
import type { TestedStore } from './tested-store.ts'

const ACKNOWLEDGED_MS = 30_000

/** Vitest's `onTestFinished`; of tests that run side by side, each has its own. */
export type AtTheEnd = (end: () => Promise<void>) => void

export interface UnderLoadOptions {
  readonly store: TestedStore
  /** An external broker; without one the embedded one takes the load. */
  readonly broker?: Mosquitto | undefined
  readonly messagesPerSecond: number
  readonly env?: Readonly<Record<string, string>>
  /** A command that the program is started by. */
  readonly within?: readonly string[]
}

/** A service that takes readings all the time, while something is done to it. */
export interface UnderLoad {
  readonly load: Load
  readonly program: Program
  /** Resolves when so many more readings are acknowledged; fails where that takes longer than 30 s. */
  acknowledges(count: number): Promise<void>
  /** Ends the program by kill -9 and starts it again, with `between` done in between. */
  restart(between?: () => Promise<void>): Promise<void>
  /**
   * Ends the load and counts, and sees that nothing is lost and nothing doubled of at least `least`
   * readings. What was done to it ended at `since`, of `performance.now()`.
   */
  settle(what: string, least: number, since?: number): Promise<Account>
}

/** Starts a service on the store and the broker, and publishes to it, until the test ends. */
export async function underLoad(atTheEnd: AtTheEnd, options: UnderLoadOptions): Promise<UnderLoad> {
  const { store, broker, messagesPerSecond, within } = options
  const place = await home(loadOrganisation)
  atTheEnd(place.remove)
  const mqtt = broker === undefined ? { MQTT_PORT: String(await freePort()) } : { MQTT_URL: broker.url }
  const env = { ...store.env, ...mqtt, ...options.env }
  let program = await startProgram(place.folder, env, within)
  atTheEnd(async () => void (await program.end('SIGKILL')))
  const load = startLoad(program.mqtt, messagesPerSecond)
  atTheEnd(load.stop)
  return {
    load,
    get program() {
      return program
    },
    async acknowledges(count) {
      const enough = load.acknowledgedReadings + count
      for (const until = Date.now() + ACKNOWLEDGED_MS; Date.now() < until; await sleep(10)) {
        if (load.acknowledgedReadings >= enough) return
      }
      throw new Error(`${enough - load.acknowledgedReadings} of ${count} readings were not acknowledged`)
    },
    async restart(between) {
      await program.end('SIGKILL')
      await between?.()
      program = await startProgram(place.folder, env, within)
    },
    async settle(what, least, since = performance.now()) {
      await load.finish()
      const counted = await account(what, load, program, store, since)
      const { published } = counted
      expect(counted).toMatchObject({
        acknowledged: published,
        stored: published,
        aside: 0,
        lost: 0,
        doubled: 0,
      })
      expect(published).toBeGreaterThan(least)
      return counted
    },
  }
}
