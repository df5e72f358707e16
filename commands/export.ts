import { Command, Option } from 'commander'
import { readSettings } from '../settings.ts'
import { exportFile } from './export-file.ts'
import { type ReportOptions, reportPath } from './export-report.ts'
import { ExportError } from './export-source.ts'

type RawFormat = 'lp' | 'parquet'

interface Options extends ReportOptions {
  readonly raw?: true
  readonly out?: string
  readonly format?: RawFormat
  readonly meter?: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly url?: string
  readonly key?: string
}

const EXAMPLES = `
Examples:
  wattwell export --raw --out readings.lp.gz
  wattwell export --raw --out 2025.parquet --from 2025 --to 2026
  wattwell export --raw --out park.lp --meter park-e-in park-w-in --url http://meters.example:8080 --key ww_…
  wattwell export --report 2025 --out report.xlsx
  wattwell export --report 2025 --out 报告.csv --lang zh --boundary own-offices --years 5

A running wattwell is asked for them; where none runs the store is opened. "wattwell import" reads line
protocol back.`

export function exportCommand(): Command {
  return new Command('export')
    .description('write a file: the readings as they came, or the annual report as a workbook, CSV or JSON')
    .option('--raw', 'the readings: line protocol, or Parquet from the embedded store')
    .option('--report <year>', 'the annual report of this year')
    .option(
      '--out <file>',
      'the file: .parquet, .lp, or .lp.gz for packed line protocol; .xlsx, .csv or .json for a report',
    )
    .addOption(
      new Option('--format <format>', 'of readings, otherwise by the ending of the file').choices([
        'lp',
        'parquet',
      ]),
    )
    .option('--meter <id...>', 'of these meters; otherwise of all')
    .option('--from <time>', 'a year, month or day such as 2026, 2026-03, 2026-03-29, or RFC 3339')
    .option('--to <time>', 'up to but without; --from alone is that whole year, month or day')
    .addOption(new Option('--lang <lang>', 'of a report; otherwise en').choices(['en', 'zh']))
    .option(
      '--boundary <id>',
      'of a report: a boundary, or a scope such as site:science-park; otherwise the first boundary',
    )
    .option('--years <count>', 'of a report: how many years stand side by side; otherwise 3')
    .option('--url <url>', 'the running wattwell; otherwise at HTTP_HOST and HTTP_PORT, if one answers there')
    .option('--key <key>', 'a key of the running wattwell, where it wants one')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      const { out, url, key } = options
      const path = pathOf(options)
      if (out === undefined) throw new ExportError('--out <file> is missing')
      const done = await exportFile(readSettings(process.env), {
        out,
        path: path(out),
        lines: options.raw === true && formatOf(out, options.format) === 'lp',
        url,
        key,
      })
      process.stdout.write(`${done}\n`)
    })
}

function pathOf(options: Options): (out: string) => string {
  if (options.raw !== undefined && options.report !== undefined) {
    throw new ExportError('--raw and --report: one at a time')
  }
  if (options.report !== undefined) return (out) => reportPath(options, out)
  if (options.raw !== undefined) return (out) => rawPath(options, out)
  throw new ExportError('say what: --raw for the readings, or --report <year> for the annual report')
}

function rawPath({ format, meter, from, to }: Options, out: string): string {
  const query = new URLSearchParams({
    format: formatOf(out, format),
    ...(meter !== undefined && { meter: meter.join(',') }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  })
  return `/export/readings?${query}`
}

function formatOf(out: string, format: RawFormat | undefined): RawFormat {
  const packed = out.endsWith('.gz')
  const ending = /\.(lp|parquet)$/.exec(out.replace(/\.gz$/, ''))?.[1] as RawFormat | undefined
  const chosen = format ?? ending
  if (chosen === undefined) {
    throw new ExportError(
      `--out ${out}: its ending is none of .parquet, .lp, .lp.gz; give --format lp or parquet`,
    )
  }
  if (chosen === 'parquet' && packed) throw new ExportError(`--out ${out}: Parquet is packed as it is`)
  return chosen
}
