import { createConnection } from 'node:net'
import { connectAsync, type IClientOptions } from 'mqtt'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startBroker } from '../../ingest/broker.ts'
import { NativeDecoder } from '../../ingest/decode/native.ts'
import { receiver } from '../../ingest/receive.ts'
import { openSpool, type SpoolOptions } from '../../ingest/spool.ts'
import { disk, type SpoolDisk } from '../../ingest/spool-disk.ts'
import { contentOf, organisation, silent, TOPIC, temporaryFolder, until } from './support.ts'

const READING = JSON.stringify({ at: '2026-01-01T00:15:00Z', value: 1 })

async function embedded(
  options: { spool?: SpoolOptions; credentials?: { username: string; password: string } } = {},
) {
  const folder = await temporaryFolder()
  const spool = await openSpool(folder, silent, options.spool)
  const broker = await startBroker({
    host: '127.0.0.1',
    port: 0,
    receiver: receiver(new NativeDecoder(organisation), spool),
    log: silent,
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  })
  onTestFinished(async () => {
    await broker.close()
    await spool.close()
  })
  return { broker, spool, folder }
}

async function client(url: string, options: IClientOptions = {}) {
  const connected = await connectAsync(url, { reconnectPeriod: 0, ...options })
  onTestFinished(() => connected.endAsync(true).then(() => {}))
  return connected
}

describe('the embedded broker', () => {
  test.each([0, 1, 2] as const)('spools what is published at QoS %i', async (qos) => {
    const { broker, spool, folder } = await embedded()
    const meter = await client(broker.url)
    await meter.publishAsync(TOPIC, READING, { qos })
    await until('it is counted', () => broker.counts.readings === 1)
    await spool.close()
    const read = await contentOf(folder)
    expect(read?.batches[0]?.meters).toEqual(['park-e'])
  })

  test.each([1, 2] as const)('acknowledges QoS %i only when it is on disk', async (qos) => {
    const held: (() => void)[] = []
    const slow: SpoolDisk = {
      ...disk,
      sync: (fd) =>
        new Promise((resolve) => {
          held.push(() => resolve(disk.sync(fd)))
        }),
    }
    const { broker } = await embedded({ spool: { disk: slow } })
    const meter = await client(broker.url)
    const heard: string[] = []
    meter.on('packetreceive', ({ cmd }) => heard.push(cmd))
    const published = meter.publishAsync(TOPIC, READING, { qos }).then(() => heard.push('done'))
    await until('it was received', () => broker.counts.messages === 1)
    // A round trip on the same broker: an acknowledgement would have come before its answer.
    await (await client(broker.url)).subscribeAsync('any')
    expect(heard).toEqual([])
    await until('a sync is on its way', () => held.length === 1)
    held[0]?.()
    await published
    expect(heard.at(-1)).toBe('done')
  })

  test('acknowledges bad messages too, keeps them with their reason, and takes the next', async () => {
    const { broker, spool, folder } = await embedded()
    const meter = await client(broker.url)
    await meter.publishAsync(TOPIC, 'rubbish', { qos: 1 })
    await meter.publishAsync('facility/park/nobody/reading', READING, { qos: 1 })
    await meter.publishAsync('facility/what/is/this', READING, { qos: 1 })
    await meter.publishAsync(TOPIC, READING, { qos: 1 })
    expect(broker.counts).toEqual({ messages: 4, readings: 1, quarantined: 3 })
    await spool.close()
    const read = await contentOf(folder)
    expect(read?.quarantined.map(({ issue }) => issue.code)).toEqual([
      'not-json',
      'unknown-meter',
      'unknown-topic',
    ])
  })

  test("routes other people's traffic, and readings too, without keeping the former", async () => {
    const { broker } = await embedded()
    const page = await client(broker.url)
    const heard: string[] = []
    page.on('message', (topic) => heard.push(topic))
    await page.subscribeAsync(['home/#', 'facility/#'])
    const meter = await client(broker.url)
    await meter.publishAsync('home/light', 'on', { qos: 1 })
    await meter.publishAsync('facility/park/alerts', 'fire', { qos: 1 })
    await meter.publishAsync(TOPIC, READING, { qos: 1 })
    await until('all are heard', () => heard.length === 3)
    expect(heard).toEqual(['home/light', 'facility/park/alerts', TOPIC])
    expect(broker.counts).toEqual({ messages: 1, readings: 1, quarantined: 0 })
  })

  test('refuses shared subscriptions, which it could not serve', async () => {
    const { broker } = await embedded()
    const page = await client(broker.url)
    await expect(page.subscribeAsync('$share/group/facility/#')).rejects.toThrow()
  })

  test('lets nobody in without the right username and password where they are set', async () => {
    const credentials = { username: 'meter', password: 'right' }
    const { broker } = await embedded({ credentials })
    await client(broker.url, credentials)
    for (const wrong of [{}, { ...credentials, password: 'wrong' }, { username: 'x', password: 'right' }]) {
      await expect(connectAsync(broker.url, { reconnectPeriod: 0, ...wrong })).rejects.toThrow(/refused/)
    }
  })

  test('does not listen where other machines reach it without credentials', async () => {
    const spool = await openSpool(await temporaryFolder(), silent)
    onTestFinished(() => spool.close())
    const open = {
      host: '0.0.0.0',
      port: 0,
      receiver: receiver(new NativeDecoder(organisation), spool),
      log: silent,
    }
    await expect(startBroker(open)).rejects.toMatchObject({
      code: 'MQTT_NEEDS_CREDENTIALS',
      message: expect.stringContaining('MQTT_HOST=0.0.0.0'),
    })
    const guarded = await startBroker({ ...open, credentials: { username: 'a', password: 'b' } })
    await guarded.close()
  })

  test('names the setting when its port is taken', async () => {
    const { broker, spool } = await embedded()
    const port = Number(new URL(broker.url).port)
    const same = {
      host: '127.0.0.1',
      port,
      receiver: receiver(new NativeDecoder(organisation), spool),
      log: silent,
    }
    await expect(startBroker(same)).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringContaining(`MQTT_PORT=${port}`),
    })
  })

  test('ends although clients stay connected and a stranger says nothing', async () => {
    const { broker } = await embedded()
    await client(broker.url)
    const stranger = createConnection(Number(new URL(broker.url).port), '127.0.0.1')
    const gone = new Promise((resolve) => stranger.once('close', resolve))
    stranger.on('error', () => {})
    await new Promise((resolve) => stranger.once('connect', resolve))
    await broker.close()
    await gone
  })
})
