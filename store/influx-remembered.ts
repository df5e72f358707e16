import type { Connection } from './influx-connection.ts'
import { ListedSeries } from './influx-listed.ts'
import { always } from './influx-spans.ts'
import { writeLines } from './influx-writes.ts'

/** A clock set back, and a request that came through after nobody waited for it any more, are looked for so far back. */
const BEHIND_MS = 10 * 60_000
/** So often everything is read again. */
const WHOLE_EVERY_MS = 10 * 60_000
/** Asked many times at once, as for each meter of a query, it looks no more often. */
const LOOK_EVERY_MS = 1000

/** A row that says when it was made, epoch milliseconds. */
interface Kept {
  readonly id: string
  readonly enteredAt: number
}

/**
 * A list that is only ever appended to, and small enough to be held whole: the journal, the entries. One
 * process writes it, the service; it is remembered there, and what is asked again at each use is its end.
 */
export class RememberedSeries<Row extends Kept> {
  readonly #connection: Connection
  readonly #listed: ListedSeries<Row>
  readonly #whole: (kept: Row) => Row
  #known: readonly Row[] = []
  #wholeAt = Number.NEGATIVE_INFINITY
  #lookedAt = Number.NEGATIVE_INFINITY
  /** Until then a request that failed may come through after all, and show what went along: each use looks. */
  #doubtfulUntil = Number.NEGATIVE_INFINITY
  #turn: Promise<unknown> = Promise.resolve()

  /** `whole` makes a row that an earlier version kept what it is today. */
  constructor(
    connection: Connection,
    measurement: 'journal' | 'entry',
    whole: (kept: Row) => Row = (kept) => kept,
  ) {
    this.#connection = connection
    this.#whole = whole
    this.#listed = new ListedSeries(connection, {
      measurement,
      order: 'ASC',
      writer: null,
      instant: (row) => row.enteredAt,
    })
  }

  /**
   * Rows and the lines that go `along` are one request where there are few: a kill, or an answer that never
   * comes, leaves all of it or nothing. Of thousands of rows some may be left; adding them again adds the rest.
   */
  add(rows: readonly Row[], along: () => Promise<readonly string[]> = async () => []): Promise<void> {
    return this.#inTurn(async () => {
      const lines = [...(await this.#listed.newLinesOf(rows)), ...(await along())]
      const doubtfulUntil = this.#doubtfulUntil
      this.#doubtfulUntil = Date.now() + BEHIND_MS
      const [refused] = await writeLines(this.#connection, lines, 'ns')
      if (refused !== undefined)
        throw new Error(`InfluxDB refuses a row of ${this.#listed.measurement}: ${refused.reason}`)
      this.#doubtfulUntil = doubtfulUntil
      this.#lookedAt = Number.NEGATIVE_INFINITY
    })
  }

  /** Waits for what is being added: whoever has seen what goes along sees it too. */
  all(): Promise<readonly Row[]> {
    return this.#inTurn(async () => {
      const now = Date.now()
      // A clock that was set back looks as well.
      const recent = now >= this.#lookedAt && now - this.#lookedAt < LOOK_EVERY_MS
      if (recent && now >= this.#doubtfulUntil) return this.#known
      const whole = now - this.#wholeAt >= WHOLE_EVERY_MS
      const newest = this.#known.at(-1)?.enteredAt ?? always.from
      const from = whole ? always.from : Math.max(always.from, Math.min(newest, now) - BEHIND_MS)
      const end = (await this.#listed.since(from)).map(this.#whole)
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
