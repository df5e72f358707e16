import { type Entry, wholeEntry } from '../core/entry.ts'
import type { IssueCode } from '../core/issue.ts'
import type { JournalRecord } from '../core/meter-event.ts'
import type { Quarantined, ReadingSeries } from '../core/reading.ts'
import type { Rollup } from '../core/rollup.ts'
import { HOUR_MS } from '../core/window.ts'
import { conflictOf } from './arrivals.ts'
import { MemoryFigures } from './memory-figures.ts'
import type { Arrival, Conflict, LastReading, Page, Store, StoreBatch, TouchedWindow } from './store.ts'

/** A store that forgets everything when the process ends: for tests, and to hold the port to its word. */
export class MemoryStore implements Store {
  readonly name = 'memory'
  readonly figures = new MemoryFigures()
  rollupEdition = 0
  /** By meter and instant everything that arrived; the last counts. */
  readonly #readings = new Map<string, Map<number, Arrival[]>>()
  /** By meter and grain, then by start. */
  readonly #rollups = new Map<string, Map<number, Rollup>>()
  readonly #quarantine = new Map<string, Quarantined>()
  readonly #notes = new Map<string, string>()
  #entries: readonly Entry[] = []
  #journal: readonly JournalRecord[] = []
  #touched: TouchedWindow[] = []
  #ticket = 0

  async write({ readings, touched, quarantined }: StoreBatch): Promise<void> {
    for (const batch of readings) {
      for (let i = 0; i < batch.length; i += 1) {
        const meter = batch.meters[batch.meter[i] as number] as string
        const at = batch.at[i] as number
        const ofMeter = this.#readings.get(meter) ?? new Map<number, Arrival[]>()
        this.#readings.set(meter, ofMeter)
        const arrival = {
          value: batch.value[i] as number,
          unit: batch.units[batch.unit[i] as number] as string,
          receivedAt: batch.receivedAt,
        }
        ofMeter.set(at, [...(ofMeter.get(at) ?? []), arrival])
      }
    }
    for (const one of quarantined) this.#quarantine.set(one.id, one)
    await this.touch(touched)
  }

