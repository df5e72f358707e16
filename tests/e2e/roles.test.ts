import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import { home, type Program, run, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'
import { streamReadings } from '../support/stream-of-readings.ts'
import type { AtTheEnd } from '../support/under-load.ts'

const START = Date.UTC(2026, 2, 1)
const meters = Array.from({ length: 20 }, (_, i) => `m${i}`)
const organisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: [
    {
      id: 'works',
      kind: 'factory',
      zone: 'UTC',
      meters: meters.map((id) => ({
        id,
        utility: 'electricity',
        role: 'submeter',
        register: { unit: 'kWh' },
      })),
    },
  ],
}
const topicOf = (meter: string) => `facility/works/${meter}/reading`
const able = mosquittoInstalled && influxdInstalled
const name = `two ingest processes and a service${able ? '' : ' (skipped: no Mosquitto or no InfluxDB)'}`

const SOON = { timeout: 30_000 }

let influxd: Influxd
let databases = 0

/** A process of one role in a folder of its own, started and started again. */
async function member(atTheEnd: AtTheEnd, env: Record<string, string>) {
  const { folder, remove } = await home(organisation)
  atTheEnd(remove)
  const startAs = async (as: Record<string, string>): Promise<Program> => {
    const program = await startProgram(folder, as)
    atTheEnd(() => program.end('SIGKILL').then(() => {}))
    return program
  }
  const start = () => startAs(env)
  return { folder, startAs, start, program: await start() }
}

/** A Mosquitto, and a database of its own. */
async function environment(atTheEnd: AtTheEnd) {
  const broker = await startMosquitto({ config: ['allow_anonymous true'] })
  atTheEnd(broker.remove)
  databases += 1
  const env = {
    MQTT_URL: broker.url,
    STORE_URL: influxd.url,
    INFLUX_DATABASE: `roles-${databases}`,
  }
  return { broker, env }
}

async function group(atTheEnd: AtTheEnd) {
  const { broker, env } = await environment(atTheEnd)
  // The service first: it makes the database.
  const service = await member(atTheEnd, { ...env, ROLES: 'service' })
  const [one, two] = await Promise.all([
    member(atTheEnd, { ...env, ROLES: 'ingest' }),
    member(atTheEnd, { ...env, ROLES: 'ingest' }),
  ])
  return { broker, env, service: service.program, one, two }
}

/** How many points InfluxDB itself counts. */
async function pointsIn(database: string): Promise<number> {
  const q = 'SELECT count("value") FROM "reading"'
  const answer = await fetch(`${influxd.url}/query?${new URLSearchParams({ db: database, q })}`)
  const { results } = (await answer.json()) as { results: { series?: { values: number[][] }[] }[] }
  return results[0]?.series?.[0]?.values[0]?.[1] ?? 0
}

async function instantsOf(service: Program, meter: string): Promise<number[]> {
  const { rows } = await service.get(`/readings?meter=${meter}&from=2026-03-01&to=2026-04-01&limit=250000`)
  return rows.map((row: { at: string }) => Date.parse(row.at))
}

