/** What differs between the major versions, as far as this program meets it. */
export interface Dialect {
  readonly major: 1 | 2 | 3
  /** The Authorization header for a token; 1.x knows user and password only. */
  readonly scheme: 'Basic' | 'Token' | 'Bearer'
  /** How a database comes to be: by a statement, as a bucket with a mapping, or by the v3 API. */
  readonly create: 'statement' | 'bucket' | 'v3'
  /** How points are deleted; 3.x can't. */
  readonly delete: 'statement' | 'v2' | null
  /**
   * How many files a query may open; null: any number. 3 Core keeps ten minutes of data in a file and
   * refuses to read more than 432 of them, about 72 hours.
   */
  readonly filesMost: number | null
}

const dialects: Readonly<Record<Dialect['major'], Dialect>> = {
  1: { major: 1, scheme: 'Basic', create: 'statement', delete: 'statement', filesMost: null },
  2: { major: 2, scheme: 'Token', create: 'bucket', delete: 'v2', filesMost: null },
  3: { major: 3, scheme: 'Bearer', create: 'v3', delete: null, filesMost: 400 },
}

/**
 * The dialect of a server by what it says in `X-Influxdb-Version`: `1.6.7`, `v2.7.11`, `3.4.1-…`. Cloud
 * says no number and speaks 2.x. Undefined for what is no InfluxDB.
 */
export function dialectOf(version: string | undefined): Dialect | undefined {
  if (version === undefined) return undefined
  if (/cloud/i.test(version)) return dialects[2]
  const major = /^v?(\d+)\./.exec(version)?.[1]
  return major === '1' || major === '2' || major === '3' ? dialects[Number(major) as 1 | 2 | 3] : undefined
}
