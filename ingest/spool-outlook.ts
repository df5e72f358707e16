import { stat, statfs } from 'node:fs/promises'
import { segmentPath, segmentsIn } from './spool-folder.ts'

/** The rate is that of this last stretch, milliseconds: meters that send by the minute make no waves in it. */
const WINDOW_MS = 60_000
/** Over less than this there is no rate yet. */
const SHORTEST_MS = 1000

/** What the spool takes on its disk, and what the disk has left, bytes. */
export interface SpoolRoom {
  readonly bytes: number
  readonly freeBytes: number
}

/** Rejects with the system's error where the folder cannot be read. */
export async function spoolRoom(folder: string): Promise<SpoolRoom> {
  const [disk, segments] = await Promise.all([statfs(folder), segmentsIn(folder)])
  const sizes = await Promise.all(
    segments.map((segment) =>
      stat(segmentPath(folder, segment)).then(
        ({ size }) => size,
        // Stored and deleted meanwhile.
        () => 0,
      ),
    ),
  )
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), freeBytes: disk.bavail * disk.bsize }
}

/** How fast the spool is written, from its running count of bytes, looked at now and then. */
export class IntakeRate {
  readonly #looks: { readonly at: number; readonly bytes: number }[] = []

  /** Bytes a second over the last minute, up to a look at `now`: milliseconds of a clock that is never set back. */
  look(bytes: number, now: number): number {
    this.#looks.push({ at: now, bytes })
    while (now - (this.#looks[1]?.at ?? now) >= WINDOW_MS) this.#looks.shift()
    const first = this.#looks[0] as { at: number; bytes: number }
    return now - first.at < SHORTEST_MS ? 0 : ((bytes - first.bytes) * 1000) / (now - first.at)
  }
}
