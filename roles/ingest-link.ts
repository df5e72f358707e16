import type { ReadingSource } from '../ingest/source.ts'
import type { Spool } from '../ingest/spool.ts'
import { IntakeRate } from '../ingest/spool-outlook.ts'
import type { StoreThread } from './store-link.ts'

/** How often the other thread hears of this one, milliseconds. */
const INTAKE_EVERY_MS = 500
/** Syncs closer together than this are told as one. */
const SYNCED_EVERY_MS = 5

export interface Link {
  /** Tells how this side is without waiting for its turn. */
  tellIntake(): void
  cut(): void
}

/** Keeps the other thread told of what is synced and of how this side is. */
export function linkSides(spool: Spool, source: ReadingSource, thread: StoreThread): Link {
  const rate = new IntakeRate()
  let told: NodeJS.Timeout | null = null
  const tellSynced = () => {
    told = null
    thread.tell({ kind: 'synced', synced: spool.synced })
  }
  const unlisten = spool.onSynced(() => {
    told ??= setTimeout(tellSynced, SYNCED_EVERY_MS)
  })
  const tellIntake = () => {
    const { ok, error } = spool.state
    const bytesPerSecond = rate.look(spool.written, performance.now())
    thread.tell({
      kind: 'intake',
      intake: {
        broker: { url: source.url, kind: source.kind, ...source.state() },
        spool: { ok, ...(error !== undefined && { error }), bytesPerSecond },
        received: { ...source.counts },
      },
    })
  }
  tellIntake()
  const beat = setInterval(tellIntake, INTAKE_EVERY_MS)
  return {
    tellIntake,
    cut() {
      unlisten()
      clearInterval(beat)
      if (told !== null) clearTimeout(told)
    },
  }
}
