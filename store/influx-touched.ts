import { HOUR_MS, type Window } from '../core/window.ts'
import type { Connection } from './influx-connection.ts'
import { literal, tag, text } from './influx-lines.ts'
import { always } from './influx-spans.ts'
import { writeLines } from './influx-writes.ts'
import type { TouchedWindow } from './store.ts'

/** Windows in one point at most: their text must fit into a field. */
const WINDOWS_MOST = 400
/** How far behind the newest point others may still add some: their clocks, and requests on their way. */
const BEHIND_MS = 10 * 60_000
/** So often everything is looked through, for what came in later than that. */
const WHOLE_EVERY_MS = 10 * 60_000
/** Points that are done with are kept so long. A writer whose clock is further behind has no reading taken. */
const KEEP_MS = 7 * 24 * HOUR_MS
const POINTS_MOST = 5000

/** Windows as one point holds them: meter, from, to. */
type Packed = readonly (readonly [string, number, number])[]

interface Point {
  readonly writer: string
  readonly at: number
  readonly tickets: readonly number[]
  /** Tickets of it that wait. */
  readonly waiting: Set<number>
}

/**
 * The list of windows that wait, as points that several processes append to and one takes from. A point
 * holds the windows of one write, and is marked when all of them are settled; so what a kill leaves half
 * settled is done again.
 */
export class TouchedSeries {
  readonly #connection: Connection
  readonly #writer: string
  readonly #onLoaded: (window: Window) => void
  readonly #points = new Map<string, Point>()
  readonly #waiting = new Map<number, { readonly window: TouchedWindow; readonly point: Point }>()
  #ticket = 0
  #lastAt = 0
  #lookedAhead = false
  #newest = always.from
  #wholeAt = Number.NEGATIVE_INFINITY
  #deletedAt = Number.NEGATIVE_INFINITY
  #loading: Promise<unknown> = Promise.resolve()

  /** `onLoaded` hears of each window that is read. */
  constructor(connection: Connection, writer: string, onLoaded: (window: Window) => void) {
    this.#connection = connection
    this.#writer = writer
    this.#onLoaded = onLoaded
  }

