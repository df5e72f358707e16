import type { Connection } from './influx-connection.ts'
import { PointsRefused, TooLarge, unavailable } from './influx-errors.ts'

/** Lines sent at once at most. */
const LINES = 10_000
/** UTF-16 code units sent at once at most; InfluxDB takes 25 MB. */
const UNITS = 4_000_000
/** So many lines refused with none taken: is it the lines? */
const SUSPICIOUS = 8

/** A line that the server does not take, by its number among those given, and the server's reason. */
export interface RefusedLine {
  readonly index: number
  readonly reason: string
}

/**
 * Writes lines in order, in portions. A refused portion is halved until the lines at fault are found; the
 * rest is written. Rejects with StoreUnavailable where it isn't the lines: nothing is refused then.
 */
export async function writeLines(
  connection: Connection,
  lines: readonly string[],
  precision: 'ms' | 'ns',
): Promise<RefusedLine[]> {
  const sieve = new Sieve(connection, lines, precision)
  for (const [start, end] of portions(lines)) await sieve.write(start, end)
  return sieve.refused
}

class Sieve {
  readonly refused: RefusedLine[] = []
  readonly #connection: Connection
  readonly #lines: readonly string[]
  readonly #precision: 'ms' | 'ns'
  /** The server is known to take points, so a refusal is about the point. */
  #sound = false

  constructor(connection: Connection, lines: readonly string[], precision: 'ms' | 'ns') {
    this.#connection = connection
    this.#lines = lines
    this.#precision = precision
  }

  async write(start: number, end: number): Promise<void> {
    try {
      await this.#connection.write(this.#lines.slice(start, end), this.#precision)
      this.#sound = true
    } catch (error) {
      if (!(error instanceof PointsRefused || error instanceof TooLarge)) throw error
      if (end - start === 1) return this.#refuse(start, error.message)
      const middle = (start + end) >> 1
      await this.write(start, middle)
      await this.write(middle, end)
    }
  }

  /** A gateway that answers 400 to everything must not put everything aside. */
  async #refuse(index: number, reason: string): Promise<void> {
    this.refused.push({ index, reason })
    if (this.#sound || this.refused.length < SUSPICIOUS) return
    await this.#connection.write([`probe value=1 ${PROBE_AT}`], 'ms').catch((error) => {
      if (!(error instanceof PointsRefused || error instanceof TooLarge)) throw error
      throw unavailable('held', this.#connection.url, `it takes no point at all: ${error.message}`, error)
    })
    this.#sound = true
  }
}

const PROBE_AT = Date.UTC(2020, 0, 1)

function* portions(lines: readonly string[]): Generator<[number, number]> {
  let start = 0
  let units = 0
  for (let i = 0; i < lines.length; i += 1) {
    const length = (lines[i] as string).length + 1
    if (i > start && (i - start === LINES || units + length > UNITS)) {
      yield [start, i]
      start = i
      units = 0
    }
    units += length
  }
  if (lines.length > start) yield [start, lines.length]
}
