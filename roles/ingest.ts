import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OrganisationFile } from '../core/organisation.ts'
import type { KeepRule } from '../core/retention.ts'
import { NativeDecoder } from '../ingest/decode/native.ts'
import { receiver } from '../ingest/receive.ts'
import type { ReadingSource } from '../ingest/source.ts'
import { openSpool, type Spool } from '../ingest/spool.ts'
import type { SpoolPosition } from '../ingest/spool-folder.ts'
import { type Link, linkSides } from './ingest-link.ts'
import { openSource, type SourceOptions } from './source.ts'
import type { StoreThread } from './store-link.ts'

/** The start waits so long for the first subscription, milliseconds: who reads `ready` may publish at once. */
const LISTEN_MS = 5000

export interface IngestOptions extends SourceOptions {
  readonly organisation: OrganisationFile
  /** Of which years readings are taken. */
  readonly keep: KeepRule
  /** See `StoreSideOptions.syncedSeq`. */
  readonly syncedSeq: SharedArrayBuffer
}

/** The role `ingest` as far as the spool, in this thread: broker or subscription, decoder, spool. */
export class Ingest {
  readonly #options: IngestOptions
  readonly #spool: Spool
  #source: ReadingSource | null = null
  #link: Link | null = null

  private constructor(options: IngestOptions, spool: Spool) {
    this.#options = options
    this.#spool = spool
    const syncedSeq = new BigInt64Array(options.syncedSeq)
    Atomics.store(syncedSeq, 0, BigInt(spool.synced.seq))
    spool.onSynced(({ seq }) => Atomics.store(syncedSeq, 0, BigInt(seq)))
  }

  /** Opens the spool; nothing is taken yet. */
  static async open(options: IngestOptions): Promise<Ingest> {
    const { settings, log } = options
    return new Ingest(options, await openSpool(join(settings.data, 'spool'), log))
  }

  /** The spool is on disk up to here. */
  get synced(): SpoolPosition {
    return this.#spool.synced
  }

  /** Takes readings from now on, and keeps the other thread told. Resolves to the broker's address. */
  async listen(thread: StoreThread): Promise<string> {
    const { organisation, keep } = this.#options
    const intake = receiver(new NativeDecoder(organisation, keep), this.#spool)
    const source = await openSource(this.#options, intake)
    this.#source = source
    // Before the broker answers: what it has kept for us comes with its first word.
    const link = linkSides(this.#spool, source, thread)
    this.#link = link
    // A broker that is away does not hold up the start; health says so, and it is tried on and on.
    await Promise.race([source.listening, sleep(LISTEN_MS, null, { ref: false })])
    link.tellIntake()
    return source.url
  }

  /** What was not acknowledged by then comes again from whoever sent it. */
  async close(): Promise<void> {
    this.#link?.cut()
    await this.#source?.close()
    await this.#spool.close()
  }
}
