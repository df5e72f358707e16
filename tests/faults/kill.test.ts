import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import { databaseIn, embeddedStore } from '../support/tested-store.ts'
import { type AtTheEnd, underLoad } from '../support/under-load.ts'

const KILLS = 10

/** Messages a second. Mosquitto takes them all the time, so what was sent during a start is caught up with. */
const LOAD = { 'embedded broker': 600, Mosquitto: 150 }

const cases = [
  { broker: 'embedded broker', kind: 'duckdb' },
  { broker: 'Mosquitto', kind: 'duckdb' },
  { broker: 'embedded broker', kind: 'influxdb' },
  { broker: 'Mosquitto', kind: 'influxdb' },
] as const

const isMissing = ({ broker, kind }: (typeof cases)[number]) =>
  (broker === 'Mosquitto' && !mosquittoInstalled) || (kind === 'influxdb' && !influxdInstalled)

/** So far away that most kills come in the middle of a write; near again when `settle` is called. */
async function farInfluxDb(atTheEnd: AtTheEnd) {
  const influxd = await startInfluxd()
  atTheEnd(influxd.remove)
  const proxy = await startFaultProxy(influxd.url)
  atTheEnd(() => proxy.close())
  await proxy.set({ kind: 'slow', latencyMs: 150, bytesPerSecond: 5_000_000 })
  return { store: databaseIn(influxd, 'wattwell', proxy.url), settle: () => proxy.set(null) }
}

describe('a kill -9 of the service, ten times under load', { timeout: 300_000 }, () => {
  for (const one of cases) {
    const skipped = isMissing(one) ? ' (skipped: not installed)' : ''
    const name = `loses and doubles nothing: ${one.broker}, ${one.kind}${skipped}`
    // Side by side, because a start waits for a disk and for one thread after the other.
    it.skipIf(isMissing(one)).concurrent(name, async ({ onTestFinished }) => {
      const far = one.kind === 'influxdb' ? await farInfluxDb(onTestFinished) : undefined
      const store = far?.store ?? embeddedStore
      const broker = one.broker === 'Mosquitto' ? await startMosquitto() : undefined
      if (broker !== undefined) onTestFinished(broker.remove)
      const service = await underLoad(onTestFinished, { store, messagesPerSecond: LOAD[one.broker], broker })
      for (let kill = 0; kill < KILLS; kill++) {
        await service.acknowledges(500)
        // Never at the same moment of what it does.
        await sleep((kill * 137) % 400)
        await service.restart()
      }
      await far?.settle()
      await service.settle(`kill -9 ten times: ${one.broker}, ${one.kind}`, 2000)
    })
  }
})
