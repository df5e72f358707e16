import { createHash } from 'node:crypto'
import type { Connection } from './influx-connection.ts'
import { float, pieces, tag, text } from './influx-lines.ts'
import { always } from './influx-spans.ts'
import { writeLines } from './influx-writes.ts'
import type { Page } from './store.ts'

const NS_PER_MS = 1_000_000n
/** The server refuses a number beyond it. */
const LAST_NS = BigInt(always.to) * NS_PER_MS

const ROWS_A_PAGE = 500

type ListMeasurement = 'quarantine' | 'entry' | 'journal'

/**
 * Entries with an id, read page by page in order of their instant. The id decides the nanosecond, so that
 * writing an entry again writes the same point. Whatever their text holds, JSON makes it plain.
 */
export class ListedSeries<Row extends { readonly id: string }> {
  readonly measurement: ListMeasurement
  readonly #connection: Connection
  readonly #order: 'ASC' | 'DESC'
  readonly #writer: string | null
  readonly #instant: (row: Row) => number
  readonly #kind: ((row: Row) => string) | undefined

  constructor(
    connection: Connection,
    kind: {
      readonly measurement: ListMeasurement
      readonly order: 'ASC' | 'DESC'
      /** Tells apart what several processes write; null where one writes. */
      readonly writer: string | null
      readonly instant: (row: Row) => number
      /** What rows can be counted by: one of a fixed list. */
      readonly kind?: (row: Row) => string
    },
  ) {
    this.#connection = connection
    this.measurement = kind.measurement
    this.#order = kind.order
    this.#writer = kind.writer
    this.#instant = kind.instant
    this.#kind = kind.kind
  }

  async insert(rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    const [refused] = await writeLines(this.#connection, this.linesOf(rows), 'ns')
    if (refused !== undefined)
      throw new Error(`InfluxDB refuses an entry of ${this.measurement}: ${refused.reason}`)
  }

  /** What `insert` writes: lines in nanoseconds. */
  linesOf(rows: readonly Row[]): string[] {
    return this.#lines(rows, new Map())
  }

  /** The lines of those rows that are not there yet. They are placed where nothing stands. */
  async newLinesOf(rows: readonly Row[]): Promise<string[]> {
    const taken = await this.#taken(rows)
    const there = new Set(taken.values())
    return this.#lines(
      rows.filter(({ id }) => !there.has(id)),
      taken,
    )
  }

  async count(): Promise<number> {
    const [series] = await this.#connection.query(
      `SELECT count("parts") FROM "${this.measurement}" WHERE time >= ${always.from}ms AND time < ${always.to}ms`,
    )
    return (series?.rows[0]?.[1] as number | undefined) ?? 0
  }

  /** How many rows there are in [from, to) of each kind. */
  async countByKind(from: number, to: number): Promise<Map<string, number>> {
    const series = await this.#connection.query(
      `SELECT count("parts") FROM "${this.measurement}" WHERE time >= ${from}ms AND time < ${to}ms GROUP BY "kind"`,
    )
    return new Map(series.map(({ tags, rows }) => [tags.kind as string, rows[0]?.[1] as number]))
  }

  /** Null where `after` is not the `next` of a page. */
  async page(limit: number, after?: string): Promise<Page<Row> | null> {
    let span = `time >= ${always.from}ms AND time < ${always.to}ms`
    if (after !== undefined) {
      if (!/^\d{16,19}$/.test(after) || BigInt(after) > LAST_NS) return null
      span =
        this.#order === 'ASC'
          ? `time > ${after} AND time < ${always.to}ms`
          : `time >= ${always.from}ms AND time < ${after}`
      const [there] = await this.#connection.query(
        `SELECT "id" FROM "${this.measurement}" WHERE time >= ${after} AND time <= ${after}`,
      )
      if (there === undefined) return null
    }
    return this.#pageIn(span, limit)
  }

  /** All rows from an instant on; of a list that is in ascending order. */
  async since(from: number): Promise<Row[]> {
    const list: Row[] = []
    let start = `time >= ${from}ms`
    for (;;) {
      const { rows, next } = await this.#pageIn(`${start} AND time < ${always.to}ms`, ROWS_A_PAGE)
      list.push(...rows)
      if (next === null) return list
      start = `time > ${next}`
    }
  }

  async #pageIn(span: string, limit: number): Promise<Page<Row>> {
    const [series] = await this.#connection.query(
      `SELECT * FROM "${this.measurement}" WHERE ${span} ORDER BY time ${this.#order} LIMIT ${limit + 1}`,
    )
    const column = new Map(series?.columns.map((name, i) => [name, i]))
    const cell = (row: readonly unknown[], name: string) => row[column.get(name) as number]
    const shown = (series?.rows ?? []).slice(0, limit)
    const rows = shown.map((row) => {
      const parts = Array.from(
        { length: cell(row, 'parts') as number },
        (_, i) => cell(row, field(i)) as string,
      )
      return JSON.parse(parts.join('')) as Row
    })
    const last = shown.at(-1)
    const more = (series?.rows.length ?? 0) > limit && last !== undefined
    return { rows, next: more ? (cell(last, 'ns') as string) : null }
  }

  #lines(rows: readonly Row[], taken: Map<bigint, string>): string[] {
    const head = `${this.measurement}${this.#writer === null ? '' : `,writer=${tag(this.#writer)}`}`
    return this.#placed(rows, taken).map(([ns, row]) => {
      const fields = pieces(JSON.stringify(row)).map((piece, i) => `${field(i)}=${text(piece)}`)
      // The nanosecond as text: as a number it would lose its last digits.
      const kind = this.#kind === undefined ? '' : `,kind=${tag(this.#kind(row))}`
      return `${head}${kind} id=${text(row.id)},ns=${text(String(ns))},parts=${float(fields.length)},${fields.join(',')} ${ns}`
    })
  }

  /** The nanoseconds that are taken in the milliseconds of some rows, with the ids that stand there. */
  async #taken(rows: readonly Row[]): Promise<Map<bigint, string>> {
    const taken = new Map<bigint, string>()
    const instants = rows.map((row) => Math.trunc(this.#instant(row)))
    const last = instants.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY)
    let start = `time >= ${instants.reduce((least, at) => Math.min(least, at), last)}ms`
    while (rows.length > 0) {
      const [series] = await this.#connection.query(
        `SELECT "id", "ns" FROM "${this.measurement}" WHERE ${start} AND time < ${last + 1}ms ORDER BY time ASC LIMIT ${ROWS_A_PAGE}`,
      )
      for (const [, id, ns] of series?.rows ?? []) taken.set(BigInt(ns as string), id as string)
      if ((series?.rows.length ?? 0) < ROWS_A_PAGE) break
      start = `time > ${series?.rows.at(-1)?.[2]}`
    }
    return taken
  }

  /** Entries with their nanoseconds; where one is taken by another, the next free one. */
  #placed(rows: readonly Row[], taken: Map<bigint, string>): [bigint, Row][] {
    return rows.map((row) => {
      let ns = this.#ns(row)
      while (taken.has(ns) && taken.get(ns) !== row.id) ns += 1n
      taken.set(ns, row.id)
      return [ns, row]
    })
  }

  #ns(row: Row): bigint {
    const drawn = createHash('sha256').update(row.id).digest().readUInt32BE(0)
    return BigInt(Math.trunc(this.#instant(row))) * NS_PER_MS + (BigInt(drawn) % NS_PER_MS)
  }
}

function field(piece: number): string {
  return piece === 0 ? 'entry' : `entry_${piece}`
}
