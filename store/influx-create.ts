import type { Api, Series } from './influx-connection.ts'
import type { Dialect } from './influx-versions.ts'

/** Long shards suit a history of years: fewer files to open for a figure of a year. */
const SHARD_DAYS = 28

export interface Creation {
  readonly dialect: Dialect
  readonly database: string
  readonly api: Api
  readonly query: (statement: string) => Promise<readonly Series[]>
}

/** Makes the database where it is not there yet. Resolves to the organisation's id in 2.x, elsewhere to ''. */
export async function createDatabase({ dialect, database, api, query }: Creation): Promise<{ org: string }> {
  if (dialect.create === 'bucket') return { org: await createBucket(api, database) }
  if (dialect.create === 'v3') await createInV3(api, database)
  else await createByStatement(query, database)
  return { org: '' }
}

/** Asks first: a user who may not create databases may still use one. */
async function createByStatement(query: Creation['query'], database: string): Promise<void> {
  const [list] = await query('SHOW DATABASES')
  if (list?.rows.some(([name]) => name === database)) return
  await query(`CREATE DATABASE "${database}" WITH DURATION INF SHARD DURATION ${SHARD_DAYS}d NAME "autogen"`)
}

/** A bucket of the database's name, and the mapping by which `/write` and `/query` find it. */
async function createBucket(api: Api, database: string): Promise<string> {
  const name = new URLSearchParams({ name: database })
  const found = (await api('GET', `/api/v2/buckets?${name}`).catch(missing)) as
    | { buckets?: Bucket[] }
    | undefined
  const bucket = found?.buckets?.find((one) => one.name === database) ?? (await makeBucket(api, database))
  const asked = new URLSearchParams({ orgID: bucket.orgID, db: database })
  const mapped = (await api('GET', `/api/v2/dbrps?${asked}`)) as { content?: unknown[] }
  if ((mapped.content ?? []).length === 0) {
    await api('POST', '/api/v2/dbrps', {
      orgID: bucket.orgID,
      bucketID: bucket.id,
      database,
      retention_policy: 'autogen',
      default: true,
    })
  }
  return bucket.orgID
}

interface Bucket {
  readonly id: string
  readonly name: string
  readonly orgID: string
}

async function makeBucket(api: Api, database: string): Promise<Bucket> {
  const { orgs = [] } = (await api('GET', '/api/v2/orgs')) as { orgs?: { id: string }[] }
  const [org, another] = orgs
  if (org === undefined || another !== undefined) {
    throw Object.assign(
      new Error(`the token sees ${orgs.length} organisations; make the bucket "${database}" by hand`),
      { res: { statusCode: 403 } },
    )
  }
  return (await api('POST', '/api/v2/buckets', {
    orgID: org.id,
    name: database,
    retentionRules: [{ type: 'expire', everySeconds: 0, shardGroupDurationSeconds: SHARD_DAYS * 86_400 }],
  })) as Bucket
}

/** A database that is there already answers 409. */
async function createInV3(api: Api, database: string): Promise<void> {
  await api('POST', '/api/v3/configure/database', { db: database }).catch((error) => {
    // A token for one database may not create any; whether that one is there shows at the first write.
    if (![403, 404, 405, 409].includes(error.res?.statusCode)) throw error
  })
}

/** 2.x answers 404 for a name that no bucket has. */
function missing(error: { res?: { statusCode?: number } }): undefined {
  if (error.res?.statusCode !== 404) throw error
}
