import { createHash } from 'node:crypto'
import type { ReadingBatch } from '../core/reading.ts'
import { conflictOf, sameReading } from './arrivals.ts'
import type { Connection, Log, Series } from './influx-connection.ts'
import { float, literal, tag, text } from './influx-lines.ts'
import { storedAt } from './influx-places.ts'
import type { ReadingSeriesTable } from './influx-readings.ts'
import { slices } from './influx-spans.ts'
import { writeLines } from './influx-writes.ts'
import { arrivalsOf, type Late, lateIn } from './late-readings.ts'
import type { Arrival, Conflict, LastReading } from './store.ts'

const NS_PER_MS = 1_000_000

/**
 * What is overwritten with something else, because InfluxDB keeps one value of an instant. It is looked for
 * before a batch is written, and only for readings that are not newer than the newest of their meter.
 */
export class ConflictSeries {
  readonly #connection: Connection
  readonly #readings: ReadingSeriesTable
  readonly #newest: () => Promise<ReadonlyMap<string, LastReading>>
  readonly #log: Log

  constructor(
    connection: Connection,
    readings: ReadingSeriesTable,
    newest: () => Promise<ReadonlyMap<string, LastReading>>,
    log: Log,
  ) {
    this.#connection = connection
    this.#readings = readings
    this.#newest = newest
    this.#log = log
  }

  /** To be called before a batch is written; called again for the same batch, it writes the same points. */
  async note(batches: readonly ReadingBatch[]): Promise<void> {
    const newest = await this.#newest()
    const late = lateIn(batches, newest)
    if (late.length === 0) return
    const stored = await this.#stored(late, newest)
    const lines: string[] = []
    for (const [key, { meter, at, arrivals }] of arrivalsOf(batches, late)) {
      const before = stored.get(key)
      const chain = before === undefined ? arrivals : [before, ...arrivals]
      for (const [i, arrival] of chain.entries()) {
        const next = chain[i + 1]
        if (next !== undefined && !sameReading(arrival, next)) lines.push(lineOf(meter, at, arrival))
      }
    }
    const [refused, ...others] = await writeLines(this.#connection, lines, 'ns')
    // What it does not take here it does not take as a reading either, and there nothing is overwritten.
    if (refused !== undefined)
      this.#log.warn(
        { readings: others.length + 1, reason: refused.reason },
        'InfluxDB refuses earlier values of readings that came twice; they are not kept',
      )
  }

  async find(meter: string, from: number, to: number): Promise<Conflict[]> {
    const earlier = new Map<number, Arrival[]>()
    for (const [first, last] of slices(from, to, await this.#readings.stepMs())) {
      const [series] = await this.#connection.rows({
        fields: '"value", "received", "unit"',
        from: `FROM "conflict" WHERE "meter" = ${literal(meter)} AND time >= ${first}ms AND time < ${last}ms`,
      })
      for (const row of series?.rows ?? []) addTo(earlier, row)
    }
    const instants = [...earlier.keys()]
    if (instants.length === 0) return []
    const now = (
      await this.#readings.find([meter], instants[0] as number, (instants.at(-1) as number) + 1)
    ).get(meter)
    now?.at.forEach((at, i) => {
      earlier.get(at)?.push({
        value: now.value[i] as number,
        unit: now.unit?.[i] ?? '',
        receivedAt: now.receivedAt[i] as number,
      })
    })
    return instants.flatMap((at) => conflictOf(at, earlier.get(at) as Arrival[]) ?? [])
  }

  /** What is there of late readings' instants. The newest of a meter is known without asking. */
  async #stored(
    late: readonly Late[],
    newest: ReadonlyMap<string, LastReading>,
  ): Promise<Map<string, Arrival>> {
    const stored = new Map<string, Arrival>()
    const wanted = late.filter(({ key, meter, at }) => {
      const last = newest.get(meter)
      if (last === undefined || last.at < at) return false
      if (last.at > at) return true
      stored.set(key, last)
      return false
    })
    for (const [key, arrival] of await storedAt(this.#readings, wanted)) stored.set(key, arrival)
    return stored
  }
}

/** The arrival decides the nanosecond, so that noting it again writes the same point. */
function lineOf(meter: string, at: number, { value, unit, receivedAt }: Arrival): string {
  const drawn = createHash('sha256').update(`${value}|${receivedAt}|${unit}`).digest().readUInt32BE(0)
  const ns = BigInt(at) * BigInt(NS_PER_MS) + BigInt(drawn % NS_PER_MS)
  return `conflict,meter=${tag(meter)} value=${float(value)},received=${float(receivedAt)},unit=${text(unit)} ${ns}`
}

/** Rows of an instant come in order of what was drawn; arrivals are in order of time. */
function addTo(earlier: Map<number, Arrival[]>, row: Series['rows'][number]): void {
  const [instant, value, receivedAt, unit] = row as [number, number, number, string]
  const at = Math.floor(instant)
  const list = earlier.get(at) ?? []
  earlier.set(at, list)
  list.push({ value, unit, receivedAt })
  list.sort((a, b) => a.receivedAt - b.receivedAt)
}
