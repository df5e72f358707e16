import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { keepForgetting } from './aggregate/forgetting.ts'
import { ForgottenYears } from './aggregate/forgotten-years.ts'
import { Schedule } from './aggregate/schedule.ts'
import { touchChangedMeters } from './aggregate/settings-change.ts'
import { buildApp } from './api/app.ts'
import { type Health, rfc3339 } from './api/context.ts'
import { Stream } from './api/stream.ts'
import { readingUnitOf } from './core/organisation.ts'
import { Organisation } from './core/organisation-index.ts'
import { type KeepRules, yearsText } from './core/retention.ts'
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
  readonly keep: KeepRules
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

  const forgotten = new ForgottenYears()
  const schedule = new Schedule(store, organisation, forgotten, log, ({ meters, from, to }) => {
    const sites = new Set(meters.map((meter) => organisation.meters.get(meter)?.site.id as string))
    stream.send('rollups', { meters: [...meters], sites: [...sites], from: rfc3339(from), to: rfc3339(to) })
  })
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

  const scratch = join(options.data, 'scratch')
  // What a kill has left of answers.
  await rm(scratch, { recursive: true, force: true })
  const app = await buildApp(
    { store, organisation, targets: options.config.targets, stream, clock: Date.now, scratch, health },
    {
      version: options.version,
      keys: options.keys,
      webRoot: options.webRoot,
      logger: log.child({}, { level: 'warn' }),
    },
  )
  const changed = await touchChangedMeters(store, organisation, forgotten)
  if (changed.length > 0 && forgotten.readings.length > 0) {
    log.warn(
      { meters: changed, years: yearsText(forgotten.readings) },
      'the settings of meters have changed; the figures of years whose readings are forgotten stay as they were',
    )
  }
  schedule.wake()
  const http = await app.listen({ host: options.http.host, port: options.http.port })
  const forgetting = keepForgetting({
    store,
    schedule,
    forgotten,
    keep: options.keep,
    caughtUp: () => Number(Atomics.load(syncedSeq, 0)) - writer.pending >= synced.seq,
    clock: Date.now,
    log,
    signal: ending.signal,
  })
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
      await Promise.all([app.close(), writer.done, schedule.stop(), forgetting])
      await store.close()
    },
  }
}

function newestRows({ newest }: Stored, organisation: Organisation) {
  return [...newest].flatMap(([meter, { at, value, unit }]) => {
    const entry = organisation.meters.get(meter)?.meter
    if (entry === undefined) return []
    return [{ meter, at: rfc3339(at), value, unit: unit || (readingUnitOf(entry) ?? '') }]
  })
}
