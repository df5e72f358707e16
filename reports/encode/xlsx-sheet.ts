import type { SheetData } from 'write-excel-file/node'

/** A sheet of the workbook. */
export interface XlsxSheet {
  readonly name: string
  readonly data: SheetData
  /** In characters. */
  readonly widths: { width: number }[]
  /** Rows at the top and columns at the left that stay when one scrolls; the last of the rows also on every printed page. */
  readonly stickyRows: number
  readonly stickyColumns: number
}
