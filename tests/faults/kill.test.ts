import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it, onTestFinished } from 'vitest'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import { databaseIn, embeddedStore } from '../support/tested-store.ts'
import { underLoad } from '../support/under-load.ts'

const KILLS = 10

const cases = [
  { broker: 'embedded broker', kind: 'duckdb' },
  { broker: 'Mosquitto', kind: 'duckdb' },
  { broker: 'embedded broker', kind: 'influxdb' },
  { broker: 'Mosquitto', kind: 'influxdb' },
] as const

const isMissing = ({ broker, kind }: (typeof cases)[number]) =>
  (broker === 'Mosquitto' && !mosquittoInstalled) || (kind === 'influxdb' && !influxdInstalled)

/** So far away that most kills come in the middle of a write; near again when `settle` is called. */
async function farInfluxDb() {
  const influxd = await startInfluxd()
  onTestFinished(influxd.remove)
  const proxy = await startFaultProxy(influxd.url)
  onTestFinished(() => proxy.close())
  await proxy.set({ kind: 'slow', latencyMs: 150, bytesPerSecond: 5_000_000 })
  return { store: databaseIn(influxd, 'wattwell', proxy.url), settle: () => proxy.set(null) }
}

describe('a kill -9 of the service, ten times under load', { timeout: 180_000 }, () => {
  for (const one of cases) {
    const skipped = isMissing(one) ? ' (skipped: not installed)' : ''
    it.skipIf(isMissing(one))(`loses and doubles nothing: ${one.broker}, ${one.kind}${skipped}`, async () => {
      const { store, settle } = one.kind === 'influxdb' ? await farInfluxDb() : { store: embeddedStore }
      const broker = one.broker === 'Mosquitto' ? await startMosquitto() : undefined
      if (broker !== undefined) onTestFinished(broker.remove)
      const service = await underLoad(onTestFinished, { store, messagesPerSecond: 600, broker })
      for (let kill = 0; kill < KILLS; kill++) {
        await service.acknowledges(500)
        // Never at the same moment of what it does.
        await sleep((kill * 137) % 400)
        await service.restart()
      }
      await settle?.()
      await service.settle(`kill -9 ten times: ${one.broker}, ${one.kind}`, 2000)
    })
  }
})
