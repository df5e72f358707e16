import http from 'node:http'
import https from 'node:https'
import {
  HttpError,
  RequestTimedOutError,
  setLogger,
  InfluxDB as WriteClient,
} from '@influxdata/influxdb-client'
import { InfluxDB as QueryClient } from 'influx'
import { createDatabase } from './influx-create.ts'
import { queryError, unavailable, writeError } from './influx-errors.ts'
import { type Dialect, dialectOf } from './influx-versions.ts'
import type { StoreLocation } from './open.ts'
import { StoreUnavailable } from './store.ts'

/** What the adapter needs of a log. */
export interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

/** A query of rows, oldest first. Its parts stand apart, so that the rows can be counted as well. */
export interface RowQuery {
  readonly fields: string
  /** Measurement, condition and grouping. */
  readonly from: string
  /** Rows of each series at most. */
  readonly limit?: number
}

/** One series of an answer: its tags, and rows in the order of `columns`, of which `time` is the first. */
export interface Series {
  readonly tags: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (number | string | null)[])[]
}

const TIMEOUT_MS = 30_000
const SHORT_LIVED =
  'the database forgets points by itself: older readings, months and years are refused or lost there; let it keep them for ever, and set KEEP_READINGS here'
const PING_MS = 5000

// Everything that goes wrong is told by what the calls reject with; the client would print it as well.
setLogger({ error() {}, warn() {} })

/**
 * A connection to an InfluxDB of any major version. It is made at the first use, and made again after
 * the server refused: the server may be away when this is constructed.
 */
export class Connection {
  readonly url: string
  readonly #location: StoreLocation
  readonly #log: Log
  readonly #agent: http.Agent
  #known: Promise<Known> | null = null
  #version: string | null = null
  /** An answer of so many rows was whole. */
  #wholeRows = 0

  constructor(location: StoreLocation, log: Log) {
    this.url = location.url.replace(/\/+$/, '').replace(/\/\/[^@/]*@/, '//')
    this.#location = location
    this.#log = log
    this.#agent = new (this.url.startsWith('https:') ? https : http).Agent({ keepAlive: true })
  }

