import { DAY_MS } from '../core/calendar.ts'
import type { Store } from '../store/store.ts'

const NOTE = 'figures-mark'

/** How far the figures are written, in the store. */
export interface Mark {
  /** Figures of what lies before are written; null: nothing is known of any. Epoch milliseconds. */
  readonly since: number | null
  /** No figure lies before. */
  readonly first: number
}

const NOTHING: Mark = { since: null, first: Number.MAX_SAFE_INTEGER }

/**
 * The mark that a kill leaves behind: whatever was dirty then lies after it. It is lowered before
 * something older changes, and raised when nothing is dirty; one write at a time, in order.
 */
export class FigureMark {
  readonly #store: Store
  #known: Mark | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(store: Store) {
    this.#store = store
  }

  read(): Promise<Mark> {
    return this.#change((mark) => mark)
  }

  /** Something from `at` on is about to change. */
  async lower(at: number): Promise<void> {
    const day = dayOf(at)
    await this.#change(({ since, first }) => ({
      since: since === null ? null : Math.min(since, day),
      first: Math.min(first, day),
    }))
  }

  /** What lies before `at` is written, if that still holds when it is this call's turn. */
  async raise(at: number, holds: () => boolean): Promise<void> {
    const day = dayOf(at)
    await this.#change((mark) =>
      holds() ? { since: Math.max(mark.since ?? day, day), first: Math.min(mark.first, day) } : mark,
    )
  }

  /** Nothing counts as written any more. */
  async reset(): Promise<void> {
    await this.#change((mark) => ({ ...mark, since: null }))
  }

  #change(next: (mark: Mark) => Mark): Promise<Mark> {
    const done = this.#turn.then(async () => {
      this.#known ??= await this.#stored()
      const mark = next(this.#known)
      const text = JSON.stringify(mark)
      if (text !== JSON.stringify(this.#known)) await this.#store.putNote(NOTE, text)
      this.#known = mark
      return mark
    })
    this.#turn = done.catch(() => {})
    return done
  }

  async #stored(): Promise<Mark> {
    const note = await this.#store.getNote(NOTE)
    return note === null ? NOTHING : (JSON.parse(note) as Mark)
  }
}

/** By the day, so that what arrives in the course of one moves nothing. */
function dayOf(instant: number): number {
  return Math.floor(instant / DAY_MS) * DAY_MS
}
