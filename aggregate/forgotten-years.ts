import type { Calendar, Span } from '../core/calendar.ts'
import { keptSpans } from '../core/retention.ts'
import type { Window } from '../core/window.ts'
import type { Store } from '../store/store.ts'

const NOTE = 'forgotten-years'

/** A reading that is put back after the years around it have been dropped. */
export interface EdgeReading {
  readonly meter: string
  readonly at: number
  readonly value: number
  readonly unit: string
  readonly receivedAt: number
}

/** Years, in order. */
interface Forgotten {
  readonly readings: readonly number[]
  readonly hours: readonly number[]
  /** Of them those that the store may still hold, and what has to be there afterwards. */
  readonly dropping?: Dropping
}

export interface Dropping {
  readonly readings: readonly number[]
  readonly hours: readonly number[]
  readonly edges: readonly EdgeReading[]
}

/**
 * The years whose readings are gone for good, as the store remembers them: their figures are never
 * reckoned again, whatever the settings say by now. A year stands here before anything of it is dropped.
 * Whoever asks loads it first: the store may have been away at the start.
 */
export class ForgottenYears {
  #forgotten: Forgotten = { readings: [], hours: [] }
  #loaded = false
  readonly #spans = new Map<Calendar, readonly Span[]>()

  /** Reads what the store remembers; once. */
  async load(store: Pick<Store, 'getNote'>): Promise<void> {
    if (this.#loaded) return
    const note = await store.getNote(NOTE)
    if (note !== null) this.#forgotten = JSON.parse(note) as Forgotten
    this.#loaded = true
  }

  get readings(): readonly number[] {
    return this.#forgotten.readings
  }

  get hours(): readonly number[] {
    return this.#forgotten.hours
  }

  /** What was begun and may not have ended. */
  get dropping(): Dropping | undefined {
    return this.#forgotten.dropping
  }

  /** Takes effect when the store has it. */
  async put(store: Pick<Store, 'putNote'>, forgotten: Forgotten): Promise<void> {
    await store.putNote(NOTE, JSON.stringify(forgotten))
    this.#forgotten = forgotten
    this.#loaded = true
    this.#spans.clear()
  }

  /** The parts of a window whose figures may be reckoned, by the calendar of its meter. */
  reckonable<W extends Window>(window: W, calendar: Calendar): (W & { readonly within: Span })[] {
    if (this.#forgotten.readings.length === 0) return [{ ...window, within: ALWAYS }]
    let spans = this.#spans.get(calendar)
    if (spans === undefined) {
      spans = keptSpans(this.#forgotten.readings, calendar)
      this.#spans.set(calendar, spans)
    }
    return spans.flatMap((within) => {
      const from = Math.max(window.from, within.start)
      const to = Math.min(window.to, within.end)
      return from < to ? [{ ...window, from, to, within }] : []
    })
  }
}

const ALWAYS: Span = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }
