import type { Row } from 'write-excel-file/node'
import type { Report, ReportRow } from '../annual.ts'
import { columnTitle, remarks, valueIn, type YearColumn, yearColumns } from '../columns.ts'
import { rowUnit, shownNumber } from '../shown.ts'
import { joined, type Lang } from '../text.ts'
import { words } from '../words.ts'
import * as cells from './xlsx-cells.ts'
import type { XlsxSheet } from './xlsx-sheet.ts'

/** The annual table: title, years side by side in sections, and numbered notes below. */
export function tableSheet(report: Report, lang: Lang): XlsxSheet {
  const columns = yearColumns(report)
  const rows = report.sections.flatMap((section) => section.rows)
  const notes = numbered(rows, lang)
  const width = columns.length + 6
  const widths = [
    cells.fitting(
      rows.map((row) => `  ${row.name[lang]}`),
      30,
      58,
    ),
    cells.fitting(
      rows.map((row) => rowUnit(row, lang)),
      10,
      26,
    ),
    ...columns.map(({ published }) => ({ width: published ? 16 : 15 })),
    { width: 14 },
    { width: 13 },
    { width: 16 },
    { width: 10 },
  ]
  const across = widths.reduce((sum, column) => sum + column.width, 0)
  return {
    name: words.table[lang],
    stickyRows: 4,
    stickyColumns: 1,
    widths,
    data: [
      [cells.title(`${words.title[lang]} ${report.years[0] ?? ''}`)],
      [
        cells.quiet(
          `${report.organisation.name[lang]} · ${words.boundary[lang]}${lang === 'zh' ? '：' : ': '}${report.boundary.name[lang]}`,
        ),
      ],
      [cells.quiet(`${words.asOf[lang]} ${instant(report.asOf)} · ${words.rounding[lang]}`, 22)],
      cells.header([
        [words.indicator[lang], 'left'],
        [words.unit[lang], 'left'],
        ...columns.map((column) => [columnTitle(report, column, lang), 'right'] as const),
        ['HKEX', 'left'],
        ['GRI', 'left'],
        ['ISO', 'left'],
        [words.notes[lang], 'center'],
      ]),
      ...report.sections.flatMap(({ name, rows: ofSection }) => [
        cells.band(name[lang], width),
        ...ofSection.map((row) => tableRow(row, columns, notes, lang)),
      ]),
      ...(notes.size === 0 ? [] : [[cells.heading(words.notes[lang])]]),
      ...[...notes].map(([note, index]) => {
        const text = `${index}  ${note}`
        return [cells.lines(text, across, width)]
      }),
    ],
  }
}

function tableRow(
  row: ReportRow,
  columns: readonly YearColumn[],
  notes: ReadonlyMap<string, number>,
  lang: Lang,
): Row {
  const { hkex = [], gri = [], iso = [] } = row.standards
  const marks = notesOf(row, lang).map((note) => notes.get(note) as number)
  return [
    cells.name(row.name[lang]),
    cells.words(rowUnit(row, lang)),
    ...columns.map((column) => {
      const value = valueIn(row, column)
      if (value !== null) return cells.number(shownNumber(row, value), formatOf(row))
      return column.published ? cells.words('') : cells.undefinedFigure()
    }),
    ...[hkex, gri, iso].map((ids) => cells.words(ids.join(', '))),
    cells.mark(marks.sort((a, b) => a - b).join(', ')),
  ]
}

function formatOf({ shown, decimals }: ReportRow): string {
  const places = decimals === 0 ? '' : `.${'0'.repeat(decimals)}`
  return shown === 'percent' ? `0${places}%` : `#,##0${places}`
}

/** Notes with their numbers, in the order in which the table comes to them; the same words share one. */
function numbered(rows: readonly ReportRow[], lang: Lang): ReadonlyMap<string, number> {
  const notes = [...new Set(rows.flatMap((row) => notesOf(row, lang)))]
  return new Map(notes.map((note, i) => [note, i + 1]))
}

function notesOf(row: ReportRow, lang: Lang): string[] {
  return row.cells
    .filter((cell) => remarks(cell).length > 0)
    .map((cell) => `${cell.year}${lang === 'zh' ? '：' : ': '}${joined(remarks(cell), lang)}`)
}

/** To the minute, in UTC, which it says. */
function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
