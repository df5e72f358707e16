import { type CsvFile, type CsvRow, columnNamed, openCsv } from './csv.ts'
import { DECIMAL_FORM, parseDecimal } from './decimal.ts'
import {
  epochMs,
  type FileReading,
  type FileRow,
  type FileRows,
  likelyPrecision,
  type Precision,
  type RowProblem,
} from './file-rows.ts'
import { FileError } from './input-file.ts'
import { Timestamps } from './timestamp.ts'

/** How a CSV file is laid out. */
export type CsvLayout =
  /** Each row a reading of one and the same meter. */
  | { readonly kind: 'one-meter'; readonly meter: string; readonly value?: string | undefined }
  /** Each row a reading of the meter that a column names. */
  | { readonly kind: 'long'; readonly meterColumn: string; readonly value?: string | undefined }
  /** Each row an instant, with a column for each meter: those named, or all. */
  | { readonly kind: 'wide'; readonly columns: 'all' | readonly string[] }

export interface CsvRowsOptions {
  readonly layout: CsvLayout
  /** The column of times; the first one where left out. */
  readonly time?: string | undefined
  /** The meter that a column of a wide file, or a name in a long one, stands for; undefined where there is none. */
  readonly meterOf: (name: string) => string | undefined
  /** Empty: the meters' own. */
  readonly unit: string
  /** Of times without an offset; null where there must be none. */
  readonly zone: string | null
  /** Of times that are whole numbers; without it such a time is refused. */
  readonly precision?: Precision | undefined
  readonly decimalComma: boolean
}

/** A column of values, and whose they are where that does not stand in the row. */
interface ValueColumn {
  readonly index: number
  readonly name: string
  readonly meter: string | null
}

/** The readings of a CSV file, row by row. Rejects with a FileError where its header does not fit. */
export async function csvRows(path: string, options: CsvRowsOptions): Promise<FileRows> {
  const file = await openCsv(path)
  try {
    const layout = new Layout(path, file.header, options)
    return { rows: rowsOf(file, layout), position: file.input.position, size: file.input.size }
  } catch (error) {
    file.input.content.destroy()
    throw error
  }
}

async function* rowsOf({ rows }: CsvFile, layout: Layout): AsyncGenerator<FileRow> {
  for await (const row of rows) yield layout.read(row)
}

class Layout {
  readonly #options: CsvRowsOptions
  readonly #header: readonly string[]
  readonly #time: number
  readonly #meter: number | null
  readonly #values: readonly ValueColumn[]
  /** Of each meter its own: the hour that comes twice is told by the row of the same meter before. */
  readonly #timestamps = new Map<string, Timestamps>()

  constructor(path: string, header: readonly string[], options: CsvRowsOptions) {
    const { layout, time } = options
    this.#options = options
    this.#header = header
    this.#time = time === undefined ? 0 : columnNamed(path, header, time)
    this.#meter = layout.kind === 'long' ? columnNamed(path, header, layout.meterColumn) : null
    this.#values = this.#valueColumns(path, layout)
  }

