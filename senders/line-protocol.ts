/** A point of InfluxDB's line protocol. */
export interface Point {
  readonly measurement: string
  readonly tags: ReadonlyMap<string, string>
  readonly fields: ReadonlyMap<string, number | string | boolean>
  /** A whole number, in whatever precision the file has; null where the line has none. */
  readonly time: string | null
}

/** A line that is no point: why, or that a text goes on in the next line. */
export type Unparsed = { readonly problem: string } | 'goes-on'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const INTEGER = /^[+-]?\d+[iu]$/
const TRUE = new Set(['t', 'T', 'true', 'True', 'TRUE'])
const FALSE = new Set(['f', 'F', 'false', 'False', 'FALSE'])

/**
 * Reads one line: `measurement,tag=value field=1,text="a" 1767225600000000000`. After
 * https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol: a backslash makes a comma, an
 * equals sign or a space part of a name, and a quote or a backslash part of a text; before anything else
 * it stands for itself.
 */
export function parseLine(line: string): Point | Unparsed {
  return new LineParser(line).parse()
}

class LineParser {
  readonly #line: string
  #at = 0

  constructor(line: string) {
    this.#line = line
  }

  parse(): Point | Unparsed {
    const measurement = this.#name(', ')
    if (measurement === '') return { problem: 'there is no measurement' }
    const tags = new Map<string, string>()
    while (this.#next() === ',') {
      this.#at += 1
      const key = this.#name('=, ')
      if (key === '' || this.#next() !== '=') return { problem: `the tag "${key}" has no value` }
      this.#at += 1
      tags.set(key, this.#name(', '))
    }
    if (!this.#spaces()) return { problem: 'there are no fields' }
    const fields = this.#fields()
    if (!(fields instanceof Map)) return fields
    this.#spaces()
    const time = this.#line.slice(this.#at).trimEnd()
    if (time !== '' && !/^-?\d+$/.test(time)) return { problem: `"${time}" is no time` }
    return { measurement, tags, fields, time: time === '' ? null : time }
  }

  #fields(): Map<string, number | string | boolean> | Unparsed {
    const fields = new Map<string, number | string | boolean>()
    for (;;) {
      const key = this.#name('=, ')
      if (key === '' || this.#next() !== '=') return { problem: `the field "${key}" has no value` }
      this.#at += 1
      const value = this.#next() === '"' ? this.#text() : this.#bare()
      if (value === undefined) return 'goes-on'
      if (typeof value === 'object') return { problem: `the field "${key}" is ${value.problem}` }
      fields.set(key, value)
      if (this.#next() !== ',') return fields
      this.#at += 1
    }
  }

  #next(): string | undefined {
    return this.#line[this.#at]
  }

  /** False where there is none. */
  #spaces(): boolean {
    const start = this.#at
    while (this.#next() === ' ') this.#at += 1
    return this.#at > start
  }

  /** A name up to one of `ends` or the end of the line. */
  #name(ends: string): string {
    let name = ''
    for (let next = this.#next(); next !== undefined && !ends.includes(next); next = this.#next()) {
      const escaped = this.#line[this.#at + 1]
      if (next === '\\' && escaped !== undefined && ', ='.includes(escaped)) {
        name += escaped
        this.#at += 2
      } else {
        name += next
        this.#at += 1
      }
    }
    return name
  }

  /** A text in quotes; undefined where the line ends within. */
  #text(): string | undefined {
    let text = ''
    for (this.#at += 1; this.#at < this.#line.length; this.#at += 1) {
      const next = this.#line[this.#at] as string
      const escaped = this.#line[this.#at + 1]
      if (next === '"') {
        this.#at += 1
        return text
      }
      if (next === '\\' && (escaped === '"' || escaped === '\\')) {
        text += escaped
        this.#at += 1
      } else text += next
    }
    return undefined
  }

  #bare(): number | boolean | { problem: string } {
    const start = this.#at
    while (this.#at < this.#line.length && this.#next() !== ',' && this.#next() !== ' ') this.#at += 1
    const bare = this.#line.slice(start, this.#at)
    if (TRUE.has(bare)) return true
    if (FALSE.has(bare)) return false
    const number = INTEGER.test(bare) ? Number(bare.slice(0, -1)) : NUMBER.test(bare) ? Number(bare) : null
    if (number !== null && Number.isFinite(number)) return number
    return { problem: `"${bare}", which is no number, text in quotes, true or false` }
  }
}
