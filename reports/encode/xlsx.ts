import { unzipSync, zipSync } from 'fflate'
import writeExcelFile from 'write-excel-file/node'
import type { Report } from '../annual.ts'
import type { Lang } from '../text.ts'
import { coverageSheet } from './xlsx-coverage.ts'
import { methodsSheet } from './xlsx-methods.ts'
import { printSetup } from './xlsx-print.ts'
import { tableSheet } from './xlsx-table.ts'

const FONTS = { en: 'Calibri', zh: 'Microsoft YaHei' } as const

/** The report as a workbook of three sheets: the table, methods and factors, coverage. The same report gives the same bytes. */
export async function xlsxOf(report: Report, lang: Lang): Promise<Uint8Array> {
  const sheets = [tableSheet(report, lang), methodsSheet(report, lang), coverageSheet(report, lang)]
  const written = writeExcelFile(
    sheets.map(({ name, data, widths, stickyRows, stickyColumns }) => ({
      sheet: name,
      data,
      columns: widths,
      stickyRowsCount: stickyRows,
      stickyColumnsCount: stickyColumns,
      orientation: 'landscape' as const,
      showGridLines: false,
    })),
    { fontFamily: FONTS[lang], fontSize: 10, features: [printSetup(sheets)] },
  )
  return withoutTimes(await written.toBuffer())
}

/** The library stamps the parts of the archive with the time of day; they get the oldest one that an archive knows. */
function withoutTimes(archive: Uint8Array): Uint8Array {
  return zipSync(unzipSync(archive), { mtime: new Date(1980, 0, 1) })
}
