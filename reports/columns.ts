import type { Cell, Report, ReportRow } from './annual.ts'
import type { Lang, Text } from './text.ts'
import { words } from './words.ts'

/** A column of figures: what is known today of a year, or what was published of it. */
export interface YearColumn {
  readonly year: number
  readonly published: boolean
}

/** The years side by side, newest first; behind a year of which anything was published stands what was. */
export function yearColumns({ years, sections }: Report): YearColumn[] {
  const cells = sections.flatMap(({ rows }) => rows.flatMap((row) => row.cells))
  return years.flatMap((year) => [
    { year, published: false },
    ...(cells.some((cell) => cell.year === year && cell.published !== undefined)
      ? [{ year, published: true }]
      : []),
  ])
}

/** `2025`, `2026 to date`, `2024 as published`. */
export function columnTitle(report: Report, { year, published }: YearColumn, lang: Lang): string {
  const word = published ? words.asPublished : running(report, year) ? words.toDate : null
  if (word === null) return String(year)
  return lang === 'zh' ? `${year}（${word.zh}）` : `${year} ${word.en}`
}

/** The unrounded value of a row in a column; null where there is none. */
export function valueIn(row: ReportRow, { year, published }: YearColumn): number | null {
  const cell = row.cells.find((candidate) => candidate.year === year)
  return (published ? cell?.published?.value : cell?.value) ?? null
}

/** What is to be said of a cell: why it is empty first. That its year still runs is left to the column's title. */
export function remarks(cell: Cell): readonly Text[] {
  return cell.reason === undefined ? cell.notes : [cell.reason, ...cell.notes]
}

/** Whether a year still runs, by any of its figures. */
function running({ sections }: Report, year: number): boolean {
  return sections.some(({ rows }) =>
    rows.some(({ cells }) => cells.some((cell) => cell.year === year && cell.partial)),
  )
}
