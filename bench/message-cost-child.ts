/*
 * One measured subscriber: takes what waits in its session, acknowledges all of it, prints its own
 * CPU time and ends.  floor|ours <url> <messages> <readings> <folder> [<store module>]
 */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'mqtt'
import { pino } from 'pino'
import { NativeDecoder } from '../ingest/decode/native.ts'
import { receiver } from '../ingest/receive.ts'
import { openSpool } from '../ingest/spool.ts'
import { SpoolReader } from '../ingest/spool-reader.ts'
import { startSubscriber } from '../ingest/subscriber.ts'
import { runWriter } from '../ingest/writer.ts'
import type { Store } from '../store/store.ts'
import { benchOrganisation, CLIENT_ID } from './message-cost-load.ts'

/** What a module given by `--store` exports as `openBenchStore`. */
export type OpenBenchStore = (folder: string) => Promise<Pick<Store, 'name' | 'write' | 'close'>>

const [role, url = '', messageText, readingText, folder = '', storeModule] = process.argv.slice(2)
const messages = Number(messageText)
const readings = Number(readingText)
await (role === 'floor' ? floor() : ours())

/** mqtt.js as everybody uses it, doing nothing with the messages. */
async function floor(): Promise<void> {
  const done = measure()
  const client = connect(url, { clientId: CLIENT_ID, clean: false })
  let count = 0
  await new Promise<void>((resolve) => {
    client.on('message', () => {
      if (++count === messages) setImmediate(resolve)
    })
  })
  done()
  await client.endAsync()
}

/** Everything from the socket to the store. */
async function ours(): Promise<void> {
  const store = await (storeModule === undefined ? counting() : opened(storeModule))
  const log = pino({ level: 'warn' }, pino.destination(2))
  const stop = new AbortController()
  const decoder = new NativeDecoder(benchOrganisation())
  const spool = await openSpool(folder, log)
  const done = measure()
  const reader = new SpoolReader(folder, log)
  const writer = runWriter({ reader, store, log, signal: stop.signal, synced: spool.synced })
  spool.onSynced(writer.notify)
  const source = startSubscriber({ url, clientId: CLIENT_ID, receiver: receiver(decoder, spool), log })
  while (spool.synced.seq < readings || writer.pending > 0) await sleep(5)
  done()
  if (source.counts.readings !== readings)
    throw new Error(`${source.counts.readings} readings of ${readings}`)
  await source.close()
  await spool.close()
  stop.abort()
  await writer.done
  await store.close()
}

function measure(): () => void {
  const cpu = process.cpuUsage()
  const start = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    process.stdout.write(`${JSON.stringify({ cpuUs: user + system, ms: performance.now() - start })}\n`)
  }
}

async function opened(path: string): ReturnType<OpenBenchStore> {
  const { openBenchStore } = (await import(path)) as { openBenchStore: OpenBenchStore }
  return openBenchStore(folder)
}

async function counting(): ReturnType<OpenBenchStore> {
  return { name: 'counts only', write: async () => {}, close: async () => {} }
}
