import { HOUR_MS } from '../core/window.ts'
import { columnNamed, openCsv } from './csv.ts'
import { DECIMAL_FORM, type Decimal, parseDecimal } from './decimal.ts'
import { FileError } from './input-file.ts'
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
 * left out: it is not known, which is not zero. Rejects on anything else that is no number, naming file,
 * line and value.
 */
export async function readHours(files: readonly string[], options: CsvOptions): Promise<HourRow[]> {
  const rows = (await Promise.all(files.map((file) => hoursOf(file, options)))).flat()
  rows.sort((a, b) => a.at - b.at)
  for (const [i, row] of rows.entries()) {
    const following = rows[i + 1]
    if (following === undefined || following.at >= row.at + HOUR_MS) continue
    const what = following.at === row.at ? 'stands twice' : 'begins before the hour before it is over'
    const at = new Date(following.at).toISOString()
    throw new FileError(
      `${following.where}: the hour from ${at} ${what} (see ${row.where}); rows are whole hours`,
    )
  }
  return rows
}

async function hoursOf(file: string, { zone, column }: CsvOptions): Promise<HourRow[]> {
  const { header, rows } = await openCsv(file)
  const valueAt = valueColumn(file, header, column)
  const timestamps = new Timestamps(zone)
  const hours: HourRow[] = []
  for await (const { cells, line } of rows) {
    const where = `${file}:${line}`
    if (cells.length > header.length && cells.slice(header.length).some((cell) => cell !== '')) {
      throw new FileError(
        `${where}: ${cells.length} cells, and the header has ${header.length}; a value that holds the delimiter must stand in quotes`,
      )
    }
    const [stamp = '', value = ''] = [cells[0], cells[valueAt]]
    const time = timestamps.read(stamp)
    if ('problem' in time) throw new FileError(`${where}: "${stamp}" ${time.problem}`)
    if (value === '') continue
    const amount = parseDecimal(value)
    if (amount === undefined) {
      throw new FileError(
        `${where}: "${value}" is no number; accepted is ${DECIMAL_FORM}, or nothing for a gap`,
      )
    }
    if (amount.units < 0n) throw new FileError(`${where}: "${value}" is negative; a register only counts up`)
    hours.push({ at: time.at, amount, where })
  }
  return hours
}

function valueColumn(file: string, header: readonly string[], column: string | undefined): number {
  if (header.length < 2) {
    throw new FileError(`${file}: only one column, "${header[0]}"; a timestamp and a value are expected`)
  }
  if (column !== undefined) return columnNamed(file, header, column)
  if (header.length === 2) return 1
  const known = header.slice(1).map((name) => `"${name}"`)
  throw new FileError(`${file}: several columns of values, ${known.join(', ')}; name the one to take`)
}
