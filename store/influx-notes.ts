import type { Connection } from './influx-connection.ts'
import { float, literal, pieces, tag, text } from './influx-lines.ts'
import { writeLines } from './influx-writes.ts'

/** Where a note's point lies: each key has one. So far ahead, no retention period of the server ever takes it. */
const NOTE_AT = Date.UTC(2199, 0, 1)

export async function getNote(connection: Connection, key: string): Promise<string | null> {
  const [series] = await connection.query(
    `SELECT * FROM "note" WHERE "key" = ${literal(key)} AND time >= ${NOTE_AT}ms AND time <= ${NOTE_AT}ms`,
  )
  const row = series?.rows[0]
  if (series === undefined || row === undefined) return null
  const cell = (name: string) => row[series.columns.indexOf(name)]
  const parts = (cell('parts') as number | undefined) ?? 1
  return Array.from({ length: parts }, (_, i) => cell(field(i)) as string).join('')
}

/** A long note is cut: the fingerprints of a thousand meters are more than one field holds. */
export async function putNote(connection: Connection, key: string, value: string): Promise<void> {
  const fields = pieces(value).map((piece, i) => `${field(i)}=${text(piece)}`)
  const line = `note,key=${tag(key)} parts=${float(fields.length)},${fields.join(',')} ${NOTE_AT}`
  const [refused] = await writeLines(connection, [line], 'ms')
  if (refused !== undefined) throw new Error(`InfluxDB refuses the note ${key}: ${refused.reason}`)
}

function field(piece: number): string {
  return piece === 0 ? 'value' : `value_${piece}`
}
