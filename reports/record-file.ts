import { canonical } from '../core/canonical.ts'

/** A record of a file; undefined where its line is not as it would have been written. */
export interface FileRecord {
  /** Counted from 1. */
  readonly line: number
  readonly record: unknown
}

/**
 * JSON with one record a line, each in canonical form: it can be compared line by line, and a line that was
 * damaged takes no other with it.
 */
export function recordFile(head: object, records: readonly unknown[]): string {
  const opening = Object.keys(head).length === 0 ? '{' : `${canonical(head).slice(0, -1)},`
  return [`${opening}"rows":[`, records.map(canonical).join(',\n'), ']}', ''].join('\n')
}

export function readRecords(text: string): {
  readonly head: unknown
  readonly records: readonly FileRecord[]
} {
  const [first = '', ...rest] = text.split('\n')
  const end = rest.lastIndexOf(']}')
  const lines = rest.slice(0, end === -1 ? rest.length : end)
  return {
    head: parsed(`${first}]}`),
    records: lines.flatMap((line, i) =>
      line === '' ? [] : [{ line: i + 2, record: recordOf(line.replace(/,$/, '')) }],
    ),
  }
}

function recordOf(line: string): unknown {
  const record = parsed(line)
  return canonical(record) === line ? record : undefined
}

/** Undefined where it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
