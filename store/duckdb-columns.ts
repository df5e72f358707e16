import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBMaterializedResult,
  INTEGER,
} from '@duckdb/node-api'

/** Rows that a data chunk holds at most. */
const CHUNK = 2048

/** A column to append: INTEGER from 32-bit numbers, DOUBLE from 64-bit floats. */
export type Column = Int32Array | Float64Array

/** Appends columns of equal length to a table, chunk by chunk, in the connection's transaction. */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: readonly Column[],
  catalog?: string,
): Promise<void> {
  const length = columns[0]?.length ?? 0
  const types = columns.map((column) => (column instanceof Int32Array ? INTEGER : DOUBLE))
  const appender = await connection.createAppender(table, undefined, catalog)
  for (let start = 0; start < length; start += CHUNK) {
    const end = Math.min(start + CHUNK, length)
    const chunk = DuckDBDataChunk.create(types, end - start)
    for (const [c, column] of columns.entries()) {
      const vector = chunk.getColumnVector(c) as unknown as { items: Column; flush(): void }
      vector.items.set(column.subarray(start, end))
      vector.flush()
    }
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** A result's columns as typed arrays. Every column must be INTEGER or DOUBLE and without nulls. */
export async function readColumns(result: DuckDBMaterializedResult): Promise<Float64Array[]> {
  const chunks = await result.fetchAllChunks()
  const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0)
  return Array.from({ length: result.columnCount }, (_, c) => {
    const column = new Float64Array(length)
    let offset = 0
    for (const chunk of chunks) {
      const { items } = chunk.getColumnVector(c) as unknown as { items: ArrayLike<number> }
      column.set(items, offset)
      offset += chunk.rowCount
    }
    return column
  })
}
