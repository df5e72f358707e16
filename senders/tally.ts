import type { FileRow } from './file-rows.ts'

/** Lines named for each kind of what was refused. */
const LINES_SHOWN = 5

interface Counted {
  readings: number
  first: number
  last: number
}

interface RefusedKind {
  count: number
  readonly lines: number[]
  /** The text of the first. */
  readonly message: string
}

/** Counts what a file gives, by meter, and what of it is refused, by kind. */
export class Tally {
  readonly #meters = new Map<string, Counted>()
  readonly #refused = new Map<string, Map<string, RefusedKind>>()
  readonly #passedOver = new Map<string, number>()
  readings = 0
  refused = 0

  reading(meter: string, at: number): void {
    this.readings += 1
    const seen = this.#meters.get(meter)
    if (seen === undefined) this.#meters.set(meter, { readings: 1, first: at, last: at })
    else {
      seen.readings += 1
      seen.first = Math.min(seen.first, at)
      seen.last = Math.max(seen.last, at)
    }
  }

  /** `meter`: empty where none is known. */
  refuse(meter: string, kind: string, line: number, message: string): void {
    this.refused += 1
    const kinds = this.#refused.get(meter) ?? new Map<string, RefusedKind>()
    this.#refused.set(meter, kinds)
    const same = kinds.get(kind)
    if (same === undefined) {
      kinds.set(kind, { count: 1, lines: [line], message })
      return
    }
    same.count += 1
    if (same.lines.length < LINES_SHOWN) same.lines.push(line)
  }

  /** What in a row is no reading. */
  row(line: number, problems: FileRow['problems'], passedOver: FileRow['passedOver']): void {
    for (const { kind, message } of problems) this.refuse('', kind, line, message)
    if (passedOver === undefined) return
    this.#passedOver.set(passedOver, (this.#passedOver.get(passedOver) ?? 0) + 1)
  }

  get meters(): string[] {
    return [...this.#meters.keys()]
  }

  /** From the first to the last reading; null where there is none. */
  get span(): { first: number; last: number } | null {
    const all = [...this.#meters.values()]
    if (all.length === 0) return null
    return {
      first: all.reduce((first, counted) => Math.min(first, counted.first), Number.POSITIVE_INFINITY),
      last: all.reduce((last, counted) => Math.max(last, counted.last), Number.NEGATIVE_INFINITY),
    }
  }

  /** A line for each meter. */
  meterLines(): string[] {
    const width = Math.max(0, ...[...this.#meters.keys()].map((meter) => meter.length))
    return [...this.#meters].map(
      ([meter, { readings, first, last }]) =>
        `${meter.padEnd(width)}  ${counted(readings, 'reading')}, ${time(first)} to ${time(last)}`,
    )
  }

  /** A line for each kind of what was refused, and for what was passed over. */
  refusedLines(): string[] {
    const refused = [...this.#refused].flatMap(([meter, kinds]) =>
      [...kinds].map(([kind, { count, lines, message }]) => {
        const more = count > lines.length ? ', …' : ''
        const where = `line${count === 1 ? '' : 's'} ${lines.join(', ')}${more}`
        return `refused: ${count.toLocaleString('en-US')} ${kind}${meter === '' ? '' : ` of ${meter}`}, ${where}: ${message}`
      }),
    )
    const passedOver = [...this.#passedOver].map(
      ([what, count]) => `passed over: ${count.toLocaleString('en-US')} ${what}`,
    )
    return [...refused, ...passedOver]
  }
}

/** `1 reading`, `1,200 readings`. */
export function counted(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}

function time(at: number): string {
  return new Date(at).toISOString()
}
