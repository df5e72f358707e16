import { DAY_MS } from '../core/calendar.ts'
import type { ReadingBatch, ReadingSeries } from '../core/reading.ts'
import type { Connection, Series } from './influx-connection.ts'
import { literal, oneOf, tag, text } from './influx-lines.ts'
import { always, slices } from './influx-spans.ts'

/** Meters asked for in one query at most. */
const METERS_MOST = 200
/** A file of 3 Core holds so much of the readings. */
const FILE_MS = 600_000
/** How far away the nearest reading is looked for, step by step, before everything is. */
const NEAR_MS = [3 * DAY_MS, 60 * DAY_MS]

/** The lines of readings, in order, and where each came from. */
export function readingLines(batches: readonly ReadingBatch[]): string[] {
  const lines: string[] = []
  for (const batch of batches) {
    const heads = batch.meters.map((meter) => `reading,meter=${tag(meter)} value=`)
    const tails = batch.units.map((unit) => `,received=${batch.receivedAt},unit=${text(unit)} `)
    for (let i = 0; i < batch.length; i += 1) {
      const head = heads[batch.meter[i] as number] as string
      lines.push(head + batch.value[i] + (tails[batch.unit[i] as number] as string) + batch.at[i])
    }
  }
  return lines
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
      for (const [first, last] of slices(from, to, await this.#stepMs())) {
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
    const spans = slices(from, to, await this.#stepMs())
    for (const [start, end] of order === 'ASC' ? spans : spans.reverse()) {
      const [series] = await this.#connection.query(
        `SELECT "value" FROM "reading" WHERE "meter" = ${literal(meter)} AND time >= ${start}ms AND time < ${end}ms ORDER BY time ${order} LIMIT 1`,
      )
      const at = series?.rows[0]?.[0]
      if (typeof at === 'number') return at
    }
    return null
  }

  async #stepMs(): Promise<number | null> {
    const { filesMost } = await this.#connection.dialect()
    return filesMost === null ? null : filesMost * FILE_MS
  }
}

function seriesOf(parts: readonly Series['rows'][], limit = Number.POSITIVE_INFINITY): ReadingSeries {
  const length = Math.min(
    parts.reduce((sum, rows) => sum + rows.length, 0),
    limit,
  )
  const at = new Float64Array(length)
  const value = new Float64Array(length)
  const receivedAt = new Float64Array(length)
  const unit: string[] = new Array(length)
  let anyUnit = false
  let i = 0
  for (const rows of parts) {
    for (const row of rows) {
      if (i === length) break
      at[i] = row[0] as number
      value[i] = row[1] as number
      receivedAt[i] = row[2] as number
      unit[i] = row[3] as string
      if (unit[i] !== '') anyUnit = true
      i += 1
    }
  }
  return { at, value, receivedAt, unit: anyUnit ? unit : null }
}