  /** For the ready line and the health call. */
  get name(): string {
    return `influxdb ${this.#version === null ? '' : `${this.#version} `}${this.url}/${this.#location.database}`
  }

  /** The server's dialect. Rejects with StoreUnavailable where it is away or refuses. */
  async dialect(): Promise<Dialect> {
    return (await this.#connected()).dialect
  }

  /** Writes lines at once, with line breaks between them. Rejects with PointsRefused, TooLarge or StoreUnavailable. */
  async write(lines: string, precision: 'ms' | 'ns'): Promise<void> {
    const { writes } = await this.#connected()
    try {
      await post(writes, `/write?${new URLSearchParams({ db: this.#location.database, precision })}`, lines)
    } catch (caught) {
      const error = writeError(caught, this.url)
      this.#lookAgain(error)
      throw error
    }
  }

  /** Asks a query of one statement; times come as epoch milliseconds. */
  async query(statement: string): Promise<readonly Series[]> {
    return (await this.#ask(statement)).series
  }

  /**
   * Asks for rows, all of them. A server with a `max-row-limit` cuts an answer off, and 1.x says so of
   * whole answers too; so the first of each length is counted.
   */
  async rows({ fields, from, limit }: RowQuery): Promise<readonly Series[]> {
    const most = limit === undefined ? '' : ` LIMIT ${Math.trunc(limit)}`
    const { series, maybeCut } = await this.#ask(`SELECT ${fields} ${from} ORDER BY time ASC${most}`)
    const length = rowsOf(series)
    if (!maybeCut || length <= this.#wholeRows) return series
    const counted = await this.query(`SELECT count("value") ${from}`)
    const counts = counted.map(({ rows }) =>
      Math.min(rows[0]?.[1] as number, limit ?? Number.POSITIVE_INFINITY),
    )
    const expected = counts.reduce((sum, count) => sum + count, 0)
    if (length < expected) {
      const why = `it answers ${length} of ${expected} rows; set max-row-limit = 0 in its [http] section`
      throw unavailable('held', this.url, why)
    }
    this.#wholeRows = length
    return series
  }

  async #ask(statement: string): Promise<Answered> {
    const { queries } = await this.#connected()
    try {
      return await ask(queries, statement)
    } catch (caught) {
      const error = queryError(caught, this.url)
      this.#lookAgain(error)
      throw error
    }
  }

  /** Deletes points of a measurement, where the server can. `where` narrows by tags. */
  async delete(measurement: string, where: Readonly<Record<string, string>>, from: number, to: number) {
    const { dialect, api, org } = await this.#connected()
    if (dialect.delete === null) {
      throw unavailable(
        'held',
        this.url,
        'version 3 deletes nothing; set the retention period of the database there',
      )
    }
    if (dialect.delete === 'statement') {
      const tags = Object.entries(where).map(([key, value]) => `"${key}" = '${value}' AND `)
      await this.query(
        `DELETE FROM "${measurement}" WHERE ${tags.join('')}time >= ${from}ms AND time < ${to}ms`,
      )
      return
    }
    const predicate = [
      `_measurement="${measurement}"`,
      ...Object.entries(where).map(([k, v]) => `${k}="${v}"`),
    ]
    const body = {
      start: new Date(from).toISOString(),
      // Both ends are included there.
      stop: new Date(to - 1).toISOString().replace('Z', '999999Z'),
      predicate: predicate.join(' AND '),
    }
    const query = new URLSearchParams({ org, bucket: this.#location.database })
    await api('POST', `/api/v2/delete?${query}`, body)
  }

  close(): void {
    this.#agent.destroy()
  }

  #connected(): Promise<Known> {
    this.#known ??= this.#connect().catch((error) => {
      this.#known = null
      throw error
    })
    return this.#known
  }

  /** After a failure the database may be gone, or the server another one: the next use looks again. */
  #lookAgain(error: Error): void {
    if (error instanceof StoreUnavailable) this.#known = null
  }

  async #connect(): Promise<Known> {
    const { database } = this.#location
    const { version, dialect } = await this.#recognise()
    const credentials = authorization(dialect, this.#location)
    if (dialect.major === 2 && this.#location.token === '') {
      throw unavailable('held', this.url, `version ${version} needs INFLUX_TOKEN`)
    }
    const headers: Record<string, string> = credentials === undefined ? {} : { authorization: credentials }
    const queries = queryClient(this.url, database, headers, this.#agent)
    const writes = new WriteClient({
      url: this.url,
      timeout: TIMEOUT_MS,
      headers,
      transportOptions: { agent: this.#agent },
    })
    const api = caller(this.url, headers)
    const { org, forgetsAfter } = await createDatabase({
      dialect,
      database,
      api,
      query: async (text) => (await ask(queries, text)).series,
    }).catch((caught) => {
      throw caught.name === 'StoreUnavailable' ? caught : queryError(caught, this.url)
    })
    if (this.#version !== version) {
      this.#log.info({ version, url: this.url, database }, 'connected to InfluxDB')
      if (forgetsAfter !== null) this.#log.warn({ database, forgetsAfter }, SHORT_LIVED)
    }
    this.#version = version
    return {
      dialect,
      queries,
      writes,
      api,
      org,
    }
  }

  async #recognise(): Promise<{ version: string; dialect: Dialect }> {
    const { token } = this.#location
    const answer = await fetch(`${this.url}/ping`, {
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PING_MS),
      redirect: 'manual',
    }).catch((cause) => {
      throw unavailable('busy', this.url, connectionMessage(cause), cause)
    })
    await answer.arrayBuffer().catch(() => {})
    const version = answer.headers.get('x-influxdb-version') ?? undefined
    const dialect = dialectOf(version)
    if (dialect !== undefined && version !== undefined) return { version: version.replace(/^v/, ''), dialect }
    if (answer.status === 401 || answer.status === 403) {
      throw unavailable(
        'held',
        this.url,
        `${answer.status}: INFLUX_TOKEN is ${token === '' ? 'not set' : 'not accepted'}`,
      )
    }
    if (answer.status >= 500) throw unavailable('busy', this.url, `${answer.status}: ${answer.statusText}`)
    throw unavailable(
      'held',
      this.url,
      `GET /ping does not say which InfluxDB this is (status ${answer.status}); is STORE_URL right?`,
    )
  }
}

function authorization(
  { scheme }: Dialect,
  { token, username, password }: StoreLocation,
): string | undefined {
  if (token !== '' && scheme !== 'Basic') return `${scheme} ${token}`
  if (username === '') return undefined
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

interface Known {
  readonly dialect: Dialect
  readonly queries: QueryClient
  readonly writes: WriteClient
  readonly api: Api
  /** Of 2.x; empty elsewhere. */
  readonly org: string
}

/** Calls the HTTP API outside of writes and queries; resolves to the answer's JSON, or undefined where it has none. */
export type Api = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>

/**
 * `/write` with `db`, which all three versions have; in 2.x a bucket's mapping stands behind it. Not by
 * the client's WriteApi: the spool owns batches and retries, and it measures every character of what it is given.
 */
async function post(client: WriteClient, path: string, lines: string): Promise<void> {
  let status: number | undefined
  // The client's own timeout never comes while an answer trickles. Not AbortSignal.timeout(): it would keep
  // what was sent until it is over.
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), TIMEOUT_MS)
  try {
    await client.transport.request(path, lines, { ...WRITE, signal: late.signal }, (_, code) => {
      status = code
    })
  } catch (error) {
    throw late.signal.aborted ? new RequestTimedOutError() : error
  } finally {
    clearTimeout(timer)
  }
  // Something in between that answers 200 to everything has written nothing.
  if (status !== 204 && status !== 201) throw new HttpError(status ?? 0, `204 expected, but got ${status}`)
}

