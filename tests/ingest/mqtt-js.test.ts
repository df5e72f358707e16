import { createServer, type Socket } from 'node:net'
import { connect } from 'mqtt'
import { generate, parser } from 'mqtt-packet'
import { expect, onTestFinished, test } from 'vitest'
import { Acknowledger } from '../../ingest/acknowledger.ts'
import { until } from './support.ts'

/** A broker that is only wire: it says hello, sends what the test wants and keeps what it hears. */
async function wire() {
  const heard: { cmd: string; messageId?: number | undefined }[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    const packets = parser()
    packets.on('packet', (packet) => {
      heard.push({ cmd: packet.cmd, messageId: packet.messageId })
      if (packet.cmd === 'connect')
        socket.write(generate({ cmd: 'connack', returnCode: 0, sessionPresent: true }))
    })
    socket.on('data', (bytes) => packets.parse(bytes))
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const send = (messageId: number, qos: 0 | 1) => {
    const message = { cmd: 'publish' as const, topic: 't', payload: 'x', retain: false, dup: false }
    sockets.at(-1)?.write(generate({ ...message, qos, ...(qos === 1 ? { messageId } : {}) }))
  }
  return { url: `mqtt://127.0.0.1:${port}`, heard, send, sockets }
}

/** The pinned mqtt.js is relied on for these three; a newer one is to be looked at when they fail. */
test('mqtt.js sends no PUBACK when handleMessage calls back with an error, goes on reading, and stays connected', async () => {
  const { url, heard, send, sockets } = await wire()
  const client = connect(url, { clean: false, clientId: 'c', reconnectPeriod: 0 })
  onTestFinished(() => client.endAsync(true).then(() => {}))
  const errors: Error[] = []
  client.on('error', (error) => errors.push(error))
  const seen: number[] = []
  client.handleMessage = (packet, callback) => {
    seen.push(packet.messageId ?? 0)
    callback(packet.qos === 1 ? new Error('later') : undefined)
  }
  await until('it is connected', () => client.connected)
  send(1, 1)
  send(2, 1)
  send(0, 0)
  await until('all are seen', () => seen.length === 3)
  await client.publishAsync('ping', 'x', { qos: 0 })
  await until('the next packet is heard', () => heard.at(-1)?.cmd === 'publish')
  expect(heard.map(({ cmd }) => cmd)).toEqual(['connect', 'publish'])
  expect(errors).toEqual([])
  expect(sockets).toHaveLength(1)
})

test('mqtt.js reads no further until handleMessage calls back', async () => {
  const { url, send } = await wire()
  const client = connect(url, { clean: false, clientId: 'c', reconnectPeriod: 0 })
  onTestFinished(() => client.endAsync(true).then(() => {}))
  const held: (() => void)[] = []
  client.handleMessage = (_, callback) => void held.push(() => callback(new Error('later')))
  await until('it is connected', () => client.connected)
  send(1, 1)
  send(2, 1)
  await until('the first is seen', () => held.length > 0)
  await client.publishAsync('ping', 'x', { qos: 0 })
  expect(held).toHaveLength(1)
  held.shift()?.()
  await until('the second is seen', () => held.length === 1)
})

test('acknowledgements are whole PUBACKs on the wire, in order, and end with their connection', async () => {
  const { url, heard, sockets } = await wire()
  const client = connect(url, { clean: false, clientId: 'c', reconnectPeriod: 1 })
  onTestFinished(() => client.endAsync(true).then(() => {}))
  await until('it is connected', () => client.connected)
  const acks = new Acknowledger(client)
  const ids = Array.from({ length: 20_000 }, (_, i) => i + 1)
  for (const id of ids) acks.expect(id)
  for (const _ of ids) acks.next()
  await until('all are heard', () => heard.length === 20_001)
  expect(heard.slice(1)).toEqual(ids.map((messageId) => ({ cmd: 'puback', messageId })))
  acks.expect(7)
  sockets[0]?.destroy()
  await until('it is connected again', () => sockets.length === 2 && client.connected)
  acks.next()
  new Acknowledger(client).next()
  await client.publishAsync('ping', 'x', { qos: 0 })
  await until('the next packet is heard', () => heard.at(-1)?.cmd === 'publish')
  expect(heard.slice(20_001).map(({ cmd }) => cmd)).toEqual(['connect', 'publish'])
})
