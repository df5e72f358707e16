import { CsvError, parse } from 'csv-parse/sync'
import { delimiterOf } from '../core/csv-delimiter.ts'
import type { RowProblem } from './problems.ts'

/** The columns of a file of entries. */
export const entryColumns = [
  'scope',
  'quantity',
  'kind',
  'item',
  'period',
  'value',
  'unit',
  'source',
  'note',
  'by',
] as const
export type EntryColumn = (typeof entryColumns)[number]

const NEEDED: readonly EntryColumn[] = ['scope', 'quantity', 'period', 'value', 'unit', 'source']

/** A row as it stands in a file; a column that the file lacks is empty. */
export interface CsvEntry {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly row: number
  readonly cells: Readonly<Record<EntryColumn, string>>
}

/** What a CSV text holds, and what of it cannot be read. */
export interface EntryCsv {
  /** Rows with anything in them, without the header. */
  readonly length: number
  readonly rows: readonly CsvEntry[]
  readonly problems: readonly RowProblem[]
}

/** The rows of a CSV text. Commas, semicolons or tabs, told by the header. */
export function readEntryCsv(text: string): EntryCsv {
  const bare = text.replace(/^\ufeff/, '')
  const encoding = checkEncoding(bare)
  if (encoding.length > 0) return { length: 0, rows: [], problems: encoding }
  let records: string[][]
  try {
    records = parse(bare, { delimiter: delimiterOf(bare), relax_column_count: true, trim: true })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = 'lines' in error ? Number(error.lines) : 1
    return { length: 0, rows: [], problems: [problem(row, '', '', `It is not CSV: ${error.message}`)] }
  }
  const [header = [], ...body] = records
  const columns = header.map((name) => name.toLowerCase())
  const problems = checkHeader(columns)
  if (problems.length > 0) return { length: 0, rows: [], problems }
  const rows: CsvEntry[] = []
  for (const [i, cells] of body.entries()) {
    const row = i + 2
    if (cells.every((cell) => cell === '')) continue
    if (cells.length > columns.length) problems.push(tooLong(row, cells, columns))
    else rows.push({ row, cells: cellsOf(cells, columns) })
  }
  return { length: rows.length + problems.length, rows, problems }
}

/** The number of a cell, or why it is none. */
export function numberOf(cell: string): { value: number } | { message: string } {
  if (cell === '')
    return { message: 'It is missing. Where nothing is known leave the row out; a zero is a figure.' }
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(cell)) return { value: Number(cell) }
  const form = 'write it with a point and without separators, such as 12345.6'
  if (/^[+-]?\d+,\d+$/.test(cell))
    return { message: `A comma may be a decimal comma or separate thousands: ${form}.` }
  if (/^[+-]?\d{1,3}([ ,.'\u00a0\u2009\u202f’_]\d{3})+([.,]\d+)?$/.test(cell))
    return { message: `It has separators of thousands: ${form}.` }
  return { message: `It is no number: ${form}.` }
}

function problem(
  row: number,
  column: string,
  value: string,
  message: string,
  accepted?: readonly string[],
): RowProblem {
  return { row, column, value, message, ...(accepted !== undefined && { accepted }) }
}

/** Bytes that are no UTF-8 have become U+FFFD; UTF-16 has a zero in every Latin letter. */
function checkEncoding(text: string): RowProblem[] {
  const at = text.search(/[\ufffd\0]/)
  if (at < 0) return []
  const row = text.slice(0, at).split('\n').length
  return [problem(row, '', '', 'It is not UTF-8. Save the file as "CSV UTF-8".')]
}

function checkHeader(columns: readonly string[]): RowProblem[] {
  if (columns.every((name) => name === '')) {
    return [
      problem(1, '', '', 'The file is empty: a header row and rows of entries are expected.', entryColumns),
    ]
  }
  const named = columns.filter((name) => name !== '')
  return [
    ...[...new Set(named)].flatMap((name) => {
      if (!entryColumns.some((column) => column === name))
        return problem(1, name, name, 'There is no such column.', entryColumns)
      return named.indexOf(name) === named.lastIndexOf(name) ? [] : problem(1, name, name, 'It stands twice.')
    }),
    ...NEEDED.filter((name) => !named.includes(name)).map((name) =>
      problem(1, name, '', 'The column is missing.'),
    ),
  ]
}

function tooLong(row: number, cells: readonly string[], columns: readonly string[]): RowProblem {
  const message = `The row has ${cells.length} cells, and the header ${columns.length}; a text or number that holds the delimiter must stand in quotes.`
  return problem(row, '', cells[columns.length] ?? '', message)
}

function cellsOf(cells: readonly string[], columns: readonly string[]): CsvEntry['cells'] {
  const found = entryColumns.map((name) => [name, cells[columns.indexOf(name)] ?? ''] as const)
  return Object.fromEntries(found) as Record<EntryColumn, string>
}