  read({ cells, line }: CsvRow): FileRow {
    const problems: RowProblem[] = []
    const readings: FileReading[] = []
    // A comma within a number moves all that follows it into the wrong columns; one at the end of a row doesn't.
    if (cells.length > this.#header.length && cells.slice(this.#header.length).some((cell) => cell !== '')) {
      problems.push({ kind: 'no-row', message: this.#tooLong(cells.length) })
      return { line, readings, problems }
    }
    const stamp = cells[this.#time] ?? ''
    const found = this.#meter === null ? '' : (cells[this.#meter] ?? '')
    const named = this.#meter === null ? null : (this.#options.meterOf(found) ?? null)
    if (this.#meter !== null && named === null) {
      problems.push({ kind: 'no-meter', message: `"${found}" is no meter of the configuration` })
      return { line, readings, problems }
    }
    const time = this.#timeOf(stamp, named ?? '')
    if ('problem' in time) {
      const column = this.#header[this.#time]
      problems.push({ kind: 'no-time', message: `column "${column}": "${stamp}" ${time.problem}` })
      return { line, readings, problems }
    }
    for (const { index, name, meter } of this.#values) {
      const cell = cells[index]
      // An empty cell is a time at which the meter was not read.
      if (cell === '') continue
      const value = cell === undefined ? undefined : this.#numberOf(cell)
      if (value === undefined) problems.push({ kind: 'no-number', message: this.#noNumber(name, cell) })
      else {
        readings.push({ meter: (meter ?? named) as string, at: time.at, value, unit: this.#options.unit })
      }
    }
    return { line, readings, problems }
  }

  #valueColumns(path: string, layout: CsvLayout): ValueColumn[] {
    if (layout.kind === 'wide') return this.#meterColumns(path, layout.columns)
    const meter = layout.kind === 'one-meter' ? layout.meter : null
    const column = (index: number) => ({ index, name: this.#header[index] as string, meter })
    if (layout.value !== undefined) return [column(columnNamed(path, this.#header, layout.value))]
    const others = [...this.#header.keys()].filter((i) => i !== this.#time && i !== this.#meter)
    if (others.length === 1) return [column(others[0] as number)]
    const known = this.#header.map((name) => `"${name}"`).join(', ')
    throw new FileError(`${path}: which column holds the values? Say it with --value; there are ${known}`)
  }

  #meterColumns(path: string, columns: 'all' | readonly string[]): ValueColumn[] {
    const names = columns === 'all' ? this.#header.filter((_, i) => i !== this.#time) : columns
    const found = names.map((name) => ({
      index: columnNamed(path, this.#header, name),
      name,
      meter: this.#options.meterOf(name) ?? null,
    }))
    const strangers = found.filter(({ meter }) => meter === null).map(({ name }) => `"${name}"`)
    if (strangers.length === 0) return found
    throw new FileError(
      `${path}: ${strangers.join(', ')}: no such meter in the configuration; name the columns to take with --map <column>=<meter>`,
    )
  }

  #timeOf(stamp: string, meter: string): { at: number } | { problem: string } {
    const { precision, zone } = this.#options
    if (/^-?\d+$/.test(stamp)) {
      const likely = likelyPrecision(stamp, precision)
      const hint = likely === undefined ? '' : `; it looks like --precision ${likely}`
      if (precision === undefined) return { problem: `is a number, and --precision is not given${hint}` }
      if (hint !== '') return { problem: `is no time in ${precision}${hint}` }
      return { at: epochMs(stamp, precision) }
    }
    let timestamps = this.#timestamps.get(meter)
    if (timestamps === undefined) {
      timestamps = new Timestamps(zone)
      this.#timestamps.set(meter, timestamps)
    }
    return timestamps.read(stamp)
  }

  #numberOf(cell: string): number | undefined {
    const point = this.#options.decimalComma
      ? cell.includes('.')
        ? undefined
        : cell.replace(',', '.')
      : cell
    if (point === undefined || parseDecimal(point) === undefined) return undefined
    return Number.isFinite(Number(point)) ? Number(point) : undefined
  }

  #tooLong(cells: number): string {
    return `the row has ${cells} cells, and the header ${this.#header.length}; a value that holds the delimiter, as a decimal comma can be, must stand in quotes`
  }

  #noNumber(column: string, cell: string | undefined): string {
    const form = this.#options.decimalComma
      ? 'a number such as 12, 12,5 or 1,25e3, without separators of thousands'
      : DECIMAL_FORM
    if (cell === undefined) {
      return `column "${column}" is missing: the row has fewer cells than the header's ${this.#header.length}`
    }
    const comma = !this.#options.decimalComma && /^[+-]?\d+,\d+$/.test(cell)
    return `column "${column}": "${cell}" is no number; accepted is ${form}, or nothing${comma ? '; a decimal comma needs --decimal-comma' : ''}`
  }
}
