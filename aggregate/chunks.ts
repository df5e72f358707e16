import { DAY_MS } from '../core/calendar.ts'
import { HOUR_MS } from '../core/window.ts'
import type { TouchedWindow } from '../store/store.ts'

/** A window of one meter to recompute, and the touches that this settles. */
export interface Task {
  readonly meter: string
  readonly from: number
  readonly to: number
  readonly settles: readonly TouchedWindow[]
}

/** Windows this close together are fetched as one span, of all their meters. */
const TOGETHER_MS = 31 * DAY_MS
const METERS_MOST = 500
/** So many whole histories are not worth a slice each. */
const HISTORIES_AT_ONCE = 20
/** Rollups of about so many hours are written at once: enough to be quick, few enough to see figures move. */
const HOURS_MOST = 150_000

/**
 * Groups touched windows so that each group can be recomputed with a few reads for all its meters: the
 * live minute of a thousand meters is one group, and so are a dozen whole histories. A meter stands in
 * a group once; windows of it that meet there become one.
 */
export function chunksOf(touched: readonly TouchedWindow[]): Task[][] {
  const chunks: Chunk[] = []
  for (const part of sliced(touched).sort((a, b) => a.from - b.from)) {
    const last = chunks.at(-1)
    if (last?.takes(part)) last.add(part)
    else chunks.push(new Chunk(part))
  }
  return chunks.map((chunk) => [...chunk.tasks.values()])
}

/**
 * Readings lie in the store as they came, those of all meters of a day together. So the histories of many
 * meters are gone through by the month, all meters of one before the next; a window is settled with its last
 * slice. Of a few meters, each is taken at once.
 */
function sliced(touched: readonly TouchedWindow[]): Task[] {
  const isLong = ({ from, to }: TouchedWindow) => to - from > TOGETHER_MS
  const many = touched.filter(isLong).length > HISTORIES_AT_ONCE
  return touched.flatMap((window) => {
    const { meter, from, to } = window
    if (!many || !isLong(window)) return [{ meter, from, to, settles: [window] }]
    const slices: Task[] = []
    for (let start = from; start < to; ) {
      const end = Math.min(to, (Math.floor(start / TOGETHER_MS) + 1) * TOGETHER_MS)
      slices.push({ meter, from: start, to: end, settles: end === to ? [window] : [] })
      start = end
    }
    return slices
  })
}

class Chunk {
  readonly tasks = new Map<string, Task>()
  readonly #from: number
  #to: number
  #hours = 0

  constructor(window: Task) {
    this.#from = window.from
    this.#to = window.to
    this.add(window)
  }

  takes(window: Task): boolean {
    const to = Math.max(this.#to, window.to)
    const close = to - this.#from <= TOGETHER_MS
    const alike = window.from - this.#from <= DAY_MS && Math.abs(window.to - this.#to) <= DAY_MS
    const room = this.#hours + (window.to - window.from) / HOUR_MS <= HOURS_MOST
    return (close || alike) && room && (this.tasks.size < METERS_MOST || this.tasks.has(window.meter))
  }

  add({ meter, from, to, settles }: Task): void {
    const task = this.tasks.get(meter)
    this.tasks.set(meter, {
      meter,
      from: Math.min(from, task?.from ?? from),
      to: Math.max(to, task?.to ?? to),
      settles: [...(task?.settles ?? []), ...settles],
    })
    this.#to = Math.max(this.#to, to)
    this.#hours += (to - from) / HOUR_MS
  }
}
