/*
 * One measured subscriber: takes what waits in its session, acknowledges all of it, prints its own
 * CPU time and ends.  floor|stored|rolled-up <url> <client id> <messages> <readings> <folder>
 */
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'mqtt'
import { pino } from 'pino'
import { Schedule } from '../aggregate/schedule.ts'
import { Organisation } from '../core/organisation-index.ts'
import { NativeDecoder } from '../ingest/decode/native.ts'
import { receiver } from '../ingest/receive.ts'
import { openSpool } from '../ingest/spool.ts'
import { SpoolReader } from '../ingest/spool-reader.ts'
import { startSubscriber } from '../ingest/subscriber.ts'
import { runWriter } from '../ingest/writer.ts'
import { DuckDbStore } from '../store/duckdb.ts'
import { benchOrganisation } from './load.ts'

const [role, url = '', clientId = '', messageText, readingText, folder = ''] = process.argv.slice(2)
const messages = Number(messageText)
const readings = Number(readingText)
await (role === 'floor' ? floor() : ours())

/** mqtt.js as everybody uses it, doing nothing with the messages. */
async function floor(): Promise<void> {
  const done = measure()
  const client = connect(url, { clientId, clean: false })
  let count = 0
  await new Promise<void>((resolve) => {
    client.on('message', () => {
      if (++count === messages) setImmediate(resolve)
    })
  })
  done()
  await client.endAsync()
}

/** Everything from the socket to the store, and to the year's rollups where that is asked for. */
async function ours(): Promise<void> {
  const store = await DuckDbStore.open(join(folder, 'bench.duckdb'))
  const log = pino({ level: 'warn' }, pino.destination(2))
  const stop = new AbortController()
  const organisation = benchOrganisation()
  const spool = await openSpool(join(folder, 'spool'), log)
  const schedule = new Schedule(store, new Organisation(organisation), log, () => {})
  const onStored = role === 'rolled-up' ? () => schedule.wake() : () => {}
  const done = measure()
  const reader = new SpoolReader(join(folder, 'spool'), log)
  const writer = runWriter({ reader, store, log, signal: stop.signal, synced: spool.synced, onStored })
  spool.onSynced(writer.notify)
  const intake = receiver(new NativeDecoder(organisation), spool)
  const source = startSubscriber({ url, clientId, receiver: intake, log })
  while (spool.synced.seq < readings || writer.pending > 0) await sleep(5)
  while (role === 'rolled-up' && (await store.touchedWaiting()).windows > 0) await sleep(5)
  done()
  if (source.counts.readings !== readings)
    throw new Error(`${source.counts.readings} readings of ${readings}`)
  await source.close()
  await spool.close()
  stop.abort()
  await writer.done
  await schedule.stop()
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
