import { createInterface } from 'node:readline'
import {
  epochMs,
  type FileReading,
  type FileRow,
  type FileRows,
  likelyPrecision,
  type Precision,
  type RowProblem,
} from './file-rows.ts'
import { openInput, unreadable } from './input-file.ts'
import { type Point, parseLine } from './line-protocol.ts'

export interface LineRowsOptions {
  readonly measurement: string
  /** The tag that names the meter; null where every line is of `meter`. */
  readonly meterTag: string | null
  readonly meter: string | null
  /** The field that holds the face, power or flow. */
  readonly field: string
  /** The meter that a tag's value stands for; undefined where there is none. */
  readonly meterOf: (name: string) => string | undefined
  /** For lines without a text field `unit`; empty: the meters' own. */
  readonly unit: string
  readonly precision: Precision
}

/** A text may go on over several lines; one that never ends is not gathered for ever. */
const LINES_OF_A_POINT = 1000

/** The readings of a file of line protocol. Points of other measurements, and without the field, are passed over. */
export async function lineRows(path: string, options: LineRowsOptions): Promise<FileRows> {
  const { content, position, size } = await openInput(path)
  return { rows: rowsOf(path, content, options), position, size }
}

async function* rowsOf(
  path: string,
  content: NodeJS.ReadableStream,
  options: LineRowsOptions,
): AsyncGenerator<FileRow> {
  const lines = createInterface({ input: content, crlfDelay: Number.POSITIVE_INFINITY })
  // An error of the stream would end the lines as if it were the end of the file.
  let failed: Error | undefined
  content.on('error', (error) => {
    failed = error
    lines.close()
  })
  let line = 0
  let begun: string[] = []
  // influx_inspect begins its files with statements that make the database.
  let statements = false
  for await (const text of lines) {
    line += 1
    if (begun.length === 0) {
      if (/^# D[DM]L/.test(text)) statements = text.startsWith('# DDL')
      if (statements || /^\s*(#|$)/.test(text)) continue
    }
    const parsed = parseLine([...begun, text].join('\n').replace(/^\ufeff/, ''))
    if (parsed === 'goes-on' && begun.length < LINES_OF_A_POINT) {
      begun.push(text)
      continue
    }
    begun = []
    yield { line, ...pointOf(parsed, options) }
  }
  if (failed !== undefined) throw unreadable(path, failed)
  if (begun.length > 0) yield { line, ...pointOf('goes-on', options) }
}

type Found = Omit<FileRow, 'line'>

function pointOf(parsed: ReturnType<typeof parseLine>, options: LineRowsOptions): Found {
  if (parsed === 'goes-on') return problem('no-line', 'a text in quotes does not end')
  if ('problem' in parsed) return problem('no-line', `not line protocol: ${parsed.problem}`)
  const { measurement, fields } = parsed
  const value = fields.get(options.field)
  if (measurement !== options.measurement) {
    return { readings: [], problems: [], passedOver: `points of ${measurement}` }
  }
  if (value === undefined) {
    return { readings: [], problems: [], passedOver: `points without the field "${options.field}"` }
  }
  if (typeof value !== 'number') {
    return problem(
      'no-number',
      `the field "${options.field}" is ${JSON.stringify(value)}, which is no number`,
    )
  }
  const meter = meterOf(parsed, options)
  if (typeof meter === 'object') return { readings: [], problems: [meter] }
  const at = timeOf(parsed, options)
  if (typeof at === 'object') return { readings: [], problems: [at] }
  const unit = fields.get('unit')
  const reading: FileReading = {
    meter,
    at,
    value,
    unit: typeof unit === 'string' && unit !== '' ? unit : options.unit,
  }
  return { readings: [reading], problems: [] }
}

function meterOf({ tags }: Point, { meterTag, meter, meterOf }: LineRowsOptions): string | RowProblem {
  if (meter !== null) return meter
  const name = tags.get(meterTag as string)
  if (name === undefined) {
    const there = [...tags.keys()].map((key) => `"${key}"`).join(', ')
    const known = there === '' ? 'no tags' : there
    return {
      kind: 'no-meter',
      message: `there is no tag "${meterTag}"; there are ${known}: name one with --meter-tag, or the meter with --meter`,
    }
  }
  return (
    meterOf(name) ?? {
      kind: 'no-meter',
      message: `"${name}" is no meter of the configuration; --map ${name}=<meter> says which it is`,
    }
  )
}

function timeOf({ time }: Point, { precision }: LineRowsOptions): number | RowProblem {
  if (time === null) return { kind: 'no-time', message: 'the line has no time' }
  const likely = likelyPrecision(time, precision)
  if (likely === undefined) return epochMs(time, precision)
  return {
    kind: 'no-time',
    message: `${time} is no time in ${precision}; it looks like --precision ${likely}`,
  }
}

function problem(kind: RowProblem['kind'], message: string): Found {
  return { readings: [], problems: [{ kind, message }] }
}
