import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { unreadable } from './input-file.ts'
import { readKept, writeKept } from './kept-file.ts'

const schema = z.object({
  file: z.string(),
  /** Rows of the file, from its beginning, all of whose readings have been acknowledged. */
  rows: z.int().nonnegative(),
  readings: z.int().nonnegative(),
  /** What in those rows was no reading. */
  refused: z.int().nonnegative(),
  finishedAt: z.iso.datetime().nullable(),
})

/** How far the import of a file has come. */
export type Reached = z.infer<typeof schema>

/** What was acknowledged since the last save is sent again after a kill, which changes nothing. */
const SAVE_EVERY_MS = 100

/** Remembers, in a file of its own for each file and way of reading it, how far an import has come. */
export class ImportState {
  readonly path: string
  #reached: Reached
  #savedAt = 0

  private constructor(path: string, reached: Reached) {
    this.path = path
    this.#reached = reached
  }

  /** `how` is everything that makes other readings of the same file. Rejects with a FileError or KeptFileError. */
  static async open(folder: string, file: string, how: unknown, restart: boolean): Promise<ImportState> {
    const id = createHash('sha256')
      .update(await hashOf(file))
      .update(JSON.stringify(how))
      .digest('hex')
    const path = join(folder, `${id.slice(0, 24)}.json`)
    const kept = restart
      ? undefined
      : readKept(path, schema, 'is no state of an import; delete it to begin anew')
    const begun = { file, rows: 0, readings: 0, refused: 0, finishedAt: null }
    const state = new ImportState(path, kept ?? begun)
    // Where it cannot be kept is said before anything is sent.
    state.save()
    return state
  }

  get reached(): Reached {
    return this.#reached
  }

  /** Saved now and then; `save` at the end. */
  reach(reached: Partial<Reached>): void {
    this.#reached = { ...this.#reached, ...reached }
    if (performance.now() - this.#savedAt >= SAVE_EVERY_MS) this.save()
  }

  save(): void {
    writeKept(this.path, this.#reached)
    this.#savedAt = performance.now()
  }
}

async function hashOf(file: string): Promise<Buffer> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk)
  } catch (error) {
    throw unreadable(file, error)
  }
  return hash.digest()
}
