import { Command, Option } from 'commander'
import { readSettings } from '../settings.ts'
import { type ExportFormat, exportRaw } from './export-raw.ts'
import { ExportError } from './export-source.ts'

interface Options {
  readonly raw?: true
  readonly out?: string
  readonly format?: ExportFormat
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

A running wattwell is asked for them; where none runs the store is opened. "wattwell import" reads line
protocol back.`

export function exportCommand(): Command {
  return new Command('export')
    .description('write readings to a file, as they came: line protocol, or Parquet from the embedded store')
    .option('--raw', 'the readings; needed, as there is nothing else to export yet')
    .option('--out <file>', 'the file: .parquet, .lp, or .lp.gz for packed line protocol')
    .addOption(
      new Option('--format <format>', 'otherwise by the ending of the file').choices(['lp', 'parquet']),
    )
    .option('--meter <id...>', 'of these meters; otherwise of all')
    .option('--from <time>', 'a year, month or day such as 2026, 2026-03, 2026-03-29, or RFC 3339')
    .option('--to <time>', 'up to but without; --from alone is that whole year, month or day')
    .option('--url <url>', 'the running wattwell; otherwise at HTTP_HOST and HTTP_PORT, if one answers there')
    .option('--key <key>', 'a key of the running wattwell, where it wants one')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      if (!options.raw) {
        throw new ExportError(
          'say --raw: readings are all that can be exported so far, to line protocol or Parquet; reports come later',
        )
      }
      if (options.out === undefined) throw new ExportError('--out <file> is missing: .parquet, .lp or .lp.gz')
      const query = new URLSearchParams({
        format: formatOf(options.out, options.format),
        ...(options.meter !== undefined && { meter: options.meter.join(',') }),
        ...(options.from !== undefined && { from: options.from }),
        ...(options.to !== undefined && { to: options.to }),
      })
      const { out, url, key } = options
      process.stdout.write(`${await exportRaw(readSettings(process.env), { out, query, url, key })}\n`)
    })
}

function formatOf(out: string, format: ExportFormat | undefined): ExportFormat {
  const packed = out.endsWith('.gz')
  const ending = /\.(lp|parquet)$/.exec(out.replace(/\.gz$/, ''))?.[1] as ExportFormat | undefined
  const chosen = format ?? ending
  if (chosen === undefined) {
    throw new ExportError(
      `--out ${out}: its ending is none of .parquet, .lp, .lp.gz; give --format lp or parquet`,
    )
  }
  if (chosen === 'parquet' && packed) throw new ExportError(`--out ${out}: Parquet is packed as it is`)
  return chosen
}
