import { afterEach, describe, expect, it } from 'vitest'
import { InfluxStore } from '../../store/influx.ts'
import { silent } from '../ingest/fixture-organisation.ts'
import { batchOf } from '../support/batch.ts'
import { type Answer, type Request, serve } from '../support/http-server.ts'

/**
 * What is sent to each major version, held against its documented HTTP API. The conformance suite runs
 * against the real servers where they are at hand; these hold the requests where they aren't.
 */
const t0 = Date.UTC(2026, 0, 1)
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A server that says it is of a version, and answers the rest as told; 204 to writes. */
async function server(version: string, answers: Record<string, Answer> = {}) {
  const found = await serve((request) => {
    const path = request.path.split('?')[0] as string
    if (path === '/ping') return { status: 204, headers: { 'x-influxdb-version': version } }
    const told = answers[`${request.method} ${path}`]
    if (told !== undefined) return told
    return path === '/query' ? { status: 200, body: { results: [{ statement_id: 0 }] } } : { status: 204 }
  })
  ends.push(() => found.close())
  return found
}

async function open(url: string, credentials: { token?: string; username?: string; password?: string }) {
  const location = { url, token: '', username: '', password: '', database: 'energy', ...credentials }
  const store = await InfluxStore.open(location, 'one', silent)
  ends.push(() => store.close())
  return store
}

/** A request in a line: method, path with query, how it is authorised. */
const line = ({ method, path, headers }: Request) => `${method} ${path} ${headers.authorization ?? 'without'}`
const form = ({ body }: Request) => Object.fromEntries(new URLSearchParams(body))

const oneReading = {
  readings: [batchOf([['park-e-in', t0, 1234.5, 'kWh']], t0 + 7)],
  touched: [],
  quarantined: [],
}
const POINT = `reading,meter=park-e-in value=1234.5,received=${t0 + 7},unit="kWh" ${t0}`

describe('requests to InfluxDB 1.x', () => {
  const basic = `Basic ${Buffer.from('meter:p:w').toString('base64')}`

  it('make the database by a statement, and use it with user and password', async () => {
    const { url, requests } = await server('1.8.10')
    const store = await open(url, { username: 'meter', password: 'p:w' })
    await store.write(oneReading)
    await store.readings('park-e-in', t0, t0 + 1000)
    await store.dropReadings(t0, t0 + 1000)
    expect(requests.map(line)).toEqual([
      'GET /ping without',
      `POST /query ${basic}`,
      `POST /query ${basic}`,
      `POST /query ${basic}`,
      `POST /query ${basic}`,
      `POST /write?db=energy&precision=ms ${basic}`,
      `POST /query ${basic}`,
      `POST /query ${basic}`,
      `POST /query ${basic}`,
    ])
    const [, list, create, names, newest, write, select, drop, dropConflicts] = requests as [
      Request,
      Request,
      Request,
      Request,
      Request,
      Request,
      Request,
      Request,
      Request,
    ]
    expect(form(list)).toMatchObject({ q: 'SHOW DATABASES', epoch: 'ms' })
    expect(form(create).q).toBe(
      'CREATE DATABASE "energy" WITH DURATION INF SHARD DURATION 28d NAME "autogen"',
    )
    // Once, so that what is overwritten from now on is known.
    expect(form(names).q).toMatch(/^SHOW TAG VALUES FROM "reading"/)
    expect(form(newest).q).toMatch(/GROUP BY "meter" ORDER BY time DESC LIMIT 1$/)
    expect(form(dropConflicts).q).toMatch(/^DELETE FROM "conflict"/)
    expect(write.headers['content-type']).toMatch(/^text\/plain/)
    expect(write.body).toBe(POINT)
    expect(form(select)).toMatchObject({
      db: 'energy',
      epoch: 'ms',
      q: `SELECT "value", "received", "unit" FROM "reading" WHERE ("meter" = 'park-e-in') AND time >= ${t0}ms AND time < ${t0 + 1000}ms GROUP BY "meter" ORDER BY time ASC`,
    })
    expect(form(drop).q).toBe(`DELETE FROM "reading" WHERE time >= ${t0}ms AND time < ${t0 + 1000}ms`)
  })

  it('leave a database alone that is there already', async () => {
    const databases = { results: [{ series: [{ columns: ['name'], values: [['_internal'], ['energy']] }] }] }
    const { url, requests } = await server('1.6.7', { 'POST /query': { status: 200, body: databases } })
    await open(url, {})
    expect(requests.map(form).map(({ q }) => q)).toEqual([
      undefined,
      'SHOW DATABASES',
      'SHOW RETENTION POLICIES ON "energy"',
    ])
  })
})

