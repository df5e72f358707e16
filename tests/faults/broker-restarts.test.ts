import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { influxdInstalled } from '../support/influxd.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import { embeddedStore, influxStore } from '../support/tested-store.ts'
import { underLoad } from '../support/under-load.ts'

const RESTARTS = 5

describe('Mosquitto, restarted five times under load', { timeout: 120_000 }, () => {
  for (const kind of ['duckdb', 'influxdb'] as const) {
    const isMissing = !mosquittoInstalled || (kind === 'influxdb' && !influxdInstalled)
    const skipped = isMissing ? ' (skipped: not installed)' : ''
    const name = `loses and doubles nothing on its way to ${kind}${skipped}`
    it.skipIf(isMissing).concurrent(name, async ({ expect, onTestFinished }) => {
      const store = kind === 'influxdb' ? await influxStore() : embeddedStore
      onTestFinished(store.remove)
      // What it holds for us it writes down as it ends, and so keeps over a restart.
      const broker = await startMosquitto({ persistence: true })
      onTestFinished(broker.remove)
      const service = await underLoad(onTestFinished, { store, broker, messagesPerSecond: 400 })
      for (let restart = 0; restart < RESTARTS; restart++) {
        await service.acknowledges(1000)
        await sleep((restart * 137) % 400)
        await broker.stop('SIGTERM')
        await expect
          .poll(async () => (await service.program.health()).broker, { timeout: 10_000, interval: 100 })
          .toMatchObject({ ok: false, error: expect.stringMatching(/ECONNREFUSED|closed the connection/) })
        await broker.start()
      }
      await service.settle(`Mosquitto restarted five times: ${kind}`, 1500)
    })
  }
})
