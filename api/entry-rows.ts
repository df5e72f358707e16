import { entryKey } from '../core/entry.ts'
import { checkEntry } from '../core/entry-check.ts'
import type { EntryDraft } from '../core/entry-versions.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { type CsvEntry, numberOf, readEntryCsv } from './entry-csv.ts'
import { newEntry } from './entry-schemas.ts'
import type { RowProblem } from './problems.ts'

/** So many problems of rows are told; a file in the wrong form has one in every row. */
const PROBLEMS_MOST = 1000

/** A row of a file that can be entered. */
export interface DraftRow {
  readonly row: number
  readonly draft: EntryDraft
}

/** What a file of entries comes to. */
export interface EntryFile {
  /** Rows with anything in them, without the header. */
  readonly length: number
  /** Those without a problem. */
  readonly drafts: readonly DraftRow[]
  /** In order of rows, the first thousand. */
  readonly problems: readonly RowProblem[]
}

/** Reads and checks a CSV text as `POST /entries` checks each of its rows. `by` is said where a row names nobody. */
export function entryFile(text: string, organisation: Organisation, now: number, by: string): EntryFile {
  const { length, rows, problems } = readEntryCsv(text)
  const all = [...problems]
  const note = (problem: RowProblem) => {
    if (all.length < PROBLEMS_MOST) all.push(problem)
  }
  const drafts: DraftRow[] = []
  const rowOfKey = new Map<string, number>()
  for (const entry of rows) {
    const read = draftOf(entry, organisation, now, by)
    if ('problems' in read) {
      read.problems.forEach(note)
      continue
    }
    const key = entryKey(read.draft)
    const other = rowOfKey.get(key)
    if (other === undefined) {
      rowOfKey.set(key, entry.row)
      drafts.push({ row: entry.row, draft: read.draft })
      continue
    }
    const message = `Row ${other} has the same scope, quantity, kind, item and period. Tell them apart by the item.`
    note({ row: entry.row, column: 'period', value: entry.cells.period, message })
  }
  return { length, drafts, problems: all.sort((a, b) => a.row - b.row) }
}

function draftOf(
  { row, cells }: CsvEntry,
  organisation: Organisation,
  now: number,
  by: string,
): { draft: EntryDraft } | { problems: RowProblem[] } {
  const number = numberOf(cells.value)
  const shaped = newEntry.safeParse({
    ...cells,
    by: cells.by || by,
    value: 'value' in number ? number.value : 0,
  })
  const cell = (column: string) => (cells as Readonly<Record<string, string>>)[column] ?? ''
  const inShape = shaped.success
    ? []
    : shaped.error.issues.map(({ path, message }) => {
        const column = String(path[0])
        return { row, column, value: cell(column), message: cell(column) === '' ? 'It is missing.' : message }
      })
  const noNumber =
    'message' in number ? [{ row, column: 'value', value: cells.value, message: number.message }] : []
  if (!shaped.success) return { problems: [...inShape, ...noNumber] }
  const unfit = checkEntry(shaped.data, organisation, now).map(({ field, ...rest }) => ({
    row,
    column: field,
    value: cell(field),
    ...rest,
  }))
  const problems = [...unfit, ...noNumber]
  return problems.length > 0 ? { problems } : { draft: shaped.data }
}
