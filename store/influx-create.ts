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

export interface Created {
  /** The organisation's id in 2.x, elsewhere ''. */
  readonly org: string
  /** After how long the server forgets points, as it says itself; null: never, or it doesn't say. */
  readonly forgetsAfter: string | null
}

/** Makes the database where it is not there yet. */
export async function createDatabase({ dialect, database, api, query }: Creation): Promise<Created> {
  if (dialect.create === 'bucket') return createBucket(api, database)
  if (dialect.create === 'v3') await createInV3(api, database)
  else return { org: '', forgetsAfter: await createByStatement(query, database) }
  return { org: '', forgetsAfter: null }
}

/** Asks first: a user who may not create databases may still use one. */
async function createByStatement(query: Creation['query'], database: string): Promise<string | null> {
  const [list] = await query('SHOW DATABASES')
  if (list?.rows.some(([name]) => name === database)) return policyOf(query, database)
  await query(`CREATE DATABASE "${database}" WITH DURATION INF SHARD DURATION ${SHARD_DAYS}d NAME "autogen"`)
  return null
}

async function policyOf(query: Creation['query'], database: string): Promise<string | null> {
  // A user may be allowed to use a database and not to ask for its policies.
  const [policies] = await query(`SHOW RETENTION POLICIES ON "${database}"`).catch(() => [])
  const column = (name: string) => policies?.columns.indexOf(name) ?? -1
  const used = policies?.rows.find((row) => row[column('default')])
  const duration = used?.[column('duration')]
  return duration === undefined || duration === '0s' ? null : String(duration)
}

/** A bucket of the database's name, and the mapping by which `/write` and `/query` find it. */
async function createBucket(api: Api, database: string): Promise<Created> {
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
  const seconds = bucket.retentionRules?.find(({ everySeconds = 0 }) => everySeconds > 0)?.everySeconds
  return { org: bucket.orgID, forgetsAfter: seconds === undefined ? null : `${seconds / 86_400}d` }
}

interface Bucket {
  readonly id: string
  readonly name: string
  readonly orgID: string
  readonly retentionRules?: readonly { readonly everySeconds?: number }[]
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
