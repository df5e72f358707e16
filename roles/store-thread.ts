import { parentPort, workerData } from 'node:worker_threads'
import type { SpoolPosition } from '../ingest/spool-folder.ts'
import { makeLog } from '../log.ts'
import { openStore, type StoreLocation } from '../store/open.ts'
import type { Intake } from './health.ts'
import { type StoreSide, type StoreSideOptions, startStoreSide } from './store-side.ts'

/** What the thread is started with. */
export interface ThreadOptions extends StoreSideOptions {
  readonly logLevel: string
  readonly store: StoreLocation
}

/** What the thread is told. `begin` comes once, when the spool is open, if there is one; then `synced` as it grows. */
export type ToStore =
  | { readonly kind: 'begin'; readonly synced: SpoolPosition | null }
  | { readonly kind: 'synced'; readonly synced: SpoolPosition }
  | { readonly kind: 'intake'; readonly intake: Intake }
  /** Comes once, after `ready`: the broker with credentials, or null where there is none. */
  | { readonly kind: 'broker'; readonly url: string | null }
  | { readonly kind: 'stop' }

/** What the thread says. */
export type FromStore =
  | { readonly kind: 'opened' | 'stopped' }
  | { readonly kind: 'ready'; readonly http: string; readonly store: string }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string }

/**
 * The thread of everything at the store: writer, aggregation and API, by role. Messages are acknowledged
 * in the other one, so that however long something here takes, no PUBACK waits for it.
 */
async function run(port: NonNullable<typeof parentPort>): Promise<void> {
  const { logLevel, store: location, ...options } = workerData as ThreadOptions
  const log = makeLog(logLevel, 'service')
  const say = (message: FromStore) => port.postMessage(message)
  const fail = (error: NodeJS.ErrnoException) => {
    say({ kind: 'failed', message: error.message, code: error.code ?? '' })
    port.close()
  }
  try {
    const store = await openStore(options.data, location, options.writer, log)
    let side: StoreSide | undefined
    const begin = async (synced: SpoolPosition | null) => {
      side = await startStoreSide(store, options, synced, log)
      say({ kind: 'ready', http: side.http, store: side.store })
    }
    const stop = () => (side ?? store).close()
    port.on('message', async (message: ToStore) => {
      if (message.kind === 'begin') await begin(message.synced).catch(fail)
      if (message.kind === 'synced') side?.synced(message.synced)
      if (message.kind === 'intake') side?.intake(message.intake)
      if (message.kind === 'broker') side?.broker(message.url)
      if (message.kind !== 'stop') return
      await stop().catch((error) => log.error({ err: error }, 'the store thread did not stop cleanly'))
      say({ kind: 'stopped' })
      port.close()
    })
    say({ kind: 'opened' })
  } catch (error) {
    fail(error as NodeJS.ErrnoException)
  }
}

if (parentPort !== null) await run(parentPort)
