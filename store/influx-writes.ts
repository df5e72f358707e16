import { RequestTimedOutError } from '@influxdata/influxdb-client'
import type { Connection } from './influx-connection.ts'
import { PointsRefused, TooLarge, unavailable } from './influx-errors.ts'
import { StoreUnavailable } from './store.ts'

/** Lines sent at once at most, and at least: over a slow network fewer go through in time. */
const LINES_MOST = 10_000
const LINES_LEAST = 100
/** UTF-16 code units sent at once at most; InfluxDB takes 25 MB. */
const UNITS = 4_000_000
/** So many lines refused with none taken: is it the lines? */
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
  return new LineWrite(connection, lines, precision).goOn()
}

/**
 * Lines on their way to the server, in order and in portions. A refused portion is halved until the lines
 * at fault are found; the rest is written.
 */
export class LineWrite {
  readonly #connection: Connection
  readonly #lines: readonly string[]
  readonly #precision: 'ms' | 'ns'
  readonly #refused: RefusedLine[] = []
  /** The first line that is not dealt with. */
  #next = 0
  #portion = LINES_MOST
  /** The server is known to take points, so a refusal is about the point. */
  #sound = false

  constructor(connection: Connection, lines: readonly string[], precision: 'ms' | 'ns') {
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
      const end = this.#endOfPortion()
      try {
        await this.#write(this.#next, end)
      } catch (error) {
        if (timedOut(error)) this.#portion = Math.max(LINES_LEAST, (end - this.#next) >> 1)
        throw error
      }
      this.#next = end
      this.#portion = Math.min(LINES_MOST, this.#portion * 2)
    }
    return this.#refused
  }

  #endOfPortion(): number {
    const last = Math.min(this.#next + this.#portion, this.#lines.length)
    let units = 0
    for (let i = this.#next; i < last; i += 1) {
      units += (this.#lines[i] as string).length + 1
      if (units > UNITS && i > this.#next) return i
    }
    return last
  }

  async #write(start: number, end: number): Promise<void> {
    const refusedBefore = this.#refused.length
    try {
      await this.#connection.write(this.#lines.slice(start, end), this.#precision)
      this.#sound = true
    } catch (error) {
      if (!(error instanceof PointsRefused || error instanceof TooLarge)) throw error
      if (end - start === 1) return this.#refuse(start, error.message)
      const middle = (start + end) >> 1
      try {
        await this.#write(start, middle)
        await this.#write(middle, end)
      } catch (failure) {
        // The portion will be begun again, and its lines are then refused anew.
        this.#refused.length = refusedBefore
        throw failure
      }
    }
  }

  /** A gateway that answers 400 to everything must not put everything aside. */
  async #refuse(index: number, reason: string): Promise<void> {
    this.#refused.push({ index, reason })
    if (this.#sound || this.#refused.length < SUSPICIOUS) return
    await this.#connection.write([`probe value=1 ${PROBE_AT}`], 'ms').catch((error) => {
      if (!(error instanceof PointsRefused || error instanceof TooLarge)) throw error
      throw unavailable('held', this.#connection.url, `it takes no point at all: ${error.message}`, error)
    })
    this.#sound = true
  }
}

const PROBE_AT = Date.UTC(2020, 0, 1)

function timedOut(error: unknown): boolean {
  return error instanceof StoreUnavailable && error.cause instanceof RequestTimedOutError
}
