import type { DuckDBConnection } from '@duckdb/node-api'

/**
 * Writes the readings of some meters, by their numbers, in [from, to) to a Parquet file: meter, at, value,
 * unit as it came (empty: the meter's own), received_at; each instant of a meter once, as it came last.
 * Resolves to their number. The connection can do nothing else meanwhile.
 */
export async function copyToParquet(
  connection: DuckDBConnection,
  path: string,
  meters: readonly number[],
  from: number,
  to: number,
): Promise<number> {
  const chosen = meters.length === 0 ? 'false' : `meter IN (${meters.join(', ')})`
  const result = await connection.runAndReadAll(
    `COPY (
       SELECT meters.name AS meter, ${instant('instant')} AS "at", value, units.name AS unit, ${instant('received')} AS received_at
       FROM (
         SELECT meter, instant, arg_max(value, rowid) AS value, arg_max(unit, rowid) AS unit, arg_max(received, rowid) AS received
         FROM readings WHERE ${chosen} AND instant >= ${from} AND instant < ${to} GROUP BY meter, instant
       ) AS once
       JOIN names AS meters ON meters.kind = 'meter' AND meters.key = once.meter
       JOIN names AS units ON units.kind = 'unit' AND units.key = once.unit
       ORDER BY meters.name, instant
     ) TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
  )
  return Number(result.getRows()[0]?.[0])
}

/** A column of epoch milliseconds as an instant with a zone: readers of Parquet know it for one. */
function instant(column: string): string {
  return `make_timestamptz((${column} * 1000)::BIGINT)`
}
