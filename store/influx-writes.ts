import { RequestTimedOutError } from '@influxdata/influxdb-client'
import { HOUR_MS } from '../core/window.ts'
import type { Connection } from './influx-connection.ts'
import { PointsRefused, TooLarge, unavailable } from './influx-errors.ts'
import { StoreUnavailable } from './store.ts'

/** Lines that are made when they are sent: all those of a large batch at once cost the collector more than the making. */
export interface Lines {
  readonly length: number
  /** The lines of [start, end), with line breaks between them. */
  body(start: number, end: number): string
  /** How far a request goes that begins at `start` and ends at `last` at the latest. */
  endOfPortion(start: number, last: number): number
}

/** Lines sent at once at most, and at least: over a slow network fewer go through in time. */
const LINES_MOST = 10_000
const LINES_LEAST = 100
/** UTF-16 code units sent at once at most; InfluxDB takes 25 MB. */
const UNITS = 4_000_000
/** So many lines refused in a row: is it the lines? */
const SUSPICIOUS = 8

/** A line that the server does not take, by its number among those given, and the server's reason. */
export interface RefusedLine {
  readonly index: number
  readonly reason: string
}

/** Writes lines in order, for those who give up when it fails. */
export async function writeLines(
  connection: Connection,
  lines: readonly string[],
  precision: 'ms' | 'ns',
): Promise<readonly RefusedLine[]> {
  return new LineWrite(connection, new MadeLines(lines), precision).goOn()
}

/**
 * Lines on their way to the server, in order and in portions. A refused portion is halved until the lines
 * at fault are found; the rest is written.
 */
export class LineWrite {
  readonly #connection: Connection
  readonly #lines: Lines
  readonly #precision: 'ms' | 'ns'
  readonly #refused: RefusedLine[] = []
  /** The first line that is not dealt with. */
  #next = 0
  #portion = LINES_MOST
  /** Lines refused since the server last took something: whatever ails it may be over in between. */
  #doubtful: number[] = []

  constructor(connection: Connection, lines: Lines, precision: 'ms' | 'ns') {
    this.#connection = connection
    this.#lines = lines
    this.#precision = precision
  }

  /**
   * Goes on from where it stands, and resolves to the lines that are refused when all are dealt with.
   * Rejects with StoreUnavailable where it isn't the lines; it can be told to go on later.
   */
  async goOn(): Promise<readonly RefusedLine[]> {
    while (this.#next < this.#lines.length) {
      const last = Math.min(this.#next + this.#portion, this.#lines.length)
      const end = this.#lines.endOfPortion(this.#next, last)
      const refusedBefore = this.#refused.length
      this.#doubtful = []
      try {
        await this.#write(this.#next, end)
        if (this.#doubtful.length > 0) await this.#probe()
      } catch (error) {
        // The portion will be begun again, and its lines are then refused anew.
        this.#refused.length = refusedBefore
        if (timedOut(error)) this.#portion = Math.max(LINES_LEAST, (end - this.#next) >> 1)
        throw error
      }
      this.#next = end
      this.#portion = Math.min(LINES_MOST, this.#portion * 2)
    }
    return this.#refused
  }

  async #write(start: number, end: number): Promise<void> {
    try {
      await this.#connection.write(this.#lines.body(start, end), this.#precision)
    } catch (error) {
      if (!(error instanceof PointsRefused || error instanceof TooLarge)) throw error
      if (end - start === 1) return this.#doubt(start)
      const middle = (start + end) >> 1
      await this.#write(start, middle)
      await this.#write(middle, end)
      return
    }
    await this.#judge()
  }

  async #doubt(index: number): Promise<void> {
    this.#doubtful.push(index)
    if (this.#doubtful.length >= SUSPICIOUS) await this.#probe()
  }

  /** The server takes points: what it refuses once more is refused. */
  async #judge(): Promise<void> {
    const doubtful = this.#doubtful
    this.#doubtful = []
    for (const index of doubtful) {
      await this.#connection.write(this.#lines.body(index, index + 1), this.#precision).catch((error) => {
        if (!(error instanceof PointsRefused || error instanceof TooLarge)) throw error
        this.#refused.push({ index, reason: error.message })
      })
    }
  }

  /**
   * A refusal counts only when the server takes another point after it: a gateway that answers 400 to
   * everything must not put everything aside. The point is of this hour, because old ones may be refused.
   */
  async #probe(): Promise<void> {
    const at = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
    await this.#connection.write(`probe value=1 ${at}`, 'ms').catch((error) => {
      if (!(error instanceof PointsRefused || error instanceof TooLarge)) throw error
      throw unavailable('held', this.#connection.url, `it takes no point at all: ${error.message}`, error)
    })
    await this.#judge()
  }
}

function timedOut(error: unknown): boolean {
  return error instanceof StoreUnavailable && error.cause instanceof RequestTimedOutError
}

/** Lines that are there already, and may be long. */
class MadeLines implements Lines {
  readonly #lines: readonly string[]

  constructor(lines: readonly string[]) {
    this.#lines = lines
  }

  get length(): number {
    return this.#lines.length
  }

  body(start: number, end: number): string {
    return this.#lines.slice(start, end).join('\n')
  }

  endOfPortion(start: number, last: number): number {
    let units = 0
    for (let i = start; i < last; i += 1) {
      units += (this.#lines[i] as string).length + 1
      if (units > UNITS && i > start) return i
    }
    return last
  }
}