describe('an answer of 1.x that may be cut off', () => {
  /** A server that answers so many rows in turn, and counts so many. */
  async function answering(lengths: number[], count: number) {
    const found = await serve((request) => {
      if (request.path === '/ping') return { status: 204, headers: { 'x-influxdb-version': '1.8.10' } }
      const q = form(request).q ?? ''
      const series = q.startsWith('SELECT count')
        ? [{ tags: { meter: 'a' }, columns: ['time', 'count'], values: [[0, count]] }]
        : q.startsWith('SELECT')
          ? [
              {
                tags: { meter: 'a' },
                columns: ['time', 'value', 'received', 'unit'],
                partial: true,
                values: Array.from({ length: lengths.shift() ?? 0 }, (_, i) => [t0 + i, i, t0, '']),
              },
            ]
          : []
      return { status: 200, body: { results: [{ series }] } }
    })
    ends.push(() => found.close())
    return open(found.url, {})
  }

  it('is whole where it has as many rows as are counted', async () => {
    const store = await answering([12_000], 12_000)
    expect((await store.readings('a', t0, t0 + 1e6)).at.length).toBe(12_000)
  })

  it('is asked for again where more were written meanwhile', async () => {
    const store = await answering([11_000, 12_500], 12_000)
    expect((await store.readings('a', t0, t0 + 1e6)).at.length).toBe(12_500)
  })

  it('is refused where it stays shorter, with what to set', async () => {
    const store = await answering([10_000, 10_000], 12_000)
    await expect(store.readings('a', t0, t0 + 1e6)).rejects.toMatchObject({
      code: 'held',
      message: expect.stringContaining('max-row-limit = 0'),
    })
  })
})

describe('a database that is gone', () => {
  it('is made again with the next write', async () => {
    let gone = true
    const found = await serve(({ path }) => {
      if (path === '/ping') return { status: 204, headers: { 'x-influxdb-version': '1.8.10' } }
      if (path === '/query') return { status: 200, body: { results: [{}] } }
      return gone ? { status: 404, body: { error: 'database not found: "energy"' } } : { status: 204 }
    })
    ends.push(() => found.close())
    const store = await open(found.url, {})
    await expect(store.write(oneReading)).rejects.toMatchObject({ code: 'held' })
    gone = false
    await store.write(oneReading)
    const created = found.requests.filter((request) => form(request).q?.startsWith('CREATE DATABASE'))
    expect(created.length).toBe(2)
  })
})

