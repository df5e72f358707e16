import type { Grain } from '../core/calendar.ts'
import type { Entry } from '../core/entry.ts'
import type { IssueCode } from '../core/issue.ts'
import type { JournalRecord } from '../core/meter-event.ts'
import type { Quarantined, ReadingBatch, ReadingSeries } from '../core/reading.ts'
import type { Rollup } from '../core/rollup.ts'
import type { Window } from '../core/window.ts'

/** What the writer hands over at once. It is on disk when `write` resolves, all of it or nothing. */
export interface StoreBatch {
  readonly readings: readonly ReadingBatch[]
  readonly touched: readonly Window[]
  readonly quarantined: readonly Quarantined[]
}

/**
 * Why a store takes nothing at the moment. `held`: somebody has to change something first, as where a
 * password is refused. `busy`: it is away or overloaded and will probably come back by itself.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  readonly code: 'held' | 'busy'
  /** The store asked not to be tried again before, milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: 'held' | 'busy',
    message: string,
    options: ErrorOptions & { retryAfterMs?: number } = {},
  ) {
    super(message, options)
    this.code = code
    this.retryAfterMs = options.retryAfterMs
  }
}

/** A window that waits to be recomputed. `ticket` tells it from a later touch of the same hours. */
export interface TouchedWindow extends Window {
  readonly ticket: number
}

/** A reading as it arrived, without its meter and instant. */
export interface Arrival {
  readonly value: number
  /** Empty for the meter's own. */
  readonly unit: string
  readonly receivedAt: number
}

export interface LastReading extends Arrival {
  readonly at: number
}

/** An instant of a meter for which different readings came. */
export interface Conflict {
  readonly at: number
  /** Two at least, oldest first; the last is the one that counts, and none says the same as the one before it. */
  readonly arrivals: readonly Arrival[]
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Where the next page begins, or null on the last one. */
  readonly next: string | null
}

/** A figure of a scope, to be read with a short query, or what something is called. Null where it is undefined. */
export interface FigurePoint {
  readonly measurement:
    | 'kpi'
    | 'usage'
    | 'target'
    | 'target_path'
    | 'scope'
    | 'member'
    | 'meter'
    | 'page'
    | 'balance'
    | 'night_flow'
    | 'meter_quality'
    | 'meter_state'
    | 'alert'
    | 'quarantined'
    | 'service'
    | 'use'
    | 'profile'
    | 'base_load'
    | 'shift'
    | 'free_cooling'
    | 'saving'
  readonly tags: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, number | string | null>>
  /** Start of the span, epoch milliseconds. */
  readonly at: number
}

export interface FigureSink {
  /**
   * Replaces points by measurement, tags and instant. A field that is null leaves nothing that a query
   * for known values (`known = 1`) finds.
   */
  put(points: readonly FigurePoint[]): Promise<void>
}

/**
 * Where everything is kept. One port, several adapters, one conformance suite
 * (`tests/store/conformance.ts`).
 *
 * - Instants are epoch milliseconds; spans are half-open.
 * - Writing the same thing twice leaves what writing it once left. Of two values for the same meter
 *   and instant the later arrival counts.
 * - A method rejects only when the infrastructure is broken; bad data never gets this far. A store behind a
 *   network rejects with a `StoreUnavailable`.
 */
export interface Store {
  /** For the ready line and the health call: `duckdb ./data/wattwell.duckdb`. */
  readonly name: string

  write(batch: StoreBatch): Promise<void>

  /** The readings of one meter in [from, to), oldest first, at most `limit`. */
  readings(meter: string, from: number, to: number, limit?: number): Promise<ReadingSeries>
  /** The readings of several meters in [from, to); a meter without any may be left out. */
  readingsOf(meters: readonly string[], from: number, to: number): Promise<ReadonlyMap<string, ReadingSeries>>
  /** The instant of the last reading before `at`, or null. */
  readingBefore(meter: string, at: number): Promise<number | null>
  /** The instant of the first reading at or after `at`, or null. */
  readingFrom(meter: string, at: number): Promise<number | null>
  /** The newest reading of every meter that has one. */
  lastReadings(): Promise<ReadonlyMap<string, LastReading>>

  /** Instants of a meter in [from, to) that came with different values or units, oldest first. */
  conflicts(meter: string, from: number, to: number): Promise<readonly Conflict[]>

  /** Windows that wait to be recomputed, longest waiting first. */
  touched(limit: number): Promise<readonly TouchedWindow[]>
  /** How much waits: windows, and the meter-hours in them. */
  touchedWaiting(): Promise<{ windows: number; hours: number }>
  /** Puts windows on the list without a reading, as when a meter's settings changed. */
  touch(windows: readonly Window[]): Promise<void>
  /** Writes rollups (by meter, grain and start) and takes the windows that they settle off the list, in one step. */
  putRollups(rollups: readonly Rollup[], settled: readonly TouchedWindow[]): Promise<void>
  /**
   * Another number as soon as this process begins to write or drop rollups, and again when that has ended: what
   * was reckoned from rollups still holds while it is the same.
   */
  readonly rollupEdition: number
  /** Rollups whose start is in [from, to), ordered by meter and start. */
  rollups(meters: readonly string[], grain: Grain, from: number, to: number): Promise<readonly Rollup[]>

  /** Refused messages, newest first; null where `after` is not the `next` of a page. */
  quarantine(limit: number, after?: string): Promise<Page<Quarantined> | null>
  quarantineCount(): Promise<number>
  /** How many messages were refused in [from, to), by why; a reason without any may be left out. */
  quarantinedIn(from: number, to: number): Promise<ReadonlyMap<IssueCode, number>>

  /**
   * Appends, in the order given; never overwrites. Writing an id again changes nothing. One step in a store
   * with transactions; elsewhere thousands may be left in part, and writing them again adds the rest.
   */
  addEntries(entries: readonly Entry[]): Promise<void>
  /**
   * All entries: those of one key in order of `enteredAt`, of which no two are the same. The same array as
   * long as nothing is added, and so cheap enough to be asked for with every figure.
   */
  entries(): Promise<readonly Entry[]>

  /**
   * Appends to the journal of meter events, and touches the windows that its figures hang on, in one step.
   * Writing an id again changes nothing in the journal.
   */
  addToJournal(record: JournalRecord, touched: readonly Window[]): Promise<void>
  /**
   * The whole journal in order of arrival; the same array as long as nothing is added. Cheap enough to be
   * asked for at every run of the aggregation, which must ask **after** it has taken its windows: then it
   * has every event that touched them.
   */
  journal(): Promise<readonly JournalRecord[]>

  /** Forgets the readings with instants in [from, to), and their conflicts, for ever; rollups and all else stay. */
  dropReadings(from: number, to: number): Promise<void>
  /** Forgets the hours that start in [from, to), for ever; days, months and years stay. */
  dropHours(from: number, to: number): Promise<void>

  /** Where others than this program read figures from the store, as Grafana does: where they are put for them. */
  readonly figures?: FigureSink
  /** Writes readings to a Parquet file; there where the store can do it. Resolves to their number. */
  exportParquet?(path: string, meters: readonly string[], from: number, to: number): Promise<number>

  /** A small value under a name, such as the fingerprint of the meters' settings. */
  getNote(key: string): Promise<string | null>
  putNote(key: string, value: string): Promise<void>

  close(): Promise<void>
}