describe.skipIf(!able)(name, { timeout: 300_000 }, () => {
  beforeAll(async () => {
    influxd = await startInfluxd()
  }, 40_000)
  afterAll(() => influxd.remove())

  // Side by side, because a start waits for one thread after the other.
  it.concurrent('share one stream; nothing is lost or doubled when either is killed', async ({
    expect,
    onTestFinished: atTheEnd,
  }) => {
    const { broker, env, service, one, two } = await group(atTheEnd)
    let running = [one.program, two.program]
    const received = [0, 0]
    const stream = await streamReadings(broker.url, meters, topicOf, START)
    for (const i of [0, 1, 0, 1]) {
      await stream.pass(2000)
      const { received: counts } = await (running[i] as Program).get('/health')
      received[i] = (received[i] as number) + counts.readings
      await (running[i] as Program).end('SIGKILL')
      // What the broker gives to the one that is away waits for it there.
      await stream.pass(1000)
      running = running.with(i, await (i === 0 ? one : two).start())
    }
    await stream.pass(2000)
    await stream.end()
    await expect
      .poll(() => pointsIn(env.INFLUX_DATABASE), { timeout: 60_000, interval: 500 })
      .toBe(stream.published)
    for (const program of running) await program.settled()
    await service.settled()
    const lost: string[] = []
    let stored = 0
    let twice = 0
    for (const meter of meters) {
      const instants = await instantsOf(service, meter)
      const found = new Set(instants)
      stored += found.size
      twice += instants.length - found.size
      for (const at of stream.acknowledged.get(meter) ?? []) if (!found.has(at)) lost.push(`${meter}@${at}`)
    }
    expect({ lost, stored, twice }).toEqual({ lost: [], stored: stream.published, twice: 0 })
    // Both had their part of it.
    expect(Math.min(...received)).toBeGreaterThan(1000)
    // And the figures are those of all of it: a kWh an hour and meter.
    const last = Math.max(...(await instantsOf(service, 'm0')))
    const { rows } = await service.get('/consumption?scope=meter:m0&grain=day&from=2026-03-01')
    const used = rows.reduce((sum: number, row: { value: number | null }) => sum + (row.value ?? 0), 0)
    expect(used).toBeCloseTo((last - START) / 3_600_000, 9)
  })

  it.concurrent('begin where one process with both roles was, without a message twice', async ({
    expect,
    onTestFinished: atTheEnd,
  }) => {
    const { env } = await environment(atTheEnd)
    const { program: both, startAs } = await member(atTheEnd, env)
    const message = (value: number) => ({
      topic: topicOf('m0'),
      payload: { at: START + value * 1000, value },
    })
    await publish(env.MQTT_URL, [message(0)])
    await expect.poll(async () => (await both.get('/health')).received.messages, SOON).toBe(1)
    await both.end('SIGTERM')
    // Its session has a subscription to all of the stream, and keeps this for it.
    await publish(env.MQTT_URL, [message(1)])
    const one = await startAs({ ...env, ROLES: 'ingest' })
    const two = (await member(atTheEnd, { ...env, ROLES: 'ingest' })).program
    const rest = Array.from({ length: 100 }, (_, i) => message(2 + i))
    await publish(env.MQTT_URL, rest)
    await expect.poll(() => pointsIn(env.INFLUX_DATABASE), SOON).toBe(102)
    const received = () =>
      Promise.all([one, two].map(async (program) => (await program.get('/health')).received.messages))
    await expect.poll(received, SOON).toEqual([51, 50])
  })

  it.concurrent('lose a member for good, and nothing that was meant for it', async ({
    expect,
    onTestFinished: atTheEnd,
  }) => {
    const { env, one, two } = await group(atTheEnd)
    const send = (from: number) =>
      publish(
        env.MQTT_URL,
        Array.from({ length: 100 }, (_, i) => ({
          topic: topicOf('m0'),
          payload: { at: START + (from + i) * 1000, value: from + i },
        })),
      )
    await two.program.end('SIGTERM')
    await send(0)
    // Half of it waits at the broker for the one that does not come back.
    await expect.poll(() => pointsIn(env.INFLUX_DATABASE), SOON).toBe(50)
    const { code, out, err } = await run(two.folder, ['leave'], { ...env, ROLES: 'ingest' })
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out.replace('left ', ''))).toMatchObject({ messages: 50 })
    expect(await pointsIn(env.INFLUX_DATABASE)).toBe(100)
    await send(100)
    await expect.poll(() => pointsIn(env.INFLUX_DATABASE), SOON).toBe(200)
    await expect.poll(async () => (await one.program.get('/health')).received.messages, SOON).toBe(150)
  })

  describe('once they are started', () => {
    let of: Awaited<ReturnType<typeof group>>
    const ends: (() => Promise<void>)[] = []
    beforeAll(async () => {
      of = await group((end) => void ends.push(end))
    }, 120_000)
    afterAll(async () => {
      for (const end of ends.reverse()) await end()
    })

    it('answer by role: figures from the service, health from each', async ({ expect }) => {
      const { broker, service, one } = of
      expect(service.mqtt).toBe(broker.url)
      expect(await service.get('/health')).toMatchObject({
        status: 'ok',
        roles: ['service'],
        broker: { url: broker.url, kind: 'none', ok: true },
        spool: null,
        received: null,
        aggregation: { pending: 0 },
      })
      expect(await one.program.get('/health')).toMatchObject({
        status: 'ok',
        roles: ['ingest'],
        store: { ok: true, state: 'ok' },
        broker: { url: broker.url, kind: 'external', ok: true },
        spool: { pending: 0, freeBytes: expect.any(Number), lastsSeconds: null },
        aggregation: null,
        quarantine: null,
      })
      for (const path of ['/api/v1/sites', '/', '/docs']) {
        const response = await fetch(`${one.program.http}${path}`)
        expect([response.status, await response.json()], path).toEqual([
          404,
          expect.objectContaining({ detail: expect.stringContaining('ask the one with the role "service"') }),
        ])
      }
    })

    it('keep the page live: the service tells what the others have stored', async ({ expect }) => {
      const { broker, service } = of
      const response = await fetch(`${service.http}/api/v1/stream`)
      const events = response.body?.pipeThrough(new TextDecoderStream()) as ReadableStream<string>
      await publish(broker.url, [{ topic: topicOf('m3'), payload: { at: START, value: 7.5 } }])
      let text = ''
      for await (const chunk of events) {
        text += chunk
        if (text.includes('event: readings') && text.includes('event: rollups')) break
      }
      expect(text).toContain(
        '"rows":[{"meter":"m3","at":"2026-03-01T00:00:00.000Z","value":7.5,"unit":"kWh"}]',
      )
      expect(text).toContain('"meters":["m3"],"sites":["works"]')
    })

    it('do not share a folder', async ({ expect }) => {
      const { one, env } = of
      const { code, err } = await run(one.folder, ['start'], { ...env, ROLES: 'ingest' })
      expect([code, err.trim()]).toEqual([
        1,
        expect.stringMatching(/is in use by another wattwell \(process \d+\)/),
      ])
    })
  })
})