  async append(windows: readonly Window[]): Promise<void> {
    if (windows.length === 0) return
    const [refused] = await writeLines(this.#connection, await this.linesOf(windows), 'ms')
    if (refused !== undefined) throw new Error(`InfluxDB refuses a touched window: ${refused.reason}`)
  }

  /** What `append` writes; without `zeros` in milliseconds. */
  async linesOf(windows: readonly Window[], zeros = ''): Promise<string[]> {
    await this.#lookAhead()
    const lines: string[] = []
    for (let start = 0; start < windows.length; start += WINDOWS_MOST) {
      const some = windows.slice(start, start + WINDOWS_MOST)
      const packed: Packed = some.map(({ meter, from, to }) => [meter, from, to])
      const hours = some.reduce((sum, { from, to }) => sum + (to - from) / HOUR_MS, 0)
      lines.push(
        `touched,writer=${tag(this.#writer)} windows=${text(JSON.stringify(packed))},count=${some.length},hours=${hours},waiting=1 ${this.#nextAt()}${zeros}`,
      )
    }
    return lines
  }

  async first(limit: number): Promise<TouchedWindow[]> {
    await this.#load()
    const list: TouchedWindow[] = []
    for (const { window } of this.#waiting.values()) {
      if (list.length === limit) break
      list.push(window)
    }
    return list
  }

  async waiting(): Promise<{ windows: number; hours: number }> {
    await this.#load()
    let hours = 0
    for (const { window } of this.#waiting.values()) hours += (window.to - window.from) / HOUR_MS
    return { windows: this.#waiting.size, hours }
  }

  async settle(settled: readonly TouchedWindow[]): Promise<void> {
    const done: Point[] = []
    for (const { ticket } of settled) {
      const entry = this.#waiting.get(ticket)
      if (entry?.point.waiting.delete(ticket) && entry.point.waiting.size === 0) done.push(entry.point)
    }
    try {
      const lines = done.map(({ writer, at }) => `touched,writer=${tag(writer)} waiting=0 ${at}`)
      await writeLines(this.#connection, lines, 'ms')
    } catch (error) {
      for (const { ticket } of settled) this.#waiting.get(ticket)?.point.waiting.add(ticket)
      throw error
    }
    for (const { ticket } of settled) this.#waiting.delete(ticket)
  }

  /** Once: where the clock was set back while this writer was away, its own points of before are not written over. */
  async #lookAhead(): Promise<void> {
    if (this.#lookedAhead) return
    const now = Date.now()
    const [series] = await this.#connection.query(
      `SELECT "count" FROM "touched" WHERE "writer" = ${literal(this.#writer)} AND time >= ${now}ms AND time < ${always.to}ms ORDER BY time DESC LIMIT 1`,
    )
    const at = series?.rows[0]?.[0]
    if (typeof at === 'number') this.#lastAt = Math.max(this.#lastAt, at)
    this.#lookedAhead = true
  }

  /** Each point of a writer has a millisecond of its own. */
  #nextAt(): number {
    this.#lastAt = Math.max(Date.now(), this.#lastAt + 1)
    return this.#lastAt
  }

  /** One load at a time: each goes on from where the one before ended. */
  #load(): Promise<void> {
    const turn = this.#loading.then(() => this.#loadNow())
    this.#loading = turn.catch(() => {})
    return turn
  }

  async #loadNow(): Promise<void> {
    const now = Date.now()
    const whole = now - this.#wholeAt >= WHOLE_EVERY_MS
    // A writer whose clock is ahead must not hide what the others add meanwhile.
    let from = whole ? always.from : Math.min(this.#newest, now) - BEHIND_MS
    for (;;) {
      const rows = await this.#page(from)
      for (const row of rows) this.#take(row)
      if (rows.length < POINTS_MOST) break
      // The last millisecond may go on: several writers may share it.
      from = (rows.at(-1) as Row).at
    }
    if (!whole) return
    this.#wholeAt = now
    this.#forgetSettled()
    await this.#deleteOld(now)
  }

  async #page(from: number): Promise<Row[]> {
    const [series] = await this.#connection.query(
      `SELECT "windows", "writer" FROM "touched" WHERE "waiting" = 1 AND time >= ${from}ms AND time < ${always.to}ms ORDER BY time ASC LIMIT ${POINTS_MOST}`,
    )
    return (series?.rows ?? []).map((row) => {
      const [at, windows, writer] = row as [number, string, string]
      return { at, windows, writer }
    })
  }

  #take({ at, windows, writer }: Row): void {
    const key = `${at}|${writer}`
    this.#newest = Math.max(this.#newest, at)
    if (this.#points.has(key)) return
    const packed = JSON.parse(windows) as Packed
    const tickets = packed.map(() => {
      this.#ticket += 1
      return this.#ticket
    })
    const point: Point = { writer, at, tickets, waiting: new Set(tickets) }
    this.#points.set(key, point)
    for (const [i, [meter, start, end]] of packed.entries()) {
      const window = { meter, from: start, to: end, ticket: tickets[i] as number }
      this.#waiting.set(window.ticket, { window, point })
      this.#onLoaded(window)
    }
  }

  /** Settled points are remembered while an answer from before may still bring them. */
  #forgetSettled(): void {
    for (const [key, { waiting, at }] of this.#points) {
      if (waiting.size === 0 && at < this.#newest - BEHIND_MS) this.#points.delete(key)
    }
  }

  /** Called after everything was looked through, so what is old waits no longer or is known to wait. */
  async #deleteOld(now: number): Promise<void> {
    if (now - this.#deletedAt < 24 * HOUR_MS) return
    this.#deletedAt = now
    if ((await this.#connection.dialect()).delete === null) return
    const oldest = Math.min(now - KEEP_MS, ...[...this.#waiting.values()].map(({ point }) => point.at))
    // 1.x loses sight of a series whose first point comes while it deletes of that measurement: so never
    // on a fresh database, where there is nothing to delete.
    const [old] = await this.#connection.query(
      `SELECT "count" FROM "touched" WHERE time >= ${always.from}ms AND time < ${oldest}ms LIMIT 1`,
    )
    if (old !== undefined) await this.#connection.delete('touched', {}, always.from, oldest)
  }
}

interface Row {
  readonly at: number
  readonly windows: string
  readonly writer: string
}
