import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'

/** The figures of a report as CSV, a line a row, as they are written; empty where there is none. */
export function figuresOfCsv(file: Uint8Array, years: number): string[][] {
  const [, ...lines]: string[][] = parse(Buffer.from(file), { bom: true })
  return lines.map((line) => line.slice(4, 4 + years))
}

/** Title, subtitle, rounding, and the names of the columns. */
const ROWS_ABOVE = 4

/** The same of a workbook's first sheet; numbers, null where there is none. */
export function figuresOfWorkbook(file: Uint8Array, years: number): (number | null)[][] {
  const parts = unzipSync(file)
  const part = (path: string) => strFromU8(parts[path] as Uint8Array)
  const texts = [...part('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, one = '']) =>
    one.replace(/<[^>]*>/g, ''),
  )
  const rows = [...part('xl/worksheets/sheet1.xml').matchAll(/<row [^>]*>(.*?)<\/row>/gs)].slice(ROWS_ABOVE)
  return rows.flatMap(([, row = '']) => {
    const cells = [...row.matchAll(/<c r="[A-Z]+\d+"([^>]*?)(?:\/>|>(?:<v>([^<]*)<\/v>)?.*?<\/c>)/gs)]
    const values = cells.map(([, how = '', value]) =>
      value === undefined ? null : how.includes('t="s"') ? (texts[Number(value)] ?? null) : Number(value),
    )
    // A section has a name alone, and so have the notes beneath.
    const isFigure = Boolean(values[1]) || values.slice(2).some((one) => typeof one === 'number')
    return isFigure ? [values.slice(2, 2 + years).map((one) => (typeof one === 'number' ? one : null))] : []
  })
}
