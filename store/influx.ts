import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Entry, wholeEntry } from '../core/entry.ts'
import type { IssueCode } from '../core/issue.ts'
import type { JournalRecord } from '../core/meter-event.ts'
import type { Quarantined, ReadingBatch, ReadingSeries } from '../core/reading.ts'
import type { Rollup } from '../core/rollup.ts'
import { ConflictSeries } from './influx-conflicts.ts'
import { Connection, type Log } from './influx-connection.ts'
import { FigureSeries } from './influx-figures.ts'
import { NewestReadings } from './influx-last.ts'
import { ListedSeries } from './influx-listed.ts'
import { getNote, putNote } from './influx-notes.ts'
import { ReadingLines, ReadingSeriesTable } from './influx-readings.ts'
import { RememberedSeries } from './influx-remembered.ts'
import { findRollups, rollupLines } from './influx-rollups.ts'
import { always } from './influx-spans.ts'
import { TouchedSeries } from './influx-touched.ts'
import { LineWrite, type RefusedLine, writeLines } from './influx-writes.ts'
import type { StoreLocation } from './open.ts'
import type { Conflict, FigureSink, LastReading, Page, Store, StoreBatch, TouchedWindow } from './store.ts'

/** The start waits no longer for the server, milliseconds: readings are taken without it. */
const FIRST_MS = 2000

/**
 * InfluxDB 1.x, 2.x and 3.x as a store (docs/series.md). It has no transactions: what a kill leaves half
 * written is written again, and the order sees to it that nothing is taken for done before it is.
 */
export class InfluxStore implements Store {
  readonly figures: FigureSink
  rollupEdition = 0
  readonly #connection: Connection
  readonly #log: Log
  readonly #onClose: () => void
  readonly #readings: ReadingSeriesTable
  readonly #newest: NewestReadings
  readonly #conflicts: ConflictSeries
  readonly #touched: TouchedSeries
  /** How the lines of each meter begin. */
  readonly #heads = new Map<string, string>()
  readonly #quarantine: ListedSeries<Quarantined>
  readonly #entries: RememberedSeries<Entry>
  readonly #journal: RememberedSeries<JournalRecord>
  #underway: { readonly readings: StoreBatch['readings']; readonly write: LineWrite } | null = null

