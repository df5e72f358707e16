import { parentPort, workerData } from 'node:worker_threads'
import type { SpoolPosition } from './ingest/spool-folder.ts'
import { makeLog } from './log.ts'
import { type Intake, type ServiceOptions, startService } from './service.ts'
import { openStore, type StoreLocation } from './store/open.ts'

/** What the thread is started with. */
export interface ThreadOptions extends ServiceOptions {
  readonly logLevel: string
  readonly store: StoreLocation
  /** The name of this process among those that write to one InfluxDB; the same after a restart. */
  readonly writer: string
}

/** What the thread is told. `spool` comes once, when the spool is open; then `synced` as it grows. */
export type ToService =
  | { readonly kind: 'spool' | 'synced'; readonly position: SpoolPosition }
  | { readonly kind: 'intake'; readonly intake: Intake }
  | { readonly kind: 'stop' }

/** What the thread says. */
export type FromService =
  | { readonly kind: 'opened' | 'stopped' }
  | { readonly kind: 'ready'; readonly http: string; readonly store: string }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string }

/**
 * The thread of store, aggregation and API. Messages are acknowledged in the other one, so that however
 * long something here takes, no PUBACK waits for it.
 */
async function run(port: NonNullable<typeof parentPort>): Promise<void> {
  const { logLevel, store: location, writer, ...options } = workerData as ThreadOptions
  const log = makeLog(logLevel, 'service')
  const say = (message: FromService) => port.postMessage(message)
  try {
    const store = await openStore(options.data, location, writer, log)
    say({ kind: 'opened' })
    const position = await new Promise<SpoolPosition>((resolve) => {
      port.once('message', (message: ToService) => message.kind === 'spool' && resolve(message.position))
    })
    const service = await startService(store, options, position, log)
    port.on('message', async (message: ToService) => {
      if (message.kind === 'synced') service.synced(message.position)
      if (message.kind === 'intake') service.intake(message.intake)
      if (message.kind !== 'stop') return
      await service.stop().catch((error) => log.error({ err: error }, 'the service did not stop cleanly'))
      say({ kind: 'stopped' })
      port.close()
    })
    say({ kind: 'ready', http: service.http, store: service.store })
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    say({ kind: 'failed', message, code: code ?? '' })
    port.close()
  }
}

if (parentPort !== null) await run(parentPort)