const WRITE = { method: 'POST', headers: { 'content-type': 'text/plain; charset=utf-8' } }

function queryClient(
  url: string,
  database: string,
  headers: Record<string, string>,
  agent: http.Agent,
): QueryClient {
  const { hostname, port, protocol, pathname } = new URL(url)
  const secure = protocol === 'https:'
  const never = { getDelay: () => 0, next: () => never, reset: () => never }
  return new QueryClient({
    database,
    // Left out, it would say root and root, whatever the headers hold.
    username: null as unknown as string,
    hosts: [
      {
        host: hostname,
        port: Number(port) || (secure ? 443 : 80),
        protocol: secure ? 'https' : 'http',
        path: pathname === '/' ? '' : pathname,
        options: { headers, agent },
      },
    ],
    // One server, asked again by whoever asks: it is never set aside.
    pool: { backoff: never, maxRetries: 0, requestTimeout: TIMEOUT_MS },
  })
}

interface Answer {
  readonly error?: string
  readonly results?: readonly {
    readonly error?: string
    readonly series?: readonly {
      readonly tags?: Record<string, string>
      readonly columns: string[]
      readonly values?: (number | string | null)[][]
      readonly partial?: boolean
    }[]
  }[]
}

interface Answered {
  readonly series: readonly Series[]
  readonly maybeCut: boolean
}

async function ask(client: QueryClient, statement: string): Promise<Answered> {
  // An answer that breaks off leaves the client's promise open for ever.
  const late = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late.abort()
      reject(new Error(`no whole answer within ${TIMEOUT_MS / 1000} s`))
    }, TIMEOUT_MS)
  })
  try {
    const asked = client.queryRaw(statement, { precision: 'ms', method: 'POST', signal: late.signal })
    const answer = (await Promise.race([asked, timeout])) as Answer
    const [result] = answer.results ?? []
    const refused = answer.error ?? result?.error
    if (refused !== undefined) throw refusal(refused)
    const series = result?.series ?? []
    return {
      series: series.map(({ tags = {}, columns, values = [] }) => ({ tags, columns, rows: values })),
      maybeCut: series.some(({ partial }) => partial === true),
    }
  } finally {
    clearTimeout(timer)
  }
}

/** An answer of 200 that says no, as 1.x has it: told like the status that it should have been. */
function refusal(message: string): Error {
  const missing = /not found|not authorized|authorization/i.test(message)
  const busy = /timeout|too many|limit exceeded|shutting down|engine is closed/i.test(message)
  return Object.assign(new Error(message), { res: { statusCode: missing ? 404 : busy ? 503 : 400 } })
}

function caller(url: string, headers: Record<string, string>): Api {
  return async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause) => {
      throw unavailable('busy', url, connectionMessage(cause), cause)
    })
    const text = await answer.text()
    if (answer.ok) return text === '' ? undefined : JSON.parse(text)
    throw Object.assign(
      new Error(`${method} ${path.split('?')[0]}: ${answer.status} ${text.slice(0, 300)}`),
      {
        res: { statusCode: answer.status },
      },
    )
  }
}

function connectionMessage(cause: Error): string {
  const inner = cause.cause as NodeJS.ErrnoException | undefined
  return inner?.code ?? inner?.message ?? cause.message
}

function rowsOf(series: readonly Series[]): number {
  return series.reduce((sum, { rows }) => sum + rows.length, 0)
}
