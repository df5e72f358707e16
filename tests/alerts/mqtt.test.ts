import { connectAsync, type IClientOptions } from 'mqtt'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Alert } from '../../core/alert.ts'
import { withCredentials } from '../../core/broker-address.ts'
import { startBroker } from '../../ingest/broker.ts'
import { NativeDecoder } from '../../ingest/decode/native.ts'
import { receiver } from '../../ingest/receive.ts'
import { openSpool } from '../../ingest/spool.ts'
import { organisation, silent, temporaryFolder } from '../ingest/support.ts'
import type { Json } from '../support/json.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import { type Office, office } from './post-support.ts'
import { alertOf, noticeOf, subscriptionOf } from './support.ts'

const subscriber = subscriptionOf({ channel: { kind: 'mqtt' } })

/** Everything that is published below `facility/`, the newest of each topic. */
async function listen(url: string, options: IClientOptions = {}) {
  const topics = new Map<string, { document: Json; retained: boolean }>()
  const client = await connectAsync(url, { reconnectPeriod: 0, ...options })
  onTestFinished(() => client.endAsync(true).then(() => {}))
  client.on('message', (topic, payload, { retain }) => {
    topics.set(topic, { document: JSON.parse(payload.toString()), retained: retain })
  })
  await client.subscribeAsync('facility/#', { qos: 1 })
  return topics
}

/** Alerts stand in the book, and notices of them gather. */
async function stand({ book, tell }: Office, ...alerts: Alert[]): Promise<void> {
  await book.change((pages) => ({ ...pages, alerts }))
  await tell(alerts.map((alert) => noticeOf(alert.status === 'resolved' ? 'resolved' : 'firing', alert)))
}

const TOPIC = 'facility/science-park/alerts'
const idsIn = (document: Json) => document?.alerts.map(({ id }: Json) => id)

describe('the embedded broker', () => {
  it('keeps the alerts of each site, and takes them for no readings', async () => {
    const spool = await openSpool(await temporaryFolder(), silent)
    const credentials = { username: 'meters', password: 'p@ss:/1%' }
    const broker = await startBroker({
      host: '127.0.0.1',
      port: 0,
      receiver: receiver(new NativeDecoder(organisation), spool),
      log: silent,
      credentials,
    })
    onTestFinished(async () => {
      await broker.close()
      await spool.close()
    })
    const desk = await office([subscriber], { mqttUrl: withCredentials(broker.url, credentials) })
    const { messages, until } = desk
    await stand(desk, alertOf(), alertOf({ id: 'a2', site: null, rule: 'target-verdict' }))
    await until('delivered', () => messages()[0]?.state === 'delivered')
    const topics = await listen(broker.url, credentials)
    await until('heard', () => topics.size === 2)
    expect(topics.get(TOPIC)).toMatchObject({
      retained: true,
      document: {
        site: 'science-park',
        message: messages()[0]?.id,
        alerts: [{ id: 'a1', severity: 'warning', status: 'firing', cost: { m3: 3.6 } }],
        notices: [{ kind: 'firing', alert: 'a1' }],
        more: 0,
      },
    })
    expect(idsIn(topics.get('facility/_organisation/alerts')?.document)).toEqual(['a2'])
    expect(broker.counts).toEqual({ messages: 0, readings: 0, quarantined: 0 })
  })
})

describe.skipIf(!mosquittoInstalled)('Mosquitto', () => {
  const started = async () => {
    const broker = await startMosquitto()
    onTestFinished(broker.remove)
    return broker
  }

  it('has an empty list when all is over', async () => {
    const broker = await started()
    const desk = await office([subscriber], { mqttUrl: broker.url })
    const topics = await listen(broker.url)
    await stand(desk, alertOf())
    await desk.until('delivered', () => desk.messages()[0]?.state === 'delivered')
    expect(idsIn(topics.get(TOPIC)?.document)).toEqual(['a1'])
    desk.pass(300_000)
    await stand(desk, alertOf({ status: 'resolved', resolvedAt: desk.clock.now }))
    await desk.until('over', () => idsIn(topics.get(TOPIC)?.document)?.length === 0)
    expect(topics.get(TOPIC)?.document.notices).toMatchObject([{ kind: 'resolved', alert: 'a1' }])
  })

  it('that has forgotten all has it again when it is back', async () => {
    const broker = await started()
    const desk = await office([subscriber], { mqttUrl: broker.url })
    await stand(desk, alertOf())
    await desk.until('delivered', () => desk.messages()[0]?.state === 'delivered')
    await broker.stop('SIGKILL')
    await broker.start()
    const topics = await listen(broker.url)
    await desk.until('heard again', () => idsIn(topics.get(TOPIC)?.document)?.[0] === 'a1')
  })

  it('that is away is waited for', async () => {
    const broker = await started()
    await broker.stop()
    const desk = await office([subscriber], { mqttUrl: broker.url, limitMs: 100 })
    await stand(desk, alertOf())
    await desk.until('tried', () => desk.messages()[0]?.attempts === 1)
    expect(desk.messages()[0]).toMatchObject({ state: 'trying' })
    await broker.start()
    const topics = await listen(broker.url)
    await desk.until('heard', () => idsIn(topics.get(TOPIC)?.document)?.[0] === 'a1')
  })

  it('shows what subscribers want, and nothing more once nobody wants it', async () => {
    const broker = await started()
    const { subscriptions, ...desk } = await office(
      [subscriptionOf({ channel: { kind: 'mqtt' }, of: { severity: 'critical' } })],
      { mqttUrl: broker.url },
    )
    const topics = await listen(broker.url)
    await stand({ ...desk, subscriptions }, alertOf(), alertOf({ id: 'a2', severity: 'critical' }))
    await desk.until('heard', () => idsIn(topics.get(TOPIC)?.document)?.[0] === 'a2')
    await subscriptions.remove('s1')
    await desk.until('gone', () => idsIn(topics.get(TOPIC)?.document)?.length === 0)
  })
})
