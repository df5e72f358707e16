import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Alert, Pause } from '../core/alert.ts'
import type { Subscription } from '../core/subscription.ts'
import type { Delivery } from './delivery.ts'

/** All that alerts know between two looks, and over a restart. */
export interface Pages {
  readonly version: 1
  /** Open ones, and those that ended lately. */
  readonly alerts: readonly Alert[]
  /** What each rule remembers of each subject, by `<rule>|<subject>`; theirs alone. */
  readonly memory: Readonly<Record<string, unknown>>
  readonly pauses: readonly Pause[]
  readonly subscriptions: readonly Subscription[]
  readonly deliveries: readonly Delivery[]
}

const EMPTY: Pages = {
  version: 1,
  alerts: [],
  memory: {},
  pauses: [],
  subscriptions: [],
  deliveries: [],
}

/** A file that was no book: where it is now, or why it could not be moved. */
export interface Damage {
  readonly path: string
  readonly reason: string
  readonly movedTo?: string
  readonly notMoved?: string
}

/**
 * The book of alerts: one file that is replaced as a whole. An alert and the notices of it are one change, so
 * that a kill leaves both or neither.
 */
export class AlertBook {
  readonly #path: string
  #pages: Pages
  #writing: Promise<void> | null = null
  #next: Promise<void> | null = null
  readonly #listeners = new Set<(before: Pages, now: Pages) => void>()

  private constructor(path: string, pages: Pages) {
    this.#path = path
    this.#pages = pages
  }

  /**
   * Where there is a file that is no book, it is moved aside and the book begins anew: readings are taken whatever
   * became of the alerts.
   */
  static async open(path: string, tell: (damage: Damage) => void = () => {}): Promise<AlertBook> {
    try {
      return new AlertBook(path, parsed(await readFile(path, 'utf8')))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new AlertBook(path, EMPTY)
      const movedTo = `${path}.damaged-${new Date().toISOString().replaceAll(':', '')}`
      const moved = await rename(path, movedTo).then(
        () => ({ movedTo }),
        (failed: Error) => ({ notMoved: failed.message }),
      )
      tell({ path, reason: (error as Error).message, ...moved })
      return new AlertBook(path, EMPTY)
    }
  }

  /** As it stands in memory: what is not on disk yet must not leave the program. */
  get pages(): Pages {
    return this.#pages
  }

  /** Changes the book at once, and resolves when the change is on disk. Changes made meanwhile are written together. */
  async change(turn: (pages: Pages) => Pages): Promise<void> {
    const turned = turn(this.#pages)
    if (turned === this.#pages) return
    const before = this.#pages
    this.#pages = turned
    for (const hear of this.#listeners) hear(before, turned)
    await this.onDisk()
  }

  /** Tells of each change as soon as it is made, until the returned function is called. */
  listen(hear: (before: Pages, now: Pages) => void): () => void {
    this.#listeners.add(hear)
    return () => this.#listeners.delete(hear)
  }

  /** Resolves when everything so far is on disk. */
  onDisk(): Promise<void> {
    if (this.#next !== null) return this.#next
    const before = this.#writing ?? Promise.resolve()
    this.#next = before
      .catch(() => {})
      .then(() => {
        this.#next = null
        this.#writing = this.#write()
        return this.#writing
      })
    return this.#next
  }

  async #write(): Promise<void> {
    const text = JSON.stringify(this.#pages)
    await mkdir(dirname(this.#path), { recursive: true })
    const file = await open(`${this.#path}.new`, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${this.#path}.new`, this.#path)
    const folder = await open(dirname(this.#path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }
}

/** Throws where the text is no book of this version. */
function parsed(text: string): Pages {
  const pages = jsonOf(text) as Pages | null
  const lists = [pages?.alerts, pages?.pauses, pages?.subscriptions, pages?.deliveries]
  if (pages?.version === 1 && pages.memory && lists.every(Array.isArray)) return pages
  throw new TypeError('it is no book of alerts of this version')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What the parser says quotes the text, and there are secrets in it.
    throw new TypeError('it is no JSON')
  }
}
