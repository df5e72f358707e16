import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashOfKey } from '../../api/keys.ts'
import { type Point, parseLine } from '../../senders/line-protocol.ts'
import { MemoryStore } from '../../store/memory.ts'
import { StoreUnavailable } from '../../store/store.ts'
import { folder } from '../senders/support.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { batchOf } from '../support/batch.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-07-10T04:30:00Z')
const DAY = Date.parse('2026-07-09T00:00:00Z')
const org = organisation([site({ id: 'park', meters: [incomer('e'), incomer('it-s'), incomer('quiet')] })])

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW)
  await api.take(
    [
      ...Array.from(
        { length: 3000 },
        (_, i) => ['e', DAY + i * 20_000, i / 7, i % 3 ? undefined : 'MWh'] as const,
      ),
      ['gone', DAY + 5, 5],
      ['it-s', DAY, -1.5],
    ].map((row) => row as readonly [string, number, number, string?]),
  )
  // The same instant again: the later arrival counts.
  await api.take([['e', DAY, 4711, 'kWh']])
})
afterAll(() => api.close())

const asked = (query: string, headers = {}) =>
  api.app.inject({ url: `/api/v1/export/readings?${query}`, headers })

/** Meter, instant, value, unit and arrival of every reading, as the API lists them. */
async function listed(meter: string): Promise<unknown[]> {
  const { body } = await api.get(`/readings?meter=${meter}&from=2026-07-01T00:00:00Z&to=2026-08-01T00:00:00Z`)
  return body.rows.map((row: Json) => [meter, row.at, row.value, row.unit, row.receivedAt])
}

const time = (at: unknown) => new Date(Number(at)).toISOString()

describe('GET /export/readings', () => {
  it('as line protocol is every reading once', async () => {
    const answer = await asked('')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    const rows = answer.body
      .trim()
      .split('\n')
      .map((line) => {
        const { tags, fields, time: at } = parseLine(line) as Point
        return [
          tags.get('meter'),
          time(BigInt(at as string) / 1_000_000n),
          fields.get('value'),
          fields.get('unit') || 'kWh',
          time(fields.get('received')),
        ]
      })
    const of = (meter: string) => rows.filter((row) => row[0] === meter)
    expect(of('e')).toEqual(await listed('e'))
    expect(of('it-s')).toEqual(await listed('it-s'))
    // A meter that is no longer configured is not held back.
    expect(of('gone')).toEqual([['gone', time(DAY + 5), 5, 'kWh', time(NOW)]])
  })

  it('as Parquet is every reading once, with times that readers know for such', async () => {
    const answer = await asked('format=parquet&meter=e,it-s')
    expect(answer.headers).toMatchObject({
      'content-type': 'application/vnd.apache.parquet',
      'content-length': String(answer.rawPayload.length),
    })
    const path = join(folder(), 'r.parquet')
    await writeFile(path, answer.rawPayload)
    const duckdb = await (await DuckDBInstance.create()).connect()
    const rows = await duckdb.runAndReadAll(
      `SELECT meter, epoch_ms("at"), value, if(unit = '', 'kWh', unit), epoch_ms(received_at) FROM read_parquet('${path}')`,
    )
    expect(
      rows
        .getRows()
        .map(([meter, at, value, unit, received]) => [meter, time(at), value, unit, time(received)]),
    ).toEqual([...(await listed('e')), ...(await listed('it-s'))])
    const types = await duckdb.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`)
    expect(types.getRows().map(([name, type]) => [name, type])).toEqual([
      ['meter', 'VARCHAR'],
      ['at', 'TIMESTAMP WITH TIME ZONE'],
      ['value', 'DOUBLE'],
      ['unit', 'VARCHAR'],
      ['received_at', 'TIMESTAMP WITH TIME ZONE'],
    ])
    const packed = await duckdb.runAndReadAll(`SELECT DISTINCT compression FROM parquet_metadata('${path}')`)
    expect(packed.getRows()).toEqual([['ZSTD']])
    duckdb.closeSync()
  })

  it('leaves nothing behind', async () => {
    await asked('format=parquet')
    const scratch = join(api.folder, 'scratch')
    await expect.poll(() => readdir(scratch)).toEqual([])
  })

  it('is of a span and of meters', async () => {
    const lines = (answer: { body: string }) => answer.body.split('\n').length - 1
    expect(lines(await asked('meter=e&from=2026-07-09T00:00:00Z&to=2026-07-09T00:01:00Z'))).toBe(3)
    expect(lines(await asked('meter=e&from=2026-07-09&to=2026-07-10'))).toBe(3000)
    expect(lines(await asked('meter=quiet'))).toBe(0)
    expect((await asked('format=parquet&meter=quiet')).statusCode).toBe(200)
  })

  it.each([
    ['format=csv', 400, 'format'],
    ['meter=x', 404, 'meter'],
    ['to=2026', 400, 'from'],
    ['from=yesterday', 400, 'from'],
  ])('refuses %s with %s', async (query, status, field) => {
    const answer = await asked(query)
    expect([answer.statusCode, answer.json().errors[0].field]).toEqual([status, field])
  })

  it('answers only to a key where there are keys', async () => {
    const closed = await testApi(org, NOW, { keys: [hashOfKey('secret')] })
    const status = async (headers = {}) =>
      (await closed.app.inject({ url: '/api/v1/export/readings', headers })).statusCode
    expect([await status(), await status({ authorization: 'Bearer secret' })]).toEqual([401, 200])
    await closed.close()
  })

  it('is described in the reference', async () => {
    const { body } = await api.get('/openapi.json')
    const { parameters, responses } = body.paths['/api/v1/export/readings'].get
    expect(parameters.map(({ name }: Json) => name)).toEqual(['format', 'meter', 'from', 'to'])
    expect(Object.keys(responses['200'].content)).toEqual([
      'text/plain; charset=utf-8',
      'application/vnd.apache.parquet',
    ])
  })
})

describe('of a store', () => {
  it('that writes no Parquet the refusal says what can be had', async () => {
    const plain = await testApi(org, NOW, { store: new MemoryStore() })
    const answer = await plain.app.inject({ url: '/api/v1/export/readings?format=parquet' })
    expect([answer.statusCode, answer.json().errors[0]]).toEqual([
      400,
      { field: 'format', message: 'Parquet cannot be had from memory.', accepted: ['lp'] },
    ])
    await plain.close()
  })

  it('that goes away in the midst, the answer breaks off instead of seeming whole', async () => {
    const store = new MemoryStore()
    const rows = Array.from({ length: 100 }, (_, i) => ['e', DAY + i * 86_400_000, i] as const)
    await store.write({ readings: [batchOf(rows, NOW)], touched: [], quarantined: [] })
    const readingsOf = store.readingsOf.bind(store)
    store.readingsOf = (meters, from, to) =>
      from > DAY ? Promise.reject(new StoreUnavailable('busy', 'away')) : readingsOf(meters, from, to)
    const plain = await testApi(org, NOW, { store })
    const url = await plain.app.listen({ host: '127.0.0.1', port: 0 })
    const answer = await fetch(`${url}/api/v1/export/readings?from=2026-07-01&to=2027-01-01`)
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow('terminated')
    await plain.close()
  })
})
