/*
 * The way in as a program of its own, to be killed: node --import tsx fixture-ingest.ts <folder> [url]
 * Without a URL it runs the embedded broker. Prints where the broker is when it is ready.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { startBroker } from '../../ingest/broker.ts'
import { NativeDecoder } from '../../ingest/decode/native.ts'
import { receiver } from '../../ingest/receive.ts'
import { openSpool } from '../../ingest/spool.ts'
import { startSubscriber } from '../../ingest/subscriber.ts'
import { organisation, silent } from './fixture-organisation.ts'

const [folder = '', url] = process.argv.slice(2)
const spool = await openSpool(folder, silent, { segmentBytes: 256 * 1024 })
const options = { receiver: receiver(new NativeDecoder(organisation), spool), log: silent }
if (url === undefined) {
  const broker = await startBroker({ ...options, host: '127.0.0.1', port: 0 })
  process.stdout.write(`${broker.url}\n`)
} else {
  const source = startSubscriber({ ...options, url, clientId: 'wattwell-kill', reconnectMs: 20 })
  // From here on the broker keeps for us what is published.
  while (!source.state().ok) await sleep(10)
  process.stdout.write(`${url}\n`)
}
