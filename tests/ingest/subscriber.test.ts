import { connect, connectAsync, type MqttClient } from 'mqtt'
import { describe, expect, onTestFinished, test } from 'vitest'
import { NativeDecoder } from '../../ingest/decode/native.ts'
import { receiver } from '../../ingest/receive.ts'
import { openSpool, type SpoolOptions } from '../../ingest/spool.ts'
import { disk, type SpoolDisk } from '../../ingest/spool-disk.ts'
import { startSubscriber } from '../../ingest/subscriber.ts'
import { freePort } from '../support/free-port.ts'
import { mosquittoInstalled } from '../support/mosquitto.ts'
import { contentOf, mosquitto, organisation, silent, TOPIC, temporaryFolder, until } from './support.ts'

const reading = (value: number) => JSON.stringify({ at: 1_767_226_500_000 + value, value })

async function subscribed(
  url: string,
  options: SpoolOptions & { protocolVersion?: 4 | 5; clientId?: string } = {},
) {
  const { protocolVersion = 4, clientId = 'wattwell-test', ...spoolOptions } = options
  const folder = await temporaryFolder()
  const spool = await openSpool(folder, silent, spoolOptions)
  const source = startSubscriber({
    url,
    clientId,
    protocolVersion,
    receiver: receiver(new NativeDecoder(organisation), spool),
    log: silent,
    reconnectMs: 20,
  })
  onTestFinished(async () => {
    await source.close()
    await spool.close()
  })
  return { source, spool, folder }
}

async function publisher(url: string): Promise<MqttClient> {
  const client = await connectAsync(url)
  onTestFinished(() => client.endAsync(true).then(() => {}))
  return client
}

/** A disk that syncs only while it is open. */
function gate() {
  const waiting: (() => void)[] = []
  let isOpen = false
  const gated: SpoolDisk = {
    ...disk,
    sync: (fd) =>
      isOpen ? disk.sync(fd) : new Promise((resolve) => waiting.push(() => resolve(disk.sync(fd)))),
  }
  const open = () => {
    isOpen = true
    for (const go of waiting.splice(0)) go()
  }
  return { gated, open, isHolding: () => waiting.length > 0 }
}

/** Another client of the same name, which acknowledges nothing: the broker ends the first connection. */
async function takeOver(url: string): Promise<void> {
  const rival = connect(url, { clientId: 'wattwell-test', clean: false, reconnectPeriod: 0 })
  rival.handleMessage = (_, callback) => callback(new Error('not acknowledged'))
  await new Promise<void>((resolve) => rival.once('close', () => resolve()))
}

async function valuesIn(folder: string): Promise<number[]> {
  const read = await contentOf(folder)
  return (read?.batches ?? []).flatMap((batch) => [...batch.value])
}

