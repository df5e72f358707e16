import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { connectAsync } from 'mqtt'
import { generate } from 'mqtt-packet'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startBroker } from '../../ingest/broker.ts'
import { NativeDecoder } from '../../ingest/decode/native.ts'
import { receiver } from '../../ingest/receive.ts'
import { openSpool } from '../../ingest/spool.ts'
import { readingFilter, type SubscriberOptions, startSubscriber } from '../../ingest/subscriber.ts'
import { mosquittoInstalled } from '../support/mosquitto.ts'
import { mosquitto, organisation, silent, TOPIC, temporaryFolder, until } from './support.ts'

const GROUP = 'wattwell'

/** A member of the group, which has subscribed when this resolves, unless it can't. */
async function member(url: string, clientId: string, options: Partial<SubscriberOptions> = {}) {
  const spool = await openSpool(await temporaryFolder(), silent)
  const source = startSubscriber({
    url,
    clientId,
    group: GROUP,
    receiver: receiver(new NativeDecoder(organisation), spool),
    log: silent,
    reconnectMs: 20,
    ...options,
  })
  const end = async () => {
    // What came is acknowledged when it is on disk.
    await new Promise<void>((resolve) => spool.whenSynced(() => setImmediate(resolve)))
    await source.close()
    await spool.close()
  }
  onTestFinished(end)
  return { source, spool, end, messages: () => source.counts.messages }
}

async function publish(url: string, count: number): Promise<void> {
  const client = await connectAsync(url)
  const payload = (value: number) => JSON.stringify({ at: 1_767_226_500_000 + value, value })
  await Promise.all(
    Array.from({ length: count }, (_, i) => client.publishAsync(TOPIC, payload(i), { qos: 1 })),
  )
  await client.endAsync()
}

test('a share is of what a plain subscription gets', () => {
  expect(readingFilter()).toBe('facility/+/+/reading')
  expect(readingFilter('a')).toBe('$share/a/facility/+/+/reading')
})

describe.skipIf(!mosquittoInstalled)('a shared subscription, with a real Mosquitto', () => {
  test('gives each message to one member, and keeps for one that is away what is its', async () => {
    const { url } = await mosquitto()
    const [one, two] = [await member(url, 'one'), await member(url, 'two')]
    await until('both are subscribed', () => one.source.state().ok && two.source.state().ok)
    await publish(url, 100)
    await until('all came', () => one.messages() + two.messages() === 100)
    expect([one.messages(), two.messages()]).toEqual([50, 50])
    await one.end()
    await publish(url, 100)
    await until('the other has its half', () => two.messages() === 100)
    const again = await member(url, 'one')
    await until('it is back and has the rest', () => again.messages() === 50)
    expect(two.messages()).toBe(100)
  })

  test.each([
    ['all of the stream', {}, { group: GROUP }],
    ['all of the stream, under MQTT 5', { protocolVersion: 5 }, { group: GROUP }],
    ['a share of another group', { group: 'other' }, { group: GROUP }],
    ['a share', { group: GROUP }, {}],
  ] as const)(
    'takes the place of a subscription to %s, and nothing comes twice',
    async (_, before, after) => {
      const { url } = await mosquitto()
      const first = await member(url, 'one', { group: undefined, ...before } as Partial<SubscriberOptions>)
      await until('it is subscribed', () => first.source.state().ok)
      await first.end()
      await publish(url, 20)
      let switched = 0
      const former = [readingFilter('group' in before ? before.group : undefined)]
      const options = { group: undefined, ...after, former, onSwitched: () => (switched += 1) }
      const second = await member(url, 'one', options as Partial<SubscriberOptions>)
      await until('what waited came', () => second.messages() === 20 && second.source.state().ok)
      expect(switched).toBe(1)
      await publish(url, 20)
      // A broker sends in order: when this one is there, whatever came twice is there as well.
      await publish(url, 1)
      await until('the last came', () => second.messages() >= 41)
      await until('all are on disk', () => second.spool.state.pendingCallbacks === 0)
      expect(second.messages()).toBe(41)
    },
  )
})

describe('a broker that does not share', () => {
  test('is known by its speaking no MQTT 5', async () => {
    const spool = await openSpool(await temporaryFolder(), silent)
    const broker = await startBroker({
      host: '127.0.0.1',
      port: 0,
      receiver: receiver(new NativeDecoder(organisation), spool),
      log: silent,
    })
    onTestFinished(async () => {
      await broker.close()
      await spool.close()
    })
    const { source } = await member(broker.url, 'one')
    await until('it says why', () => source.state().error?.includes('needs MQTT 5') === true)
  })

  test('is known by its saying so', async () => {
    const server = createServer((socket) => {
      const properties = { sharedSubscriptionAvailable: false }
      const hello = generate(
        { cmd: 'connack', reasonCode: 0, sessionPresent: false, properties },
        { protocolVersion: 5 },
      )
      socket.once('data', () => socket.write(hello)).on('error', () => {})
      onTestFinished(() => void socket.destroy())
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { source } = await member(`mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, 'one')
    await until('it says why', () => source.state().error?.includes('has no shared subscriptions') === true)
  })
})
