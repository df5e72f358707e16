import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { account } from '../support/account.ts'
import { influxdInstalled } from '../support/influxd.ts'
import { loadOrganisation, startLoad } from '../support/load.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import { home, startProgram } from '../support/program.ts'
import { embeddedStore, influxStore } from '../support/tested-store.ts'

const RESTARTS = 5
const MESSAGES_PER_SECOND = 400

describe('Mosquitto, restarted five times under load', { timeout: 120_000 }, () => {
  for (const kind of ['duckdb', 'influxdb'] as const) {
    const skipped = !mosquittoInstalled || (kind === 'influxdb' && !influxdInstalled)
    const name = `loses and doubles nothing on its way to ${kind}${skipped ? ' (skipped: not installed)' : ''}`
    it.skipIf(skipped)(name, async () => {
      const store = kind === 'influxdb' ? await influxStore() : embeddedStore
      onTestFinished(store.remove)
      // What it holds for us it writes down as it ends, and so keeps over a restart.
      const broker = await startMosquitto({ persistence: true })
      onTestFinished(broker.remove)
      const place = await home(loadOrganisation)
      onTestFinished(place.remove)
      const program = await startProgram(place.folder, { ...store.env, MQTT_URL: broker.url })
      onTestFinished(async () => void (await program.end('SIGKILL')))
      const load = startLoad(broker.url, MESSAGES_PER_SECOND)
      onTestFinished(load.stop)
      for (let restart = 0; restart < RESTARTS; restart++) {
        await sleep(800 + ((restart * 137) % 400))
        await broker.stop('SIGTERM')
        await expect
          .poll(async () => (await program.get('/health')).broker, { timeout: 10_000, interval: 100 })
          .toMatchObject({ ok: false, error: expect.stringMatching(/ECONNREFUSED|closed the connection/) })
        await broker.start()
      }
      await load.finish()
      const counted = await account(`Mosquitto restarted five times, ${kind}`, load, program, store)
      expect(counted).toMatchObject({
        lost: 0,
        doubled: 0,
        stored: counted.published,
        acknowledged: counted.published,
      })
      expect(counted.published).toBeGreaterThan(2000)
    })
  }
})
