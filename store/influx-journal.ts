import type { JournalRecord } from '../core/meter-event.ts'
import type { Window } from '../core/window.ts'
import type { Connection } from './influx-connection.ts'
import { ListedSeries } from './influx-listed.ts'
import { always } from './influx-spans.ts'
import type { TouchedSeries } from './influx-touched.ts'
import { writeLines } from './influx-writes.ts'

/** A clock set back, and a request that came through after nobody waited for it any more, are looked for so far back. */
const BEHIND_MS = 10 * 60_000
/** So often everything is read again. */
const WHOLE_EVERY_MS = 10 * 60_000
/** Asked many times at once, as for each meter of a query, it looks no more often. */
const LOOK_EVERY_MS = 1000

/**
 * The journal of meter events. One process writes it, the service; it is remembered there, and what is
 * asked again at each use is its end.
 */
export class JournalSeries {
  readonly #connection: Connection
  readonly #touched: TouchedSeries
  readonly #listed: ListedSeries<JournalRecord>
  #known: readonly JournalRecord[] = []
  #wholeAt = Number.NEGATIVE_INFINITY
  #lookedAt = Number.NEGATIVE_INFINITY
  /** Until then a request that failed may come through after all, and show its windows: each use looks. */
  #doubtfulUntil = Number.NEGATIVE_INFINITY
  #turn: Promise<unknown> = Promise.resolve()

  constructor(connection: Connection, touched: TouchedSeries) {
    this.#connection = connection
    this.#touched = touched
    this.#listed = new ListedSeries(connection, {
      measurement: 'journal',
      order: 'ASC',
      writer: null,
      instant: (record) => record.enteredAt,
    })
  }

  /**
   * Record and windows go in one request: a kill, or an answer that never comes, leaves both or nothing.
   */
  add(record: JournalRecord, windows: readonly Window[]): Promise<void> {
    return this.#inTurn(async () => {
      const records = (await this.#listed.has(record)) ? [] : this.#listed.linesOf([record])
      const touched = await this.#touched.linesOf(windows, '000000')
      const doubtfulUntil = this.#doubtfulUntil
      this.#doubtfulUntil = Date.now() + BEHIND_MS
      const [refused] = await writeLines(this.#connection, [...records, ...touched], 'ns')
      if (refused !== undefined) throw new Error(`InfluxDB refuses a meter event: ${refused.reason}`)
      this.#doubtfulUntil = doubtfulUntil
      this.#lookedAt = Number.NEGATIVE_INFINITY
    })
  }

  /** Waits for what is being added: whoever has seen its windows sees it too. */
  all(): Promise<readonly JournalRecord[]> {
    return this.#inTurn(async () => {
      const now = Date.now()
      // A clock that was set back looks as well.
      const recent = now >= this.#lookedAt && now - this.#lookedAt < LOOK_EVERY_MS
      if (recent && now >= this.#doubtfulUntil) return this.#known
      const whole = now - this.#wholeAt >= WHOLE_EVERY_MS
      const newest = this.#known.at(-1)?.enteredAt ?? always.from
      const from = whole ? always.from : Math.max(always.from, Math.min(newest, now) - BEHIND_MS)
      const end = await this.#listed.since(from)
      if (whole) this.#wholeAt = now
      this.#lookedAt = now
      const start = this.#known.filter(({ enteredAt }) => enteredAt < from)
      const old = this.#known.slice(start.length)
      const same = old.length === end.length && old.every(({ id }, i) => id === end[i]?.id)
      if (!same) this.#known = [...start, ...end]
      return this.#known
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => {})
    return turn
  }
}
