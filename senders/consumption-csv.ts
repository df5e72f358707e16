import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { HOUR_MS } from '../core/window.ts'
import { DECIMAL_FORM, type Decimal, parseDecimal } from './decimal.ts'
import { Timestamps } from './timestamp.ts'

/** The consumption of the hour that begins at `at`. */
export interface HourRow {
  readonly at: number
  readonly amount: Decimal
  /** File and line, for messages. */
  readonly where: string
}

export interface CsvOptions {
  /** The zone of timestamps that state none. */
  readonly zone: string
  /** The column of the values, where there are several. */
  readonly column?: string | undefined
}

/**
 * The hours of one or more CSV files, in time order. An hour without a row, or with an empty cell, is
 * left out: it is not known, which is not zero. Throws on anything else that is no number, naming file,
 * line and value.
 */
export function readHours(files: readonly string[], options: CsvOptions): HourRow[] {
  const rows = files.flatMap((file) => hoursOf(file, textOf(file), options))
  rows.sort((a, b) => a.at - b.at)
  for (const [i, row] of rows.entries()) {
    const following = rows[i + 1]
    if (following === undefined || following.at >= row.at + HOUR_MS) continue
    const what = following.at === row.at ? 'stands twice' : 'begins before the hour before it is over'
    const at = new Date(following.at).toISOString()
    throw new Error(
      `${following.where}: the hour from ${at} ${what} (see ${row.where}); rows are whole hours`,
    )
  }
  return rows
}

function hoursOf(file: string, text: string, { zone, column }: CsvOptions): HourRow[] {
  const records = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }) as unknown as { record: string[]; info: { lines: number } }[]
  const header = records[0]?.record
  if (header === undefined) throw new Error(`${file}: empty; a header row and rows of hours are expected`)
  const valueAt = valueColumn(file, header, column)
  const timestamps = new Timestamps(zone)
  const rows: HourRow[] = []
  for (const { record, info } of records.slice(1)) {
    const where = `${file}:${info.lines}`
    const [stamp = '', value = ''] = [record[0], record[valueAt]]
    const time = timestamps.read(stamp)
    if ('problem' in time) throw new Error(`${where}: "${stamp}" ${time.problem}`)
    if (value === '') continue
    const amount = parseDecimal(value)
    if (amount === undefined) {
      throw new Error(`${where}: "${value}" is no number; accepted is ${DECIMAL_FORM}, or nothing for a gap`)
    }
    if (amount.units < 0n) throw new Error(`${where}: "${value}" is negative; a register only counts up`)
    rows.push({ at: time.at, amount, where })
  }
  return rows
}

function valueColumn(file: string, header: readonly string[], column: string | undefined): number {
  const values = header.slice(1)
  const known = values.map((name) => `"${name}"`).join(', ')
  if (column !== undefined) {
    const index = values.indexOf(column)
    if (index < 0) throw new Error(`${file}: no column "${column}"; there are ${known}`)
    return index + 1
  }
  if (values.length === 1) return 1
  throw new Error(
    values.length === 0
      ? `${file}: only one column, "${header[0]}"; a timestamp and a value are expected`
      : `${file}: several columns of values, ${known}; name the one to take`,
  )
}

function delimiterOf(text: string): string {
  const header = text.slice(0, text.indexOf('\n') + 1 || undefined)
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ','
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message
    throw new Error(`${file}: ${why}`)
  }
}
