import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildHealthApp } from '../api/health-app.ts'
import type { SpoolPosition } from '../ingest/spool-folder.ts'
import { spoolRoom } from '../ingest/spool-outlook.ts'
import { SpoolReader } from '../ingest/spool-reader.ts'
import { runWriter, type Stored, type Writer } from '../ingest/writer.ts'
import type { Logger } from '../log.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import { healthOf, type Intake } from './health.ts'
import { Minutes } from './minutes.ts'
import { Service, type ServiceOptions } from './service.ts'
import { StoreProbe, whatWaits, whetherItAnswers } from './store-probe.ts'

export interface StoreSideOptions extends ServiceOptions {
  readonly roles: Settings['roles']
  /** The name of this process among those that write to one store; the same after a restart. */
  readonly writer: string
  readonly http: { readonly host: string; readonly port: number }
  /** The external broker without credentials, for a health call that has no broker of its own. */
  readonly brokerUrl: string
  /**
   * One number shared with the receiving thread: the count of what the spool has synced. It is set
   * before a PUBACK is sent, so that whoever got one finds it in `spool.pending` until it is stored.
   */
  readonly syncedSeq: SharedArrayBuffer
}

export interface StoreSide {
  readonly http: string
  /** Names the store; with its version where that is known by now. */
  readonly store: string
  /** The spool is on disk up to here. */
  synced(position: SpoolPosition): void
  intake(intake: Intake): void
  /** Notices of alerts go out from now on; by MQTT to this broker, where there is one. */
  broker(url: string | null): void
  close(): Promise<void>
}

/**
 * Everything at the store: of the role `ingest` the writer, of the role `service` all of it, and HTTP for
 * either. `synced` is null without the role `ingest`; otherwise the spool must be open: what a kill left
 * half written is cut off there.
 */
export async function startStoreSide(
  store: Store,
  options: StoreSideOptions,
  synced: SpoolPosition | null,
  log: Logger,
): Promise<StoreSide> {
  const { roles, data, http } = options
  const startedAt = performance.now()
  const spoolFolder = join(data, 'spool')
  const ending = new AbortController()
  let intake: Intake | null = null
  const service = roles.service ? new Service(store, options, log) : null
  const writer = synced === null ? null : writerFor(store, options, synced, ending.signal, log, service)
  const probe = new StoreProbe(
    store,
    service === null ? whetherItAnswers : () => whatWaits(store, () => writer?.pending ?? 0),
  )
  const health = async () => {
    const [found, room] = await Promise.all([
      probe.look(),
      writer === null ? null : spoolRoom(spoolFolder).catch(() => null),
    ])
    return healthOf({
      ...found,
      version: options.version,
      uptimeMs: performance.now() - startedAt,
      now: Date.now(),
      roles,
      storeName: store.name,
      writer,
      room,
      intake,
      figures: service?.figuresBehind ?? null,
      brokerUrl: options.brokerUrl,
    })
  }
  const minutes =
    store.figures &&
    new Minutes({
      sink: store.figures,
      writer: options.writer,
      health,
      watched: service?.watchedSeries() ?? null,
      clock: Date.now,
      log,
    })
  let app: FastifyInstance | undefined
  const close = async () => {
    ending.abort()
    await Promise.all([app?.close(), writer?.done, service?.stop(), minutes?.stop()])
    await store.close()
  }
  try {
    app = await (service?.buildApp(health) ?? buildHealthApp(health, log.child({}, { level: 'warn' })))
    await service?.begin(() => hasStored(writer, options, synced))
    const address = await app.listen(http)
    minutes?.start()
    return {
      http: address,
      store: store.name,
      synced: (position) => writer?.notify(position),
      intake: (latest) => {
        intake = latest
      },
      broker: (url) => service?.beginNotices(url, address),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Whether everything up to a position of the spool is stored. */
function hasStored(
  writer: Writer | null,
  { syncedSeq }: StoreSideOptions,
  position: SpoolPosition | null,
): boolean {
  if (writer === null || position === null) return true
  const synced = Number(Atomics.load(new BigInt64Array(syncedSeq), 0))
  return synced - writer.pending >= position.seq
}

function writerFor(
  store: Store,
  { data, syncedSeq }: StoreSideOptions,
  synced: SpoolPosition,
  signal: AbortSignal,
  log: Logger,
  service: Service | null,
): Writer {
  const seq = new BigInt64Array(syncedSeq)
  return runWriter({
    reader: new SpoolReader(join(data, 'spool'), log),
    store,
    log,
    signal,
    synced,
    syncedSeq: () => Number(Atomics.load(seq, 0)),
    onStored: (stored: Stored) => service?.stored(stored),
  })
}
