import type { Report, ReportRow } from '../annual.ts'
import { columnTitle, remarks, valueIn, yearColumns } from '../columns.ts'
import { rowUnit, shown } from '../shown.ts'
import { joined, type Lang } from '../text.ts'
import { words } from '../words.ts'

/** Spreadsheets read UTF-8 as such only behind a byte order mark. */
const BOM = '\uFEFF'

/**
 * The annual table as CSV by RFC 4180: CRLF, fields quoted where they have to be, numbers with a point and
 * without separators, undefined figures empty with their reason in the last column.
 */
export function csvOf(report: Report, lang: Lang): string {
  const columns = yearColumns(report)
  const header = [
    words.section[lang],
    words.indicator[lang],
    words.id[lang],
    words.unit[lang],
    ...columns.map((column) => columnTitle(report, column, lang)),
    'HKEX',
    'GRI',
    'ISO',
    words.notes[lang],
  ]
  const lines = report.sections.flatMap(({ name, rows }) =>
    rows.map((row) => [
      text(name[lang]),
      text(row.name[lang]),
      text(row.id),
      text(rowUnit(row, lang)),
      ...columns.map((column) => shown(row, valueIn(row, column)) ?? ''),
      ...[row.standards.hkex, row.standards.gri, row.standards.iso].map((ids) =>
        text((ids ?? []).join(', ')),
      ),
      text(notesOfRow(row, lang)),
    ]),
  )
  return BOM + [header.map(text), ...lines].map((fields) => `${fields.join(',')}\r\n`).join('')
}

function notesOfRow(row: ReportRow, lang: Lang): string {
  return row.cells
    .filter((cell) => remarks(cell).length > 0)
    .map((cell) => `${cell.year}: ${joined(remarks(cell), lang)}`)
    .join(' | ')
}

/**
 * A field of text. One that a spreadsheet would take for a formula gets an apostrophe before it, so that a
 * name in the configuration cannot reckon or fetch anything; numbers never come here.
 */
function text(field: string): string {
  const inert = /^\s*[=+\-@]|^[\t\r\n]/.test(field) ? `'${field}` : field
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}
