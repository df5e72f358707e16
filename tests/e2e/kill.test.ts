import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { account } from '../support/account.ts'
import { freePort } from '../support/free-port.ts'
import { influxdInstalled } from '../support/influxd.ts'
import { loadOrganisation, startLoad } from '../support/load.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import { home, startProgram } from '../support/program.ts'
import { embeddedStore, influxStore } from '../support/tested-store.ts'

const KILLS = 10
const MESSAGES_PER_SECOND = 600

const cases = [
  { broker: 'embedded', kind: 'duckdb' },
  { broker: 'mosquitto', kind: 'duckdb' },
  { broker: 'embedded', kind: 'influxdb' },
  { broker: 'mosquitto', kind: 'influxdb' },
] as const

const isMissing = ({ broker, kind }: (typeof cases)[number]) =>
  (broker === 'mosquitto' && !mosquittoInstalled) || (kind === 'influxdb' && !influxdInstalled)

describe('a kill -9 of the service, ten times under load', { timeout: 180_000 }, () => {
  for (const one of cases) {
    const name = `${one.broker} broker, ${one.kind}`
    const skipped = isMissing(one)
    it.skipIf(skipped)(
      `${name}${skipped ? ' (skipped: not installed)' : ''}: loses and doubles nothing`,
      async () => {
        const store = one.kind === 'influxdb' ? await influxStore() : embeddedStore
        onTestFinished(store.remove)
        const broker = one.broker === 'mosquitto' ? await startMosquitto() : null
        onTestFinished(async () => broker?.remove())
        const place = await home(loadOrganisation)
        onTestFinished(place.remove)
        const env = {
          ...store.env,
          ...(broker === null ? { MQTT_PORT: String(await freePort()) } : { MQTT_URL: broker.url }),
        }

        let program = await startProgram(place.folder, env)
        onTestFinished(async () => void (await program.end('SIGKILL')))
        const load = startLoad(program.mqtt, MESSAGES_PER_SECOND)
        onTestFinished(load.stop)
        for (let kill = 0; kill < KILLS; kill++) {
          const before = load.acknowledgedReadings
          // Never at the same moment of what it does.
          await sleep(350 + ((kill * 137) % 400))
          expect(load.acknowledgedReadings).toBeGreaterThan(before)
          await program.end('SIGKILL')
          program = await startProgram(place.folder, env)
        }
        await load.finish()
        const counted = await account(`kill -9 ten times, ${name}`, load, program, store)
        expect(counted).toMatchObject({
          lost: 0,
          doubled: 0,
          stored: counted.published,
          acknowledged: counted.published,
        })
        expect(counted.published).toBeGreaterThan(5000)
      },
    )
  }
})
