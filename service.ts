import { join } from 'node:path'
import type { Changed } from './aggregate/aggregate.ts'
import { FigureWriter } from './aggregate/figure-writer.ts'
import { Schedule } from './aggregate/schedule.ts'
import { touchChangedMeters } from './aggregate/settings-change.ts'
import { buildApp } from './api/app.ts'
import { type Health, rfc3339 } from './api/context.ts'
import { Stream } from './api/stream.ts'
import { readingUnitOf } from './core/organisation.ts'
import { Organisation } from './core/organisation-index.ts'
import type { SpoolPosition } from './ingest/spool-folder.ts'
import { SpoolReader } from './ingest/spool-reader.ts'
import { runWriter, type Stored } from './ingest/writer.ts'
import type { Logger } from './log.ts'
import type { Config } from './read-config.ts'
import type { Store } from './store/store.ts'

/** How often listeners of the stream hear how things stand, milliseconds. */
const HEALTH_EVERY_MS = 5000

export interface ServiceOptions {
  readonly config: Config
  readonly data: string
  readonly http: { readonly host: string; readonly port: number }
  readonly keys: readonly string[]
  readonly version: string
  readonly webRoot: string
  /**
   * One number shared with the receiving thread: the count of what the spool has synced. It is set
   * before a PUBACK is sent, so that whoever got one finds it in `spool.pending` until it is stored.
   */
  readonly syncedSeq: SharedArrayBuffer
}

/** What the receiving side says of itself. */
export interface Intake {
  readonly broker: Health['broker']
  readonly spool: { readonly ok: boolean; readonly error?: string }
  readonly received: Health['received']
}

export interface Service {
  readonly http: string
  readonly store: string
  /** The spool is on disk up to here. */
  synced(position: SpoolPosition): void
  intake(intake: Intake): void
  stop(): Promise<void>
}

/**
 * Everything behind the spool: writer, store, aggregation and API. The spool must be open: what a kill
 * left half written is cut off there.
 */
export async function startService(
  store: Store,
  options: ServiceOptions,
  synced: SpoolPosition,
  log: Logger,
): Promise<Service> {
  const organisation = new Organisation(options.config.organisation)
  const stream = new Stream()
  const startedAt = Date.now()
  let intake: Intake | null = null

  const figures = figureWriter(store, organisation, options.config.targets, log)
  const onChanged = ({ meters, from, to }: Changed) => {
    const sites = new Set(meters.map((meter) => organisation.meters.get(meter)?.site.id as string))
    stream.send('rollups', { meters: [...meters], sites: [...sites], from: rfc3339(from), to: rfc3339(to) })
  }
  const schedule = new Schedule(store, organisation, log, onChanged, figures)
  const syncedSeq = new BigInt64Array(options.syncedSeq)
  const ending = new AbortController()
  const writer = runWriter({
    reader: new SpoolReader(join(options.data, 'spool'), log),
    store,
    log,
    signal: ending.signal,
    synced,
    syncedSeq: () => Number(Atomics.load(syncedSeq, 0)),
    onStored: (stored) => {
      schedule.wake()
      stream.send('readings', { rows: newestRows(stored, organisation) })
    },
  })

  const health = async (): Promise<Health> => {
    const kept = await Promise.all([store.quarantineCount(), store.touchedWaiting()]).then(
      ([quarantine, waiting]) => ({ quarantine, waiting, error: undefined }),
      (error: Error) => ({ quarantine: 0, waiting: { windows: 0, hours: 0 }, error: error.message }),
    )
    const storeError = kept.error ?? writer.error
    const spool = intake?.spool ?? { ok: true }
    const broker = intake?.broker ?? { url: '', kind: 'none' as const, ok: false, error: 'starting' }
    const down = kept.error !== undefined || !spool.ok || !broker.ok
    return {
      status: down ? 'down' : storeError === undefined ? 'ok' : 'degraded',
      version: options.version,
      uptimeSeconds: (Date.now() - startedAt) / 1000,
      store: {
        name: store.name,
        ok: storeError === undefined,
        ...(storeError !== undefined && { error: storeError }),
      },
      broker,
      spool: { pending: writer.pending, ...spool },
      aggregation: { pending: kept.waiting.windows, hours: kept.waiting.hours },
      received: intake?.received ?? { messages: 0, readings: 0, quarantined: 0 },
      quarantine: kept.quarantine,
    }
  }

  const app = await buildApp(
    { store, organisation, targets: options.config.targets, stream, clock: Date.now, health },
    {
      version: options.version,
      keys: options.keys,
      webRoot: options.webRoot,
      logger: log.child({}, { level: 'warn' }),
    },
  )
  await touchChangedMeters(store, organisation)
  schedule.wake()
  figures?.start()
  const http = await app.listen({ host: options.http.host, port: options.http.port })
  const beat = setInterval(async () => {
    if (stream.listeners > 0) stream.send('health', await health())
  }, HEALTH_EVERY_MS)

  return {
    http,
    store: store.name,
    synced: (position) => writer.notify(position),
    intake: (latest) => {
      intake = latest
    },
    async stop() {
      clearInterval(beat)
      ending.abort()
      await Promise.all([app.close(), writer.done, schedule.stop(), figures?.stop()])
      await store.close()
    },
  }
}

/** Where the store is one that others read, as Grafana does, figures are written for them. */
function figureWriter(
  store: Store,
  organisation: Organisation,
  targets: Config['targets'],
  log: Logger,
): FigureWriter | undefined {
  const { figures } = store
  return figures && new FigureWriter({ store, figures, organisation, targets, clock: Date.now, log })
}

function newestRows({ newest }: Stored, organisation: Organisation) {
  return [...newest].flatMap(([meter, { at, value, unit }]) => {
    const entry = organisation.meters.get(meter)?.meter
    if (entry === undefined) return []
    return [{ meter, at: rfc3339(at), value, unit: unit || (readingUnitOf(entry) ?? '') }]
  })
}
