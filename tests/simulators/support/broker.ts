import { type AddressInfo, createServer } from 'node:net'
import { Aedes } from 'aedes'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly site: string
  readonly meter: string
  readonly at: number
  readonly value: number
  readonly unit: string | undefined
}

/** A real broker, on a free port, that keeps every reading it is sent, in order. Gone when the test is over. */
export async function brokerOf(onPort = 0) {
  const aedes = await Aedes.createBroker()
  const readings: Received[] = []
  const heard = { messages: 0, onMessage: () => {} }
  aedes.authorizePublish = (_client, packet, callback) => {
    const [root, site, meter, kind] = packet.topic.split('/')
    if (root === 'facility' && kind === 'reading') {
      const payload = JSON.parse(packet.payload.toString())
      for (const { at, value, unit } of Array.isArray(payload) ? payload : [payload]) {
        const instant = typeof at === 'number' ? at : Date.parse(at)
        readings.push({ site: site as string, meter: meter as string, at: instant, value, unit })
      }
      heard.messages += 1
      heard.onMessage()
    }
    callback(null)
  }
  const server = createServer(aedes.handle)
  await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve))
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= new Promise<void>((resolve) => aedes.close(() => server.close(() => resolve())))
    return closed
  }
  onTestFinished(close)
  const { port } = server.address() as AddressInfo
  return { url: `mqtt://127.0.0.1:${port}`, port, readings, heard, close }
}
