import { setTimeout as sleep } from 'node:timers/promises'
import type { ReadingBatch } from '../core/reading.ts'
import { HOUR_MS, type Window } from '../core/window.ts'
import type { Connection } from './influx-connection.ts'
import { oneOf } from './influx-lines.ts'
import { always } from './influx-spans.ts'
import type { LastReading } from './store.ts'

/** More meters than this aren't named one by one. */
const NAMED_MOST = 500
/** How often, and after which pause, a meter is asked for whose point has only come in part. */
const ASKED_AGAIN = 3
const PAUSE_MS = 50
const RECENT_MS = 31 * 24 * HOUR_MS

/**
 * The newest reading of each meter. Asking for it would read every meter's history, so it is remembered:
 * what this process wrote, and what others did by the windows that they touched.
 */
export class NewestReadings {
  readonly #connection: Connection
  readonly #known = new Map<string, LastReading>()
  /** Meters that another process may have written to, and from when on to look. */
  readonly #stale = new Map<string, number>()
  #loaded: Promise<void> | null = null

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async all(): Promise<ReadonlyMap<string, LastReading>> {
    await this.#load()
    await this.#refresh()
    return this.#known
  }

  /**
   * What this process knows without asking again, whatever others have written since. 3 Core cannot be
   * asked for what was there before.
   */
  async remembered(): Promise<ReadonlyMap<string, LastReading>> {
    if ((await this.#connection.dialect()).filesMost === null) await this.#load()
    return this.#known
  }

  async #load(): Promise<void> {
    this.#loaded ??= this.#loadNow().catch((error) => {
      this.#loaded = null
      throw error
    })
    await this.#loaded
  }

  /** To be called when a batch has been written. */
  wrote(batch: ReadingBatch): void {
    const newest: number[] = new Array(batch.meters.length).fill(-1)
    for (let i = 0; i < batch.length; i += 1) {
      const before = newest[batch.meter[i] as number] as number
      if (before === -1 || (batch.at[i] as number) >= (batch.at[before] as number)) {
        newest[batch.meter[i] as number] = i
      }
    }
    for (const i of newest) {
      if (i === -1) continue
      this.#learn(batch.meters[batch.meter[i] as number] as string, {
        at: batch.at[i] as number,
        value: batch.value[i] as number,
        unit: batch.units[batch.unit[i] as number] as string,
        receivedAt: batch.receivedAt,
      })
    }
  }

  /** To be called with windows that another process touched. */
  touched({ meter, to }: Window): void {
    const last = this.#known.get(meter)
    if (last === undefined || to > last.at) this.#stale.set(meter, last?.at ?? always.from)
  }

  #learn(meter: string, reading: LastReading): void {
    const last = this.#known.get(meter)
    if (last === undefined || reading.at >= last.at) this.#known.set(meter, reading)
  }

  async #loadNow(): Promise<void> {
    // All that is there by now is read, whoever wrote it.
    this.#stale.clear()
    const now = Date.now()
    const [names] = await this.#connection.query('SHOW TAG VALUES FROM "reading" WITH KEY = "meter"')
    const meters = (names?.rows ?? []).map((row) => String(row[1]))
    await this.#ask(null, now - RECENT_MS, always.to)
    const silent = meters.filter((meter) => !this.#known.has(meter))
    for (let i = 0; i < silent.length; i += NAMED_MOST) {
      await this.#ask(silent.slice(i, i + NAMED_MOST), always.from, now - RECENT_MS)
    }
  }

  async #refresh(): Promise<void> {
    if (this.#stale.size === 0) return
    const stale = new Map(this.#stale)
    this.#stale.clear()
    try {
      const from = Math.min(...stale.values())
      await this.#ask(stale.size > NAMED_MOST ? null : [...stale.keys()], from, always.to)
    } catch (error) {
      for (const [meter, at] of stale) if (!this.#stale.has(meter)) this.#stale.set(meter, at)
      throw error
    }
  }

  /**
   * While points are written, InfluxDB 1.x answers some of their fields and not yet the others. Such meters are
   * asked again, and where nothing whole comes of that, with the next call.
   */
  async #ask(meters: readonly string[] | null, from: number, to: number): Promise<void> {
    let torn = await this.#askOnce(meters, from, to)
    for (let again = 0; torn.length > 0 && again < ASKED_AGAIN; again += 1) {
      await sleep(PAUSE_MS)
      torn = await this.#askOnce(torn.length > NAMED_MOST ? null : torn, from, to)
    }
    for (const meter of torn) this.#stale.set(meter, Math.min(from, this.#stale.get(meter) ?? from))
  }

  /** Resolves to the meters whose newest point did not come whole. */
  async #askOnce(meters: readonly string[] | null, from: number, to: number): Promise<string[]> {
    const named = meters === null ? '' : `${oneOf('meter', meters)} AND `
    const series = await this.#connection.query(
      `SELECT "value", "received", "unit" FROM "reading" WHERE ${named}time >= ${Math.ceil(from)}ms AND time < ${Math.ceil(to)}ms GROUP BY "meter" ORDER BY time DESC LIMIT 1`,
    )
    const torn: string[] = []
    for (const { tags, rows } of series) {
      const meter = tags.meter as string
      const [at, value, receivedAt, unit] = rows[0] as [number, number | null, number | null, string | null]
      if (value === null || receivedAt === null || unit === null) torn.push(meter)
      else this.#learn(meter, { at, value, receivedAt, unit })
    }
    return torn
  }
}
