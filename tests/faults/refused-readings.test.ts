import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { account } from '../support/account.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { LOAD_START } from '../support/load.ts'
import type { Program } from '../support/program.ts'
import { publish } from '../support/publish.ts'
import { databaseIn } from '../support/tested-store.ts'
import { underLoad } from '../support/under-load.ts'

const skipped = influxdInstalled ? '' : ' (skipped: not installed)'

interface Refused {
  readonly topic: string
  readonly code: string
  readonly reason: string
  readonly payload: string
}

async function refusedBy(program: Program): Promise<Refused[]> {
  const { rows } = await program.get('/quarantine?limit=1000')
  return rows
}

describe.skipIf(!influxdInstalled)(`readings that InfluxDB refuses${skipped}`, { timeout: 120_000 }, () => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await startInfluxd()
  }, 40_000)
  afterAll(() => influxd.remove())

  it('for a type that its field has already are put aside with its own words; the rest is stored', async () => {
    const service = await underLoad(onTestFinished, {
      store: databaseIn(influxd, 'conflict'),
      messagesPerSecond: 100,
    })
    // Text where numbers go, written by hand: in these weeks no number is taken any more.
    const at = Date.UTC(2024, 0, 10)
    const written = await fetch(`${influxd.url}/write?db=conflict&precision=ms`, {
      method: 'POST',
      body: `reading,meter=by-hand value="12 kWh" ${at}`,
    })
    expect(written.status).toBe(204)
    await publish(
      service.program.mqtt,
      Array.from({ length: 30 }, (_, i) => ({
        topic: 'facility/works/m0/reading',
        payload: { at: at + i * 60_000, value: i },
      })),
    )
    await service.acknowledges(300)
    await service.settle('InfluxDB refuses 30 other readings by type', 300)
    const refused = await refusedBy(service.program)
    expect(refused.length).toBe(30)
    for (const { code, reason, topic } of refused) {
      expect({ code, topic }).toEqual({ code: 'store-refused', topic: 'facility/+/m0/reading' })
      expect(reason).toMatch(/field type conflict.*already exists as type string/)
    }
    const values = refused.map(({ payload }) => JSON.parse(payload).value).toSorted((a, b) => a - b)
    expect(values).toEqual(Array.from({ length: 30 }, (_, i) => i))
  })

  it('among others are found and put aside, also over a kill -9', async () => {
    const proxy = await startFaultProxy(influxd.url)
    onTestFinished(() => proxy.close())
    // The whole request is refused, as 2.x may do it: m2's readings 100 to 149.
    const poison = /^reading,meter=m2 value=1[0-4]\d,/m
    await proxy.set({
      kind: 'answer',
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: '{"error":"partial write: points beyond retention policy dropped=1"}',
      to: ({ path, body }) => path.startsWith('/write') && poison.test(body),
    })
    const store = databaseIn(influxd, 'poison', proxy.url)
    const service = await underLoad(onTestFinished, { store, messagesPerSecond: 100 })
    await expect.poll(() => service.load.published[2], { timeout: 20_000, interval: 20 }).toBeGreaterThan(140)
    await service.restart()
    await service.acknowledges(300)
    const since = performance.now()
    await service.load.finish()
    const what = 'InfluxDB refuses 50 of these readings, and a kill -9'
    const counted = await account(what, service.load, service.program, store, since)
    expect(counted).toMatchObject({
      acknowledged: counted.published,
      stored: counted.published - 50,
      aside: 50,
      lost: 0,
      doubled: 0,
    })
    // What is not stored is all there, and nothing else.
    const refused = await refusedBy(service.program)
    const listed = refused.map(({ code, topic, payload }) => `${code} ${topic} ${payload}`)
    const expected = Array.from({ length: 50 }, (_, i) => {
      const payload = { at: new Date(LOAD_START + (100 + i) * 1000).toISOString(), value: 100 + i }
      return `store-refused facility/+/m2/reading ${JSON.stringify(payload)}`
    })
    expect(new Set(listed)).toEqual(new Set(expected))
  })
})
