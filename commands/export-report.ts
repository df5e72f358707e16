import { ExportError } from './export-source.ts'

/** The options of `wattwell export` that a report is asked with. */
export interface ReportOptions {
  readonly report?: string
  readonly lang?: string
  readonly boundary?: string
  readonly years?: string
}

/** The path of the API that answers the report, in the format that the file's ending names. */
export function reportPath({ report = '', lang, boundary, years }: ReportOptions, out: string): string {
  const format = /\.(xlsx|csv|json)$/.exec(out)?.[1]
  if (format === undefined) throw new ExportError(`--out ${out}: its ending is none of .xlsx, .csv, .json`)
  const query = new URLSearchParams({
    format,
    ...(lang !== undefined && { lang }),
    ...(boundary !== undefined && { boundary }),
    ...(years !== undefined && { years }),
  })
  return `/reports/${encodeURIComponent(report)}?${query}`
}
