import { connectAsync } from 'mqtt'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mosquitto } from '../ingest/support.ts'
import { mosquittoInstalled } from '../support/mosquitto.ts'
import { home, type Program, startProgram } from '../support/program.ts'

const organisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: [
    {
      id: 'works',
      kind: 'factory',
      zone: 'UTC',
      meters: [{ id: 'in', utility: 'electricity', role: 'import', register: { unit: 'kWh' } }],
    },
  ],
}
const START = Date.UTC(2026, 2, 1)
const name = `a service behind an external broker${mosquittoInstalled ? '' : ' (skipped: no Mosquitto)'}`

/** A Mosquitto, a service that subscribes to it, and a count of what was published. */
async function behindMosquitto() {
  const broker = await mosquitto()
  const place = await home(organisation)
  onTestFinished(place.remove)
  const start = async () => {
    const started = await startProgram(place.folder, { MQTT_URL: broker.url })
    onTestFinished(() => started.end('SIGTERM').then(() => {}))
    return started
  }
  let published = 0
  return {
    broker,
    start,
    async publish(count: number): Promise<void> {
      const client = await connectAsync(broker.url)
      const sent = Array.from({ length: count }, () => {
        published += 1
        const payload = `{"at":${START + published * 1000},"value":${published}}`
        return client.publishAsync('facility/works/in/reading', payload, { qos: 1 })
      })
      await Promise.all(sent)
      await client.endAsync()
    },
    /** Everything that the broker took is there, once. */
    async expectAll(program: Program): Promise<void> {
      const values = async () => {
        const { rows } = await program.get('/readings?meter=in&from=2026-03-01&to=2026-04-01')
        return rows.map((row: { value: number }) => row.value)
      }
      await expect
        .poll(async () => (await values()).length, { timeout: 20_000, interval: 200 })
        .toBe(published)
      expect(await values()).toEqual(Array.from({ length: published }, (_, i) => i + 1))
    },
  }
}

describe.skipIf(!mosquittoInstalled)(name, { timeout: 60_000 }, () => {
  it('says where it listens, and takes what is published there', async () => {
    const { broker, start, publish, expectAll } = await behindMosquitto()
    const program = await start()
    expect(program.mqtt).toBe(broker.url)
    await publish(500)
    await expectAll(program)
    expect((await program.get('/health')).broker).toMatchObject({ kind: 'external', ok: true })
  })

  it('finds what was published around a clean end', async () => {
    const { start, publish, expectAll } = await behindMosquitto()
    const first = await start()
    await publish(100)
    const publishing = publish(3000)
    await first.end('SIGTERM')
    await publishing
    await publish(200)
    await expectAll(await start())
  })

  it('is down, and says so, while the broker is', async () => {
    const { broker, start, publish, expectAll } = await behindMosquitto()
    const program = await start()
    const health = async () => {
      const response = await fetch(`${program.http}/api/v1/health`)
      return { code: response.status, ...((await response.json()) as object) }
    }
    await broker.stop()
    await expect
      .poll(health, { timeout: 10_000 })
      .toMatchObject({ code: 503, status: 'down', broker: { ok: false } })
    await mosquitto('allow_anonymous true', broker.port)
    await expect
      .poll(health, { timeout: 20_000 })
      .toMatchObject({ code: 200, status: 'ok', broker: { ok: true } })
    await publish(100)
    await expectAll(program)
  })
})
