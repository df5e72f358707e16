import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Fault, type Proxied, startFaultProxy } from '../support/fault-proxy.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { canMount } from '../support/own-mounts.ts'
import { ownNames } from '../support/own-names.ts'
import { databaseIn } from '../support/tested-store.ts'
import { underLoad } from '../support/under-load.ts'

const FAULT_MS = 4000

/** A fault of the way to InfluxDB, and what the health call says of it. */
interface Case {
  readonly name: string
  readonly fault: Fault
  readonly state: 'busy' | 'held'
  readonly error: RegExp
  /** It is not tried again before so many milliseconds. */
  readonly againMs?: number
}

/** An answer of the gateway's own, to everything or to what `to` says. */
function answers(
  status: number,
  error: string,
  to: (request: Proxied) => boolean = () => true,
  headers: Readonly<Record<string, string>> = {},
): Fault {
  const body = JSON.stringify({ error })
  return { kind: 'answer', status, headers: { 'content-type': 'application/json', ...headers }, body, to }
}

const writes = ({ path }: Proxied) => path.startsWith('/write')
const readings = ({ body }: Proxied) => body.startsWith('reading,')

const cases: readonly Case[] = [
  {
    name: 'slow: 5 s of latency, 200 kB/s',
    fault: { kind: 'slow', latencyMs: 5000, bytesPerSecond: 200_000 },
    state: 'busy',
    error: /has not answered for/,
  },
  {
    name: 'cut in the middle of requests',
    fault: { kind: 'cut request' },
    state: 'busy',
    error: /ECONNRESET|hang up/,
  },
  {
    name: 'cut before the answer is through',
    fault: { kind: 'cut answer' },
    state: 'busy',
    error: /ECONNRESET|hang up|aborted/,
  },
  {
    name: 'half an answer',
    fault: { kind: 'half an answer' },
    state: 'busy',
    error: /takes nothing|has not answered/,
  },
  {
    name: 'an answer without an end',
    fault: { kind: 'endless answer' },
    state: 'busy',
    error: /has not answered for|timed out/i,
  },
  { name: 'silent', fault: { kind: 'silent' }, state: 'busy', error: /has not answered for|timed out/i },
  { name: 'connection refused', fault: { kind: 'refuse' }, state: 'busy', error: /ECONNREFUSED/ },
  {
    name: '400 to everything',
    fault: answers(400, 'no such rule'),
    state: 'held',
    error: /no such rule|GET \/ping/,
  },
  {
    name: '400 to every write',
    fault: answers(400, 'no such rule', writes),
    state: 'held',
    error: /no such rule/,
  },
  { name: '401', fault: answers(401, 'authorization failed'), state: 'held', error: /401/ },
  { name: '413 to every write', fault: answers(413, 'too large', writes), state: 'held', error: /too large/ },
  {
    name: '429 with Retry-After',
    fault: answers(429, 'slow down', readings, { 'retry-after': '2' }),
    state: 'busy',
    error: /429: slow down/,
    againMs: 2000,
  },
  { name: '500', fault: answers(500, 'engine: it hurts'), state: 'busy', error: /500/ },
  { name: '503', fault: answers(503, 'timeout'), state: 'busy', error: /503/ },
]

const skipped = influxdInstalled ? '' : ' (skipped: not installed)'

describe.skipIf(!influxdInstalled)(`a bad way to InfluxDB${skipped}`, { timeout: 180_000 }, () => {
  let influxd: Influxd
  let databases = 0
  beforeAll(async () => {
    influxd = await startInfluxd()
  }, 40_000)
  afterAll(() => influxd.remove())

  for (const { name, fault, state, error, againMs } of cases) {
    it.concurrent(`${name}: is said, holds up no acknowledgement, loses and doubles nothing`, async ({
      expect,
      onTestFinished,
    }) => {
      const proxy = await startFaultProxy(influxd.url)
      onTestFinished(() => proxy.close())
      databases += 1
      const store = databaseIn(influxd, `faults-${databases}`, proxy.url)
      const service = await underLoad(onTestFinished, { store, messagesPerSecond: 100 })
      await service.acknowledges(200)
      await proxy.set(fault)
      const begun = Date.now()
      await expect
        .poll(() => service.program.health(), { timeout: 15_000, interval: 200 })
        .toMatchObject({ store: { ok: false, state, error: expect.stringMatching(error) } })
      await service.acknowledges(200)
      await sleep(Math.max(0, begun + FAULT_MS - Date.now()))
      expect(proxy.hits + Number(fault.kind === 'refuse')).toBeGreaterThan(0)
      if (againMs !== undefined) expect(proxy.hits).toBeLessThanOrEqual(1 + (Date.now() - begun) / againMs)
      await proxy.set(null)
      await service.settle(`way to InfluxDB: ${name}`, 500)
    })
  }

  it.concurrent('413 to large writes: is nothing but smaller writes', async ({ expect, onTestFinished }) => {
    const proxy = await startFaultProxy(influxd.url)
    onTestFinished(() => proxy.close())
    const store = databaseIn(influxd, 'faults-large', proxy.url)
    const service = await underLoad(onTestFinished, { store, messagesPerSecond: 200 })
    await proxy.set(
      answers(413, 'too large', ({ path, body }) => path.startsWith('/write') && body.length > 900),
    )
    await expect.poll(() => proxy.hits, { timeout: 20_000, interval: 100 }).toBeGreaterThan(10)
    await service.acknowledges(2000)
    expect((await service.program.health()).store).toMatchObject({ ok: true })
    await service.settle('way to InfluxDB: 413 to large writes, all the time', 500)
  })

  const unmountable = canMount ? '' : ' (skipped: nothing can be mounted here)'
  describe.skipIf(!canMount)(`its name resolves no more${unmountable}`, () => {
    it.concurrent('is said, holds up no acknowledgement, loses and doubles nothing', async ({
      expect,
      onTestFinished,
    }) => {
      const names = await ownNames()
      onTestFinished(names.remove)
      const known = { localhost: '127.0.0.1', 'influx.test': '127.0.0.1' }
      await names.set(known)
      const proxy = await startFaultProxy(influxd.url)
      onTestFinished(() => proxy.close())
      const store = databaseIn(influxd, 'faults-names', `http://influx.test:${proxy.port}`)
      const service = await underLoad(onTestFinished, { store, messagesPerSecond: 100, within: names.within })
      await service.acknowledges(200)
      await names.set({ localhost: '127.0.0.1' })
      // Those that are open need no name.
      proxy.dropConnections()
      await expect
        .poll(() => service.program.health(), { timeout: 15_000, interval: 200 })
        .toMatchObject({ store: { ok: false, error: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) } })
      await service.acknowledges(200)
      await sleep(FAULT_MS)
      await names.set(known)
      await service.settle('way to InfluxDB: its name does not resolve', 500)
    })
  })
})