  async readings(
    meter: string,
    from: number,
    to: number,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<ReadingSeries> {
    const rows = this.#sorted(meter)
      .filter(([at]) => at >= from && at < to)
      .slice(0, limit)
    return {
      at: Float64Array.from(rows, ([at]) => at),
      value: Float64Array.from(rows, ([, kept]) => kept.value),
      unit: rows.some(([, kept]) => kept.unit !== '') ? rows.map(([, kept]) => kept.unit) : null,
      receivedAt: Float64Array.from(rows, ([, kept]) => kept.receivedAt),
    }
  }

  async readingsOf(
    meters: readonly string[],
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, ReadingSeries>> {
    return new Map(
      await Promise.all(meters.map(async (meter) => [meter, await this.readings(meter, from, to)] as const)),
    )
  }

  async readingBefore(meter: string, at: number): Promise<number | null> {
    return this.#sorted(meter).findLast(([instant]) => instant < at)?.[0] ?? null
  }

  async readingFrom(meter: string, at: number): Promise<number | null> {
    return this.#sorted(meter).find(([instant]) => instant >= at)?.[0] ?? null
  }

  async lastReadings(): Promise<ReadonlyMap<string, LastReading>> {
    return new Map(
      [...this.#readings.keys()].flatMap((meter) => {
        const newest = this.#sorted(meter).at(-1)
        return newest === undefined ? [] : [[meter, { at: newest[0], ...newest[1] }]]
      }),
    )
  }

  async conflicts(meter: string, from: number, to: number): Promise<readonly Conflict[]> {
    return [...(this.#readings.get(meter) ?? [])]
      .filter(([at]) => at >= from && at < to)
      .sort(([a], [b]) => a - b)
      .flatMap(([at, arrivals]) => conflictOf(at, arrivals) ?? [])
  }

  async touched(limit: number): Promise<readonly TouchedWindow[]> {
    return this.#touched.slice(0, limit)
  }

  async touchedWaiting(): Promise<{ windows: number; hours: number }> {
    const hours = this.#touched.reduce((sum, { from, to }) => sum + (to - from) / HOUR_MS, 0)
    return { windows: this.#touched.length, hours }
  }

  async touch(windows: StoreBatch['touched']): Promise<void> {
    for (const window of windows) {
      this.#ticket += 1
      this.#touched.push({ ...window, ticket: this.#ticket })
    }
  }

  async putRollups(rollups: readonly Rollup[], settled: readonly TouchedWindow[]): Promise<void> {
    this.rollupEdition += 1
    for (const rollup of rollups) {
      const key = `${rollup.grain}|${rollup.meter}`
      const ofMeter = this.#rollups.get(key) ?? new Map<number, Rollup>()
      this.#rollups.set(key, ofMeter.set(rollup.start, rollup))
    }
    const tickets = new Set(settled.map((window) => window.ticket))
    this.#touched = this.#touched.filter((window) => !tickets.has(window.ticket))
  }

  async rollups(
    meters: readonly string[],
    grain: string,
    from: number,
    to: number,
  ): Promise<readonly Rollup[]> {
    return [...new Set(meters)]
      .sort()
      .flatMap((meter) =>
        [...(this.#rollups.get(`${grain}|${meter}`)?.values() ?? [])]
          .filter(({ start }) => start >= from && start < to)
          .sort((a, b) => a.start - b.start),
      )
  }

  async quarantine(limit: number, after?: string): Promise<Page<Quarantined> | null> {
    const newestFirst = [...this.#quarantine.values()].reverse()
    return page(newestFirst, limit, after)
  }

  async quarantineCount(): Promise<number> {
    return this.#quarantine.size
  }

  async quarantinedIn(from: number, to: number): Promise<ReadonlyMap<IssueCode, number>> {
    const counts = new Map<IssueCode, number>()
    for (const { receivedAt, issue } of this.#quarantine.values()) {
      if (receivedAt >= from && receivedAt < to) counts.set(issue.code, (counts.get(issue.code) ?? 0) + 1)
    }
    return counts
  }

  async addEntries(entries: readonly Entry[]): Promise<void> {
    const there = new Set(this.#entries.map(({ id }) => id))
    const added = entries.filter(({ id }) => !there.has(id))
    if (added.length > 0) this.#entries = [...this.#entries, ...added.map(wholeEntry)]
  }

  async entries(): Promise<readonly Entry[]> {
    return this.#entries
  }

  async addToJournal(record: JournalRecord, touched: StoreBatch['touched']): Promise<void> {
    if (!this.#journal.some(({ id }) => id === record.id)) this.#journal = [...this.#journal, record]
    await this.touch(touched)
  }

  async journal(): Promise<readonly JournalRecord[]> {
    return this.#journal
  }

  async dropReadings(from: number, to: number): Promise<void> {
    for (const ofMeter of this.#readings.values()) {
      for (const at of ofMeter.keys()) if (at >= from && at < to) ofMeter.delete(at)
    }
  }

  async dropHours(from: number, to: number): Promise<void> {
    this.rollupEdition += 1
    for (const [key, ofMeter] of this.#rollups) {
      if (!key.startsWith('hour|')) continue
      for (const start of ofMeter.keys()) if (start >= from && start < to) ofMeter.delete(start)
    }
  }

  async getNote(key: string): Promise<string | null> {
    return this.#notes.get(key) ?? null
  }

  async putNote(key: string, value: string): Promise<void> {
    this.#notes.set(key, value)
  }

  async close(): Promise<void> {}

  #sorted(meter: string): [number, Arrival][] {
    return [...(this.#readings.get(meter) ?? [])]
      .map(([at, arrivals]): [number, Arrival] => [at, arrivals.at(-1) as Arrival])
      .sort(([a], [b]) => a - b)
  }
}

function page<Row extends { id: string }>(
  rows: Row[],
  limit: number,
  after: string | undefined,
): Page<Row> | null {
  const start = after === undefined ? 0 : rows.findIndex((row) => row.id === after) + 1
  if (after !== undefined && start === 0) return null
  const shown = rows.slice(start, start + limit)
  return { rows: shown, next: start + limit < rows.length ? (shown.at(-1)?.id ?? null) : null }
}
