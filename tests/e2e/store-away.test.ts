import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { home, type Program, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

const START = Date.UTC(2026, 2, 1)
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

async function started(env: Record<string, string>): Promise<Program> {
  const place = await home(organisation)
  onTestFinished(place.remove)
  const program = await startProgram(place.folder, env)
  onTestFinished(() => program.end('SIGKILL').then(() => {}))
  return program
}

async function health(program: Program) {
  const response = await fetch(`${program.http}/api/v1/health`)
  return { code: response.status, ...((await response.json()) as object) }
}

const readings = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    topic: 'facility/works/in/reading',
    payload: { at: START + (from + i) * 1000, value: from + i },
  }))

describe.skipIf(!influxdInstalled)(
  `a start while InfluxDB is away${influxdInstalled ? '' : ' (skipped: not installed)'}`,
  { timeout: 90_000 },
  () => {
    it('takes readings all the same, says how long that can go on, and stores them when it is back', async () => {
      const influxd = await startInfluxd()
      onTestFinished(() => influxd.remove())
      await influxd.stop()
      const program = await started({ ROLES: 'ingest', STORE_URL: influxd.url })
      expect(program.store).toBe(`influxdb ${influxd.url}/wattwell`)
      await publish(program.mqtt, readings(0, 500))
      await expect
        .poll(() => health(program), { timeout: 10_000 })
        .toMatchObject({
          code: 200,
          status: 'degraded',
          store: { ok: false, state: 'busy', error: expect.stringContaining('ECONNREFUSED') },
          broker: { ok: true },
          spool: {
            pending: 500,
            ok: true,
            bytes: expect.any(Number),
            bytesPerSecond: expect.any(Number),
            lastsSeconds: expect.any(Number),
            heldSince: expect.stringMatching(/^20.*Z$/),
          },
          received: { readings: 500 },
        })
      const { spool } = await program.get('/health')
      expect(spool.bytes).toBeGreaterThan(500 * 21)
      expect(spool.lastsSeconds).toBeCloseTo(spool.freeBytes / spool.bytesPerSecond, 6)
      await influxd.start()
      await program.settled()
      expect(await health(program)).toMatchObject({
        code: 200,
        status: 'ok',
        store: { name: expect.stringMatching(/^influxdb 1\./), ok: true, state: 'ok' },
        spool: { pending: 0 },
      })
      expect((await program.get('/health')).spool.heldSince).toBeUndefined()
    })

    it('says of figures that it cannot answer, and does when it is back', async () => {
      const influxd = await startInfluxd()
      onTestFinished(() => influxd.remove())
      await influxd.stop()
      const program = await started({ STORE_URL: influxd.url })
      await publish(program.mqtt, readings(0, 100))
      expect(await health(program)).toMatchObject({
        code: 503,
        status: 'down',
        store: { state: 'busy' },
        spool: { ok: true },
        aggregation: { pending: null, hours: null },
        quarantine: null,
      })
      const response = await fetch(`${program.http}/api/v1/meters`)
      expect(response.status).toBe(503)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await response.json()).toMatchObject({
        type: 'urn:wattwell:problem:store-unavailable',
        status: 503,
        detail: expect.stringContaining('ECONNREFUSED'),
      })
      await influxd.start()
      await expect
        .poll(() => health(program), { timeout: 30_000 })
        .toMatchObject({ code: 200, status: 'ok', spool: { pending: 0 }, aggregation: { pending: 0 } })
      const { rows } = await program.get('/readings?meter=in&from=2026-03-01')
      expect(rows.length).toBe(100)
    })
  },
)

/** Takes connections and never says a word. */
async function mute(): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a store that hangs', { timeout: 60_000 }, () => {
  it('holds up neither the start nor the health call nor a PUBACK', async () => {
    const program = await started({ STORE_URL: await mute() })
    await publish(program.mqtt, readings(0, 10))
    expect(await health(program)).toMatchObject({
      code: 503,
      status: 'down',
      store: { state: 'busy', error: expect.stringMatching(/has not answered for \d|takes nothing/) },
      spool: { pending: 10, ok: true },
    })
    expect(await program.end('SIGTERM')).toBe(0)
  })
})