describe.skipIf(!mosquittoInstalled)('the subscriber, with a real Mosquitto', () => {
  test.each([4, 5] as const)(
    'acknowledges all that it took, and no message comes again (version %i)',
    async (version) => {
      const { url } = await mosquitto()
      const first = await subscribed(url, { protocolVersion: version })
      await until('it is subscribed', () => first.source.state().ok)
      const meter = await publisher(url)
      await Promise.all(
        Array.from({ length: 500 }, (_, i) => meter.publishAsync(TOPIC, reading(i), { qos: 1 })),
      )
      await until('all came', () => first.source.counts.readings === 500)
      await until('all are synced', () => first.spool.synced.seq === 500)
      // What was acknowledged before this one is acknowledged in the same order.
      await new Promise<void>((resolve) => first.spool.whenSynced(resolve))
      await first.source.close()
      const second = await subscribed(url, { protocolVersion: version })
      await until('it is subscribed again', () => second.source.state().ok)
      await meter.publishAsync(TOPIC, reading(999), { qos: 1 })
      await until('the next one came', () => second.source.counts.readings > 0)
      expect(second.source.counts.messages).toBe(1)
    },
  )

  test('does not acknowledge what is not on disk: the broker sends it to the next connection', async () => {
    const { url } = await mosquitto()
    const { gated, open } = gate()
    const first = await subscribed(url, { disk: gated })
    await until('it is subscribed', () => first.source.state().ok)
    const meter = await publisher(url)
    for (let i = 0; i < 20; i++) await meter.publishAsync(TOPIC, reading(i), { qos: 1 })
    await until('all came', () => first.source.counts.readings === 20)
    await first.source.close()
    open()
    const second = await subscribed(url)
    await until('all came again', () => second.source.counts.readings === 20)
  })

  test('sends acknowledgements in the order of the messages, and none on another connection', async () => {
    const { url } = await mosquitto()
    const { gated, open, isHolding } = gate()
    const { source, spool } = await subscribed(url, { disk: gated })
    await until('it is subscribed', () => source.state().ok)
    const meter = await publisher(url)
    for (let i = 0; i < 5; i++) await meter.publishAsync(TOPIC, reading(i), { qos: 1 })
    await until('all came', () => source.counts.readings === 5 && isHolding())
    await takeOver(url)
    await until(
      'it came again over the new connection',
      () => source.counts.readings === 10 && source.state().ok,
    )
    open()
    await until('all are synced', () => spool.synced.seq === 10)
    await new Promise<void>((resolve) => spool.whenSynced(resolve))
    await source.close()
    const next = await subscribed(url)
    await until('it is subscribed', () => next.source.state().ok)
    await meter.publishAsync(TOPIC, reading(99), { qos: 1 })
    await until('the next one came', () => next.source.counts.readings > 0)
    expect(next.source.counts.messages).toBe(1)
  })

  test('leaves the rest in the socket while the spool is full, and takes it up again', async () => {
    const { url } = await mosquitto()
    const { gated, open } = gate()
    const { source, spool } = await subscribed(url, { disk: gated, fullBytes: 10 * 21 })
    await until('it is subscribed', () => source.state().ok)
    const meter = await publisher(url)
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => meter.publishAsync(TOPIC, reading(i), { qos: 1 })),
    )
    await until('it is full', () => spool.full)
    // A round trip with the broker, which by then has sent all that the socket takes.
    await meter.subscribeAsync('any')
    expect(source.counts.readings).toBeLessThan(20)
    open()
    await until('the rest came', () => source.counts.readings === 100)
  })

  test('loses nothing when the connection goes while a message waits for room', async () => {
    const { url } = await mosquitto()
    const { gated, open } = gate()
    const { source, spool, folder } = await subscribed(url, { disk: gated, fullBytes: 10 * 21 })
    await until('it is subscribed', () => source.state().ok)
    const meter = await publisher(url)
    for (let i = 0; i < 30; i++) await meter.publishAsync(TOPIC, reading(i), { qos: 1 })
    await until('it is full', () => spool.full)
    await takeOver(url)
    await until('it is connected again', () => source.state().error?.includes('confirm') === true)
    open()
    await until('the rest came', () => spool.synced.seq >= 30)
    await source.close()
    await spool.close()
    const next = await subscribed(url)
    await until('it is subscribed', () => next.source.state().ok)
    await meter.publishAsync(TOPIC, reading(99), { qos: 1 })
    await until(
      'the last one came',
      () => next.spool.synced.seq > 0 && next.spool.state.pendingCallbacks === 0,
    )
    await next.source.close()
    await next.spool.close()
    const values = new Set([...(await valuesIn(folder)), ...(await valuesIn(next.folder))])
    expect(values).toEqual(new Set([...Array.from({ length: 30 }, (_, i) => i), 99]))
  })

  test('quarantines what is bad and takes the next', async () => {
    const { url } = await mosquitto()
    const { source } = await subscribed(url)
    await until('it is subscribed', () => source.state().ok)
    const meter = await publisher(url)
    await meter.publishAsync(TOPIC, 'rubbish', { qos: 1 })
    await meter.publishAsync('facility/park/nobody/reading', reading(1), { qos: 0 })
    await meter.publishAsync(TOPIC, reading(1), { qos: 2 })
    await until('all came', () => source.counts.messages === 3)
    expect(source.counts).toEqual({ messages: 3, readings: 1, quarantined: 2 })
  })

  test('waits for a broker that is away, and takes up again when one that went comes back', async () => {
    const port = await freePort()
    const { source } = await subscribed(`mqtt://meter:secret@127.0.0.1:${port}`)
    await until('it says why', () => source.state().error?.includes('ECONNREFUSED') === true)
    expect(source.url).toBe(`mqtt://127.0.0.1:${port}`)
    const first = await mosquitto(undefined, port)
    await until('it is subscribed', () => source.state().ok)
    await first.stop()
    await until('it notices', () => !source.state().ok)
    const second = await mosquitto(undefined, port)
    await until('it is subscribed again', () => source.state().ok)
    await (await publisher(second.url)).publishAsync(TOPIC, reading(1), { qos: 1 })
    await until('it came', () => source.counts.readings === 1)
  })

  test('says so when the broker does not accept its credentials', async () => {
    const { url } = await mosquitto('allow_anonymous false')
    const { source } = await subscribed(url)
    await until('it says why', () => source.state().error?.includes('Not authorized') === true)
    expect(source.state().ok).toBe(false)
  })
})
