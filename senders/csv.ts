import { pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { delimiterOf } from '../core/csv-delimiter.ts'
import { FileError, type InputFile, openInput, unreadable } from './input-file.ts'

/** A row of a CSV file: its cells, and the line that it ends on. */
export interface CsvRow {
  readonly cells: readonly string[]
  readonly line: number
}

/** A CSV file whose header has been read. */
export interface CsvFile {
  readonly header: readonly string[]
  /** The rows after the header, once. */
  readonly rows: AsyncIterable<CsvRow>
  readonly input: InputFile
}

interface ParsedRow {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

/** Opens a CSV file of commas, semicolons or tabs. Rejects with a FileError where it has no header. */
export async function openCsv(path: string): Promise<CsvFile> {
  const input = await openInput(path)
  try {
    const parser = parse({
      bom: true,
      delimiter: delimiterOf(input.head),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
    pipeline(input.content, parser, () => {})
    const parsed = parser[Symbol.asyncIterator]() as AsyncIterableIterator<ParsedRow>
    const first = await parsed.next()
    if (first.done) throw new FileError(`${path}: empty; a header row and rows of values are expected`)
    return { header: first.value.record, rows: rowsOf(path, parsed), input }
  } catch (error) {
    input.content.destroy()
    throw readable(path, error)
  }
}

async function* rowsOf(path: string, parsed: AsyncIterableIterator<ParsedRow>): AsyncGenerator<CsvRow> {
  try {
    for await (const { record, info } of parsed) yield { cells: record, line: info.lines }
  } catch (error) {
    throw readable(path, error)
  }
}

function readable(path: string, error: unknown): FileError {
  if (!(error instanceof CsvError)) return unreadable(path, error)
  const line = 'lines' in error ? `:${error.lines}` : ''
  return new FileError(`${path}${line}: not CSV: ${error.message}`, { cause: error })
}

/** The place of a column. Throws a FileError that names those that there are, or where there are two of that name. */
export function columnNamed(path: string, header: readonly string[], name: string): number {
  const index = header.indexOf(name)
  if (index !== header.lastIndexOf(name)) {
    throw new FileError(`${path}: two columns "${name}"; each needs a name of its own`)
  }
  if (index >= 0) return index
  const known = header.map((column) => `"${column}"`).join(', ')
  throw new FileError(`${path}: no column "${name}"; there are ${known}`)
}
