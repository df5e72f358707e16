import { DAY_MS } from '../core/calendar.ts'
import type { ReadingBatch, ReadingSeries } from '../core/reading.ts'
import type { Connection, Series } from './influx-connection.ts'
import { literal, oneOf, tag, text } from './influx-lines.ts'
import { always, slices } from './influx-spans.ts'
import type { Lines } from './influx-writes.ts'

/** Meters asked for in one query at most. */
const METERS_MOST = 200
/** A file of 3 Core holds so much of the readings. */
const FILE_MS = 600_000
/** How far away the nearest reading is looked for, step by step, before everything is. */
const NEAR_MS = [3 * DAY_MS, 60 * DAY_MS]

/** The last three digits of an instant. Thirteen digits at once take several times as long to write as ten. */
const MILLIS = Array.from({ length: 1000 }, (_, ms) => String(ms).padStart(3, '0'))

/** The lines of readings, in order. */
export class ReadingLines implements Lines {
  readonly length: number
  readonly #batches: readonly ReadingBatch[]
  readonly #heads: Map<string, string>

  /** `heads` holds how the lines of each meter begin, from one batch to the next. */
  constructor(batches: readonly ReadingBatch[], heads: Map<string, string>) {
    this.#batches = batches
    this.#heads = heads
    this.length = batches.reduce((sum, batch) => sum + batch.length, 0)
  }

  /** They are short: any number of them that is sent at once fits. */
  endOfPortion(_start: number, last: number): number {
    return last
  }

  body(start: number, end: number): string {
    const lines: string[] = []
    let first = 0
    for (const batch of this.#batches) {
      if (first >= end) break
      if (first + batch.length > start) {
        this.#add(lines, batch, Math.max(0, start - first), Math.min(batch.length, end - first))
      }
      first += batch.length
    }
    return lines.join('\n')
  }

  #add(lines: string[], batch: ReadingBatch, from: number, to: number): void {
    const heads = batch.meters.map((meter) => this.#head(meter))
    const tails = batch.units.map((unit) => `,received=${batch.receivedAt},unit=${text(unit)} `)
    for (let i = from; i < to; i += 1) {
      const head = heads[batch.meter[i] as number] as string
      const at = batch.at[i] as number
      const second = Math.floor(at / 1000)
      const tail = tails[batch.unit[i] as number] as string
      lines.push(head + batch.value[i] + tail + second + (MILLIS[at - second * 1000] as string))
    }
  }

  #head(meter: string): string {
    let head = this.#heads.get(meter)
    if (head === undefined) {
      head = `reading,meter=${tag(meter)} value=`
      this.#heads.set(meter, head)
    }
    return head
  }
}

/** Readings as InfluxDB gives them back. */
export class ReadingSeriesTable {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Readings of meters in [from, to), at most `limit` of each; a meter without any is left out. */
  async find(
    meters: readonly string[],
    from: number,
    to: number,
    limit?: number,
  ): Promise<Map<string, ReadingSeries>> {
    const parts = new Map<string, Series['rows'][]>()
    for (let i = 0; i < meters.length; i += METERS_MOST) {
      const some = meters.slice(i, i + METERS_MOST)
      for (const [first, last] of slices(from, to, await this.stepMs())) {
        const series = await this.#connection.rows({
          fields: '"value", "received", "unit"',
          from: `FROM "reading" WHERE ${oneOf('meter', some)} AND time >= ${first}ms AND time < ${last}ms GROUP BY "meter"`,
          ...(limit !== undefined && { limit }),
        })
        for (const one of series) {
          const meter = one.tags.meter as string
          const list = parts.get(meter)
          if (list === undefined) parts.set(meter, [one.rows])
          else list.push(one.rows)
        }
      }
    }
    return new Map([...parts].map(([meter, rows]) => [meter, seriesOf(rows, limit)]))
  }

  /** The instant of the last reading before `at`, or null. */
  async before(meter: string, at: number): Promise<number | null> {
    let end = at
    for (const reach of [...NEAR_MS, at - always.from]) {
      const start = at - reach
      const found = await this.#nearest(meter, start, end, 'DESC')
      if (found !== null) return found
      end = start
    }
    return null
  }

  /** The instant of the first reading at or after `at`, or null. */
  async from(meter: string, at: number): Promise<number | null> {
    let start = at
    for (const reach of [...NEAR_MS, always.to - at]) {
      const end = at + reach
      const found = await this.#nearest(meter, start, end, 'ASC')
      if (found !== null) return found
      start = end
    }
    return null
  }

  async #nearest(meter: string, from: number, to: number, order: 'ASC' | 'DESC'): Promise<number | null> {
    const spans = slices(from, to, await this.stepMs())
    for (const [start, end] of order === 'ASC' ? spans : spans.reverse()) {
      const [series] = await this.#connection.query(
        `SELECT "value" FROM "reading" WHERE "meter" = ${literal(meter)} AND time >= ${start}ms AND time < ${end}ms ORDER BY time ${order} LIMIT 1`,
      )
      const at = series?.rows[0]?.[0]
      if (typeof at === 'number') return at
    }
    return null
  }

  /** The longest span that the server reads at once; null: any. */
  async stepMs(): Promise<number | null> {
    const { filesMost } = await this.#connection.dialect()
    return filesMost === null ? null : filesMost * FILE_MS
  }
}

/**
 * While points are written, InfluxDB 1.x answers some of their fields and not yet the others: such a point is not there
 * yet. Whoever writes it touches its window afterwards.
 */
function isWhole(row: Series['rows'][number]): boolean {
  return row[1] !== null && row[2] !== null && row[3] !== null
}

function seriesOf(parts: readonly Series['rows'][], limit?: number): ReadingSeries {
  const rows = parts.flatMap((part) => part.filter(isWhole)).slice(0, limit)
  const unit = rows.map((row) => row[3] as string)
  return {
    at: Float64Array.from(rows, (row) => row[0] as number),
    value: Float64Array.from(rows, (row) => row[1] as number),
    receivedAt: Float64Array.from(rows, (row) => row[2] as number),
    unit: unit.some((one) => one !== '') ? unit : null,
  }
}
