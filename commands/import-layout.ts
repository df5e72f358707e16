import type { Organisation } from '../core/organisation-index.ts'
import { unitNamed, unitSymbols } from '../core/quantity.ts'
import { type CsvLayout, csvRows } from '../senders/csv-rows.ts'
import { type FileRows, type Precision, precisions } from '../senders/file-rows.ts'
import { lineRows } from '../senders/line-rows.ts'

/** What a person can mend: an option that does not fit, or is missing. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

/** The options that say how a file is laid out. */
export interface LayoutOptions {
  readonly format?: 'csv' | 'lp'
  readonly meter?: string
  readonly meterColumn?: string
  readonly wide?: true
  readonly map?: readonly string[]
  readonly time?: string
  readonly value?: string
  readonly unit?: string
  readonly zone?: string
  readonly decimalComma?: true
  readonly precision?: Precision
  readonly measurement?: string
  readonly meterTag?: string
  readonly field?: string
}

/** How the readings of a file are found. */
export interface Reader {
  open(path: string): Promise<FileRows>
  /** All that makes other readings of the same file. */
  readonly how: object
}

const CSV_ONLY = ['meterColumn', 'wide', 'time', 'value', 'zone', 'decimalComma'] as const
const LINES_ONLY = ['measurement', 'meterTag', 'field'] as const

/** Throws an ImportError that names the option and what is accepted. */
export function readerOf(path: string, options: LayoutOptions, organisation: Organisation): Reader {
  const format = options.format ?? formatOf(path)
  const ours = format === 'csv' ? CSV_ONLY : LINES_ONLY
  for (const name of [...CSV_ONLY, ...LINES_ONLY]) {
    if (options[name] !== undefined && !(ours as readonly string[]).includes(name)) {
      throw new ImportError(
        `--${dashed(name)} does not go with ${format === 'csv' ? 'CSV' : 'line protocol'} (${path})`,
      )
    }
  }
  if (options.meter !== undefined) checkMeter('--meter', options.meter, organisation)
  const unit = unitOf(options.unit)
  const map = mapOf(options.map ?? [], organisation)
  const meterOf = (name: string) => map.get(name) ?? (organisation.meters.has(name) ? name : undefined)
  const how = { ...options, format, unit, map: [...map] }
  if (format === 'lp') {
    if (options.meter !== undefined && options.meterTag !== undefined)
      throw new ImportError('--meter and --meter-tag exclude each other')
    const lines = {
      measurement: options.measurement ?? 'reading',
      meterTag: options.meter === undefined ? (options.meterTag ?? 'meter') : null,
      meter: options.meter ?? null,
      field: options.field ?? 'value',
      meterOf,
      unit,
      precision: options.precision ?? 'ns',
    }
    return { how, open: (file) => lineRows(file, lines) }
  }
  const { time, zone, precision, decimalComma = false } = options
  checkZone(zone)
  const csv = {
    layout: layoutOf(options, map),
    time,
    meterOf,
    unit,
    zone: zone ?? null,
    precision,
    decimalComma,
  }
  return { how, open: (file) => csvRows(file, csv) }
}

function layoutOf(options: LayoutOptions, map: ReadonlyMap<string, string>): CsvLayout {
  const { meter, meterColumn, wide, value } = options
  const asked = [meter !== undefined, meterColumn !== undefined, wide === true].filter(Boolean).length
  if (asked > 1) throw new ImportError('--meter, --meter-column and --wide exclude each other')
  if (value !== undefined && (wide || (asked === 0 && map.size > 0)))
    throw new ImportError('--value does not go with a file that has a column for each meter')
  if (meter !== undefined) {
    if (map.size > 0) throw new ImportError('--map does not go with --meter')
    return { kind: 'one-meter', meter, value }
  }
  if (meterColumn !== undefined) return { kind: 'long', meterColumn, value }
  if (map.size > 0) return { kind: 'wide', columns: [...map.keys()] }
  if (wide) return { kind: 'wide', columns: 'all' }
  throw new ImportError(
    'whose readings are they? --meter <id> for a file of one meter, --meter-column <column> where a column names it, --wide where each meter has a column, or --map <column>=<meter> for some of them',
  )
}

function formatOf(path: string): 'csv' | 'lp' {
  const name = path.toLowerCase().replace(/\.gz$/, '')
  if (/\.(csv|tsv|txt)$/.test(name)) return 'csv'
  if (/\.(lp|line|influx)$/.test(name)) return 'lp'
  throw new ImportError(
    `${path}: its ending says neither CSV (.csv, .tsv, .txt) nor line protocol (.lp, .line); give --format csv or --format lp`,
  )
}

/** `column=meter`, where either may hold an equals sign: the meter is the longest end that is one. */
function mapOf(pairs: readonly string[], organisation: Organisation): Map<string, string> {
  return new Map(
    pairs.map((pair) => {
      const split = pair.lastIndexOf('=')
      if (split < 1) throw new ImportError(`--map ${pair} is not <name>=<meter>`)
      const meter = pair.slice(split + 1)
      checkMeter('--map', meter, organisation)
      return [pair.slice(0, split), meter] as const
    }),
  )
}

function checkMeter(option: string, meter: string, organisation: Organisation): void {
  if (organisation.meters.has(meter)) return
  const known = [...organisation.meters.keys()]
  const more = known.length > 40 ? ` and ${known.length - 40} more` : ''
  throw new ImportError(
    `${option} ${meter} is not in the configuration; there are ${known.slice(0, 40).join(', ')}${more}`,
  )
}

function unitOf(unit: string | undefined): string {
  if (unit === undefined) return ''
  const named = unitNamed(unit)
  if (named !== undefined) return named
  throw new ImportError(`--unit ${unit} is not known; known are ${unitSymbols.join(', ')}`)
}

function checkZone(zone: string | undefined): void {
  try {
    if (zone !== undefined) new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    throw new ImportError(`--zone ${zone} is not an IANA time zone such as Asia/Shanghai`)
  }
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

export const precisionNames = Object.keys(precisions) as Precision[]
