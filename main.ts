import { randomBytes } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { checkReach, startBroker } from './ingest/broker.ts'
import { isLoopback } from './ingest/credentials.ts'
import { NativeDecoder } from './ingest/decode/native.ts'
import { type Receiver, receiver } from './ingest/receive.ts'
import type { ReadingSource } from './ingest/source.ts'
import { openSpool, type Spool } from './ingest/spool.ts'
import { startSubscriber } from './ingest/subscriber.ts'
import { readKeys } from './keys.ts'
import { type Logger, makeLog } from './log.ts'
import { readConfig } from './read-config.ts'
import { ServiceThread } from './service-link.ts'
import type { Settings } from './settings.ts'
import { version } from './version.ts'

/** How often the service hears of the receiving side, milliseconds. */
const INTAKE_EVERY_MS = 500
/** Syncs closer together than this are told as one. */
const SYNCED_EVERY_MS = 5

/** The start waits so long for the first subscription, milliseconds: who reads `ready` may publish at once. */
const LISTEN_MS = 5000

/** Thrown where a start is refused, in words for a person. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** A running wattwell. */
export interface Running {
  readonly http: string
  readonly mqtt: string
  readonly store: string
  /** The configuration is the demo organisation that comes with the program; a copy of it isn't. */
  readonly demo: boolean
  /** Rejects when a part of it has died. */
  readonly died: Promise<never>
  stop(): Promise<void>
}

/** Starts broker and spool in this thread, everything behind the spool in another. Rejects with a StartError. */
export async function start(settings: Settings): Promise<Running> {
  const config = await readConfig(settings.config)
  const log = makeLog(settings.logLevel, 'ingest')
  for (const file of config.unused) log.warn({ file }, 'this version does not use it yet')
  const keys = (await keysIn(settings.data)).map((key) => key.sha256)
  if (keys.length === 0 && !isLoopback(settings.http.host)) {
    throw new StartError(
      `HTTP_HOST=${settings.http.host} can be reached from other machines, which needs a key: make one with "npx wattwell key"`,
    )
  }
  checkBroker(settings)
  const syncedSeq = new BigInt64Array(new SharedArrayBuffer(8))
  const thread = await ServiceThread.open({
    config,
    data: settings.data,
    store: settings.store,
    writer: await clientId(settings.data),
    http: settings.http,
    keys,
    version,
    webRoot: shipped('web-dist'),
    syncedSeq: syncedSeq.buffer,
    logLevel: settings.logLevel,
  })
  let spool: Spool | undefined
  let source: ReadingSource | undefined
  try {
    spool = await openSpool(join(settings.data, 'spool'), log)
    Atomics.store(syncedSeq, 0, BigInt(spool.synced.seq))
    spool.onSynced(({ seq }) => Atomics.store(syncedSeq, 0, BigInt(seq)))
    const ready = await thread.start(spool.synced)
    const intake = receiver(new NativeDecoder(config.organisation), spool)
    source = await openSource(settings, intake, log)
    // A broker that is away does not hold up the start; health says so, and it is tried on and on.
    await Promise.race([source.listening, sleep(LISTEN_MS, null, { ref: false })])
    const links = link(spool, source, thread)
    const running = { spool, source }
    return {
      ...ready,
      mqtt: source.url,
      demo: realpathSync(settings.config) === realpathSync(shipped('config')),
      died: thread.died,
      async stop() {
        links.cut()
        await running.source.close()
        await running.spool.close()
        await thread.stop()
      },
    }
  } catch (error) {
    await source?.close()
    await spool?.close()
    await thread.stop()
    throw error
  }
}

/** What the embedded broker would refuse, before anything is opened. */
function checkBroker({ mqttUrl, mqtt }: Settings): void {
  if (mqttUrl !== '') return
  if (mqtt.username !== '' && mqtt.password === '')
    throw new StartError('MQTT_USERNAME needs MQTT_PASSWORD beside it')
  checkReach(mqtt.host, mqtt.username === '' ? undefined : mqtt)
}

async function keysIn(data: string): ReturnType<typeof readKeys> {
  return readKeys(data).catch((error: Error) => {
    throw new StartError(`WATTWELL_DATA=${data} cannot be used: ${error.message}`)
  })
}

async function openSource(settings: Settings, receiver: Receiver, log: Logger): Promise<ReadingSource> {
  if (settings.mqttUrl !== '') {
    return startSubscriber({ url: settings.mqttUrl, clientId: await clientId(settings.data), receiver, log })
  }
  const { host, port, username, password } = settings.mqtt
  return startBroker({
    host,
    port,
    receiver,
    log,
    ...(username !== '' && { credentials: { username, password } }),
  })
}

/** The name under which an external broker and an InfluxDB know this installation. Made once. */
async function clientId(data: string): Promise<string> {
  const path = join(data, 'mqtt-client-id')
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known.trim() !== '') return known.trim()
  const made = `wattwell-${randomBytes(6).toString('hex')}`
  await mkdir(data, { recursive: true })
  await writeFile(path, `${made}\n`, { flush: true })
  return made
}

/** Keeps the service told of what is synced and of how the receiving side is. */
function link(spool: Spool, source: ReadingSource, thread: ServiceThread): { cut(): void } {
  let told: NodeJS.Timeout | null = null
  const tellSynced = () => {
    told = null
    thread.tell({ kind: 'synced', position: spool.synced })
  }
  const unlisten = spool.onSynced(() => {
    told ??= setTimeout(tellSynced, SYNCED_EVERY_MS)
  })
  const tellIntake = () => {
    const { ok, error } = spool.state
    thread.tell({
      kind: 'intake',
      intake: {
        broker: { url: source.url, kind: source.kind, ...source.state() },
        spool: { ok, ...(error !== undefined && { error }) },
        received: { ...source.counts },
      },
    })
  }
  tellIntake()
  const beat = setInterval(tellIntake, INTAKE_EVERY_MS)
  return {
    cut() {
      unlisten()
      clearInterval(beat)
      if (told !== null) clearTimeout(told)
    },
  }
}

/** A folder that comes with the program: beside this file, or one up when this runs from `dist`. */
function shipped(folder: string): string {
  const beside = fileURLToPath(new URL(`./${folder}`, import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../${folder}`, import.meta.url))
}
