import { setTimeout as sleep } from 'node:timers/promises'
import type { Quarantined } from '../core/reading.ts'
import type { Window } from '../core/window.ts'
import type { Store } from '../store/store.ts'
import { type Held, Hold } from './hold.ts'
import type { Log } from './log.ts'
import type { SpoolPosition } from './spool-folder.ts'
import type { SpoolRead, SpoolReader } from './spool-reader.ts'
import { type NewestReading, touchedBy } from './touched.ts'

/** What was just stored. */
export interface Stored {
  readonly readings: number
  readonly newest: ReadonlyMap<string, NewestReading>
  readonly windows: readonly Window[]
  readonly quarantined: readonly Quarantined[]
}

export interface WriterOptions {
  readonly reader: SpoolReader
  readonly store: Pick<Store, 'write' | 'name'>
  readonly log: Log
  /** Called after each batch is stored and committed. Must not throw. */
  readonly onStored?: (stored: Stored) => void
  /** Ends the writer after the batch on its way. */
  readonly signal: AbortSignal
  /** How far the spool is synced at the start; without it the spool is read to its end once. */
  readonly synced?: SpoolPosition
  /** What is on disk at this very moment, as the running count; without it, what `notify` said last. */
  readonly syncedSeq?: () => number
  /** Readings taken at once. */
  readonly maxReadings?: number
  /** How long to gather after a batch that was not a full one, milliseconds: a batch costs the store a transaction. */
  readonly gatherMs?: number
  /** The first wait after a failed write, milliseconds; doubled up to 64 times that. */
  readonly retryMs?: number
}

export interface Writer {
  /** Tells it what is synced. */
  notify(synced: SpoolPosition): void
  /** Readings and refused messages that are on disk here and not yet in the store. */
  readonly pending: number
  /** What had come in before is stored, epoch milliseconds; null before anything is known of that. */
  readonly storedUpTo: number | null
  /** Why the store takes nothing at the moment; null while it does. */
  readonly storeHeld: Held | null
  /** Why the spool cannot be read, or how far it is stored cannot be written; null while they can. */
  readonly spoolHeld: Held | null
  /** Resolves when it has ended, after `signal`. */
  readonly done: Promise<void>
}

const MAX_READINGS = 200_000
const GATHER_MS = 50

/**
 * Carries frames from the spool to the store, one batch at a time, in order. A batch that the store
 * does not take is held and offered again until it does; after a kill the batches since the last
 * commit are written again, which leaves the store as it was.
 */
export function runWriter(options: WriterOptions): Writer {
  const { reader, store, log, signal, maxReadings = MAX_READINGS } = options
  const { gatherMs = GATHER_MS, retryMs = 250 } = options
  let synced: SpoolPosition | null = options.synced ?? null
  let reached = 0
  let storedUpTo: number | null = null
  let news = true
  let wake = (): void => {}
  signal.addEventListener('abort', () => wake(), { once: true })
  const atStore = new Hold({ place: store.name, log, signal, retryMs })
  const atSpool = new Hold({ place: 'spool', log, signal, retryMs })

  async function carry(): Promise<boolean> {
    let next: SpoolRead | null = null
    const read = async () => {
      next = await reader.read(synced, maxReadings)
    }
    if (!(await atSpool.until('reading the spool', read)) || next === null) return false
    const { batches, quarantined, position } = next as SpoolRead
    const { windows, newest, readings } = touchedBy(batches)
    if (readings > 0 || quarantined.length > 0) {
      const write = () => store.write({ readings: batches, touched: windows, quarantined })
      if (!(await atStore.until('writing to the store', write))) return false
    }
    if (!(await atSpool.until('committing the spool', () => reader.commit(position)))) return false
    reached = position.seq
    storedUpTo = latestOf([...batches, ...quarantined]) ?? storedUpTo
    if (readings > 0 || quarantined.length > 0) options.onStored?.({ readings, newest, windows, quarantined })
    if (readings < maxReadings) await sleep(gatherMs, null, { signal }).catch(() => {})
    return true
  }

  async function run(): Promise<void> {
    await atSpool.until('reading the spool', async () => {
      reached = (await reader.committed()).seq
    })
    while (!signal.aborted) {
      news = false
      while (!signal.aborted && (await carry()));
      if (news || signal.aborted) continue
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      // Nothing waited until now.
      storedUpTo = Date.now()
    }
    await reader.close()
  }

  const done = run()
  return {
    notify(position) {
      synced = position
      news = true
      wake()
    },
    get pending() {
      return Math.max(0, (options.syncedSeq?.() ?? synced?.seq ?? reached) - reached)
    },
    get storedUpTo() {
      return storedUpTo
    },
    get storeHeld() {
      return atStore.held
    },
    get spoolHeld() {
      return atSpool.held
    },
    done,
  }
}

function latestOf(stored: readonly { readonly receivedAt: number }[]): number | null {
  return stored.reduce<number | null>(
    (latest, { receivedAt }) => Math.max(latest ?? receivedAt, receivedAt),
    null,
  )
}