  private constructor(connection: Connection, writer: string, log: Log, onClose: () => void) {
    this.#connection = connection
    this.#onClose = onClose
    this.#log = log
    this.figures = new FigureSeries(connection)
    this.#readings = new ReadingSeriesTable(connection)
    this.#newest = new NewestReadings(connection)
    this.#conflicts = new ConflictSeries(connection, this.#readings, () => this.#newest.remembered(), log)
    this.#touched = new TouchedSeries(connection, writer, (window) => this.#newest.touched(window))
    this.#quarantine = new ListedSeries(connection, {
      measurement: 'quarantine',
      order: 'DESC',
      writer,
      instant: (row) => row.receivedAt,
      kind: (row) => row.issue.code,
    })
    this.#entries = new RememberedSeries(connection, 'entry', wholeEntry)
    this.#journal = new RememberedSeries(connection, 'journal')
  }

  /**
   * `writer` names this process among those that write to the same database, and stays the same over
   * restarts. A server that is away or hangs does not hold up the start: it is looked for again at each use.
   */
  static async open(
    location: StoreLocation,
    writer: string,
    log: Log,
    onClose: () => void = () => {},
  ): Promise<InfluxStore> {
    const connection = new Connection(location, log)
    const found = connection
      .dialect()
      .catch((error) =>
        log.warn({ reason: error.message }, 'InfluxDB cannot be used yet; it is tried on and on'),
      )
    await Promise.race([found, sleep(FIRST_MS, null, { ref: false })])
    return new InfluxStore(connection, writer, log, onClose)
  }

  get name(): string {
    return this.#connection.name
  }

  /**
   * What is overwritten with something else is noted first. Touched windows come last: whoever takes one
   * finds its readings there.
   */
  async write({ readings, touched, quarantined }: StoreBatch): Promise<void> {
    // Offered again after a failure, a batch goes on from where it stood.
    if (this.#underway?.readings !== readings) {
      await this.#conflicts.note(readings)
      const lines = new ReadingLines(readings, this.#heads)
      this.#underway = { readings, write: new LineWrite(this.#connection, lines, 'ms') }
    }
    const refused = await this.#underway.write.goOn()
    if (refused.length === 0) for (const batch of readings) this.#newest.wrote(batch)
    else for (const window of touched) this.#newest.touched(window)
    await this.#quarantine.insert([...quarantined, ...this.#setAside(refused, readings)])
    await this.#touched.append(touched)
    this.#underway = null
  }

  async readings(meter: string, from: number, to: number, limit?: number): Promise<ReadingSeries> {
    return (await this.#readings.find([meter], from, to, limit)).get(meter) ?? NO_READINGS
  }

  readingsOf(
    meters: readonly string[],
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, ReadingSeries>> {
    return this.#readings.find(meters, from, to)
  }

  readingBefore(meter: string, at: number): Promise<number | null> {
    return this.#readings.before(meter, at)
  }

  readingFrom(meter: string, at: number): Promise<number | null> {
    return this.#readings.from(meter, at)
  }

  lastReadings(): Promise<ReadonlyMap<string, LastReading>> {
    return this.#newest.all()
  }

  conflicts(meter: string, from: number, to: number): Promise<readonly Conflict[]> {
    return this.#conflicts.find(meter, from, to)
  }

  touched(limit: number): Promise<readonly TouchedWindow[]> {
    return this.#touched.first(limit)
  }

  touchedWaiting(): Promise<{ windows: number; hours: number }> {
    return this.#touched.waiting()
  }

  touch(windows: StoreBatch['touched']): Promise<void> {
    return this.#touched.append(windows)
  }

  /** A window is off the list only when its rollups are there. */
  async putRollups(rollups: readonly Rollup[], settled: readonly TouchedWindow[]): Promise<void> {
    const [refused] = await this.#changing(() => writeLines(this.#connection, rollupLines(rollups), 'ms'))
    if (refused !== undefined) throw new Error(`InfluxDB refuses a rollup: ${refused.reason}`)
    await this.#touched.settle(settled)
  }

  rollups(
    meters: readonly string[],
    grain: Rollup['grain'],
    from: number,
    to: number,
  ): Promise<readonly Rollup[]> {
    return findRollups(this.#connection, meters, grain, from, to)
  }

  quarantine(limit: number, after?: string): Promise<Page<Quarantined> | null> {
    return this.#quarantine.page(limit, after)
  }

  quarantineCount(): Promise<number> {
    return this.#quarantine.count()
  }

  async quarantinedIn(from: number, to: number): Promise<ReadonlyMap<IssueCode, number>> {
    return (await this.#quarantine.countByKind(from, to)) as ReadonlyMap<IssueCode, number>
  }

  addEntries(entries: readonly Entry[]): Promise<void> {
    return this.#entries.add(entries)
  }

  entries(): Promise<readonly Entry[]> {
    return this.#entries.all()
  }

  addToJournal(record: JournalRecord, touched: StoreBatch['touched']): Promise<void> {
    return this.#journal.add([record], () => this.#touched.linesOf(touched, '000000'))
  }

  journal(): Promise<readonly JournalRecord[]> {
    return this.#journal.all()
  }

  async dropReadings(from: number, to: number): Promise<void> {
    const span = [Math.max(from, always.from), Math.min(to, always.to)] as const
    for (const measurement of ['reading', 'conflict']) await this.#connection.delete(measurement, {}, ...span)
  }

  /** The figures that were made of them go with them. */
  async dropHours(from: number, to: number): Promise<void> {
    const span = [Math.max(from, always.from), Math.min(to, always.to)] as const
    await this.#changing(async () => {
      for (const measurement of ['consumption', 'usage', 'use'])
        await this.#connection.delete(measurement, { grain: 'hour' }, ...span)
    })
  }

  async #changing<T>(work: () => Promise<T>): Promise<T> {
    this.rollupEdition += 1
    try {
      return await work()
    } finally {
      this.rollupEdition += 1
    }
  }

  getNote(key: string): Promise<string | null> {
    return getNote(this.#connection, key)
  }

  putNote(key: string, value: string): Promise<void> {
    return putNote(this.#connection, key, value)
  }

  async close(): Promise<void> {
    this.#connection.close()
    this.#onClose()
  }

  /** Readings that the server does not take go where people look for what was refused. */
  #setAside(refused: readonly RefusedLine[], batches: readonly ReadingBatch[]): Quarantined[] {
    const [first] = refused
    if (first === undefined) return []
    this.#log.warn(
      { readings: refused.length, reason: first.reason },
      'InfluxDB refuses readings; they are in quarantine',
    )
    return refused.map(({ index, reason }) => setAside(...placeOf(index, batches), reason))
  }
}

const NO_READINGS: ReadingSeries = {
  at: new Float64Array(),
  value: new Float64Array(),
  unit: null,
  receivedAt: new Float64Array(),
}

/** The batch and the place in it of a line, by its number. */
function placeOf(index: number, batches: readonly ReadingBatch[]): [ReadingBatch, number] {
  let i = index
  for (const batch of batches) {
    if (i < batch.length) return [batch, i]
    i -= batch.length
  }
  throw new RangeError(`there is no line ${index}`)
}

/** The id is made of the reading: a replay of the spool sets the same one aside. */
function setAside(batch: ReadingBatch, i: number, reason: string): Quarantined {
  const meter = batch.meters[batch.meter[i] as number] as string
  const unit = batch.units[batch.unit[i] as number] as string
  const payload = JSON.stringify({
    at: new Date(batch.at[i] as number).toISOString(),
    value: batch.value[i],
    ...(unit !== '' && { unit }),
  })
  const drawn = createHash('sha256').update(`${meter} ${payload}`).digest('hex').slice(0, 16)
  return {
    id: `${batch.receivedAt}-${drawn}`,
    receivedAt: batch.receivedAt,
    topic: `facility/+/${meter}/reading`,
    payload,
    bytes: Buffer.byteLength(payload),
    readings: 1,
    issue: { code: 'store-refused', message: `InfluxDB does not take it: ${reason}` },
  }
}
