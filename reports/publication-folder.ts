import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Restatement } from '../core/restatement.ts'

/** What one look at a publication found. */
export interface Look {
  /** Counted from 1. */
  readonly look: number
  /** RFC 3339. */
  readonly at: string
  /** What the look before had seen was lost: these are against what was published, and the earlier ones no longer count. */
  readonly anew?: true
  readonly restatements: readonly Restatement[]
}

const BUNDLE = /^\d{4}-.+-\d+\.zip$/

/**
 * Where publications are kept: the bundle, which never changes; the ledger, which is appended to; and the
 * state that the ledger has come to, for the next look.
 */
export class PublicationFolder {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** All that there are, by year, boundary and number. */
  async ids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(unlessMissing([]))
    return names.filter((name) => BUNDLE.test(name)).map((name) => name.slice(0, -'.zip'.length))
  }

  bundlePath(id: string): string {
    return join(this.#folder, `${id}.zip`)
  }

  bundle(id: string): Promise<Uint8Array> {
    return readFile(this.bundlePath(id))
  }

  /** All of it or nothing. */
  async add(id: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    await this.#put(this.bundlePath(id), bytes)
  }

  /** The looks that changed a figure, in order. */
  async ledger(id: string): Promise<readonly Look[]> {
    const text = await readFile(this.#ledgerPath(id), 'utf8').catch(unlessMissing(''))
    // A line that a kill left half written is none.
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Look)
  }

  async append(id: string, look: Look): Promise<void> {
    const path = this.#ledgerPath(id)
    const whole = await readFile(path).catch(unlessMissing(Buffer.alloc(0)))
    const file = await open(path, 'a')
    try {
      await file.truncate(whole.lastIndexOf(0x0a) + 1)
      await file.writeFile(`${JSON.stringify(look)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await syncFolder(this.#folder)
  }

  /** The state that the ledger had come to with a look, or null. */
  async known(id: string, look: number): Promise<Uint8Array | null> {
    return readFile(this.#knownPath(id, look)).catch(unlessMissing(null))
  }

  /** Written before the ledger's line: a kill in between leaves the state of the look before, which is found again. */
  putKnown(id: string, look: number, bytes: Uint8Array): Promise<void> {
    return this.#put(this.#knownPath(id, look), bytes)
  }

  forgetKnown(id: string, look: number): Promise<void> {
    return rm(this.#knownPath(id, look), { force: true })
  }

  async #put(path: string, bytes: Uint8Array): Promise<void> {
    const file = await open(`${path}.new`, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
    await syncFolder(this.#folder)
  }

  #ledgerPath(id: string): string {
    return join(this.#folder, `${id}.ledger.jsonl`)
  }

  #knownPath(id: string, look: number): string {
    return join(this.#folder, `${id}.${look}.known`)
  }
}

/** A renamed file is on disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function unlessMissing<T>(otherwise: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return otherwise
    throw error
  }
}