describe('requests to InfluxDB 2.x', () => {
  const bucket = { id: 'b0', name: 'energy', orgID: 'o0' }

  it('make the bucket and the mapping by which /write and /query find it', async () => {
    const { url, requests } = await server('v2.7.11', {
      'GET /api/v2/buckets': { status: 200, body: { buckets: [] } },
      'GET /api/v2/orgs': { status: 200, body: { orgs: [{ id: 'o0', name: 'we' }] } },
      'POST /api/v2/buckets': { status: 201, body: bucket },
      'GET /api/v2/dbrps': { status: 200, body: { content: [] } },
      'POST /api/v2/dbrps': { status: 201, body: {} },
    })
    const store = await open(url, { token: 't0p' })
    await store.write(oneReading)
    await store.readingBefore('park-e-in', t0)
    expect(requests.map(line).slice(1)).toEqual([
      'GET /api/v2/buckets?name=energy Token t0p',
      'GET /api/v2/orgs Token t0p',
      'POST /api/v2/buckets Token t0p',
      'GET /api/v2/dbrps?orgID=o0&db=energy Token t0p',
      'POST /api/v2/dbrps Token t0p',
      'POST /query Token t0p',
      'POST /query Token t0p',
      'POST /write?db=energy&precision=ms Token t0p',
      'POST /query Token t0p',
      'POST /query Token t0p',
      'POST /query Token t0p',
    ])
    expect(JSON.parse((requests[3] as Request).body)).toEqual({
      orgID: 'o0',
      name: 'energy',
      retentionRules: [{ type: 'expire', everySeconds: 0, shardGroupDurationSeconds: 28 * 86_400 }],
    })
    expect(JSON.parse((requests[5] as Request).body)).toEqual({
      orgID: 'o0',
      bucketID: 'b0',
      database: 'energy',
      retention_policy: 'autogen',
      default: true,
    })
    expect((requests[8] as Request).body).toBe(POINT)
  })

  it('use what is there, and delete by the v2 API, both ends included', async () => {
    const { url, requests } = await server('v2.7.11', {
      'GET /api/v2/buckets': { status: 200, body: { buckets: [bucket] } },
      'GET /api/v2/dbrps': { status: 200, body: { content: [{ database: 'energy' }] } },
    })
    const store = await open(url, { token: 't0p' })
    await store.dropHours(t0, t0 + 3_600_000)
    expect(requests.map(line).slice(1)).toEqual([
      'GET /api/v2/buckets?name=energy Token t0p',
      'GET /api/v2/dbrps?orgID=o0&db=energy Token t0p',
      'POST /api/v2/delete?org=o0&bucket=energy Token t0p',
      'POST /api/v2/delete?org=o0&bucket=energy Token t0p',
      'POST /api/v2/delete?org=o0&bucket=energy Token t0p',
    ])
    expect(requests.slice(-3).map(({ body }) => JSON.parse(body))).toEqual(
      ['consumption', 'usage', 'use'].map((measurement) => ({
        start: '2026-01-01T00:00:00.000Z',
        stop: '2026-01-01T00:59:59.999999999Z',
        predicate: `_measurement="${measurement}" AND grain="hour"`,
      })),
    )
  })

  it('are not sent without a token', async () => {
    const { url } = await server('v2.7.11')
    const store = await open(url, { username: 'meter', password: '' })
    await expect(store.write(oneReading)).rejects.toThrow(/needs INFLUX_TOKEN/)
  })
})

describe('requests to InfluxDB 3.x', () => {
  it('make the database by the v3 API and go to the v1 paths with a bearer token', async () => {
    const { url, requests } = await server('3.4.1', {
      'POST /api/v3/configure/database': { status: 409, body: { error: 'it is there' } },
    })
    const store = await open(url, { token: 'apiv3_x' })
    await store.write(oneReading)
    expect(requests.map(line)).toEqual([
      'GET /ping Bearer apiv3_x',
      'POST /api/v3/configure/database Bearer apiv3_x',
      'POST /write?db=energy&precision=ms Bearer apiv3_x',
    ])
    expect(JSON.parse((requests[1] as Request).body)).toEqual({ db: 'energy' })
  })

  it('never ask for more files than it opens, ten minutes of readings each', async () => {
    const { url, requests } = await server('3.4.1')
    const store = await open(url, { token: 'apiv3_x' })
    const before = requests.length
    await store.readings('park-e-in', t0, t0 + 30 * 86_400_000)
    const spans = requests
      .slice(before)
      .map((request) => /time >= (\d+)ms AND time < (\d+)ms/.exec(form(request).q ?? ''))
    expect(spans.length).toBe(11)
    for (const span of spans) expect(Number(span?.[2]) - Number(span?.[1])).toBeLessThanOrEqual(400 * 600_000)
    expect(spans[0]?.[1]).toBe(String(t0))
    expect(spans.at(-1)?.[2]).toBe(String(t0 + 30 * 86_400_000))
  })

  it('cannot delete, and say so', async () => {
    const { url } = await server('3.4.1')
    const store = await open(url, { token: 'apiv3_x' })
    await expect(store.dropReadings(t0, t0 + 1)).rejects.toMatchObject({ code: 'held' })
  })
})

describe('a server that is none of them', () => {
  it('is named as what it is not', async () => {
    const other = await serve(() => ({ status: 200, body: 'hello' }))
    ends.push(() => other.close())
    const store = await open(other.url, {})
    await expect(store.write(oneReading)).rejects.toMatchObject({
      code: 'held',
      message: expect.stringContaining('is STORE_URL right?'),
    })
  })

  it('that refuses the token says so', async () => {
    const other = await serve(() => ({ status: 401 }))
    ends.push(() => other.close())
    const store = await open(other.url, { token: 'wrong' })
    await expect(store.write(oneReading)).rejects.toThrow(/INFLUX_TOKEN is not accepted/)
  })
})
