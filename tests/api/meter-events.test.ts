import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryStore } from '../../store/memory.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { batchOf } from '../support/batch.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-07-10T04:30:00Z')
const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 6, 9, hour, minute)).toISOString()
const org = organisation([
  site({
    id: 'park',
    meters: [
      { ...incomer('e'), register: { unit: 'kWh', digits: 6 }, limitPerHour: 300 },
      incomer('plain'),
      { id: 'g', utility: 'electricity', role: 'submeter', gauge: { unit: 'kW' } },
      { id: 'v', utility: 'electricity', role: 'virtual', formula: 'e + plain' },
    ],
  }),
])

let api: TestApi
let woken = 0
const call = async (method: 'POST' | 'DELETE', path: string, payload?: object) => {
  const url = `/api/v1/meter-events${path}`
  const answer = await api.app.inject({ method, url, ...(payload !== undefined && { payload }) })
  return { status: answer.statusCode, body: answer.json() as Json }
}
const post = (body: object) => call('POST', '', body)
const posted = async (body: object): Promise<Json> => {
  const { status, body: row } = await post(body)
  expect(status, JSON.stringify(row)).toBe(201)
  return row
}
const touched = async () => (await api.store.touched(100)).map(({ meter, from, to }) => ({ meter, from, to }))
const hours = (meter: string, from: number, to: number) => ({
  meter,
  from: Date.UTC(2026, 6, 9, from),
  to: Date.UTC(2026, 6, 9, to),
})
const correction = { meter: 'e', at: at(3), kind: 'correction', to: at(5), value: 100 }

beforeEach(async () => {
  woken = 0
  api = await testApi(org, NOW, {
    forgottenYears: [2021, 2022],
    wake: () => {
      woken += 1
    },
  })
  await api.take([
    ['e', Date.parse(at(1)), 100],
    ['e', Date.parse(at(2)), 200],
    ['e', Date.parse(at(9)), 900],
    ['plain', Date.parse(at(2)), 200],
  ])
})
afterEach(() => api.close())

describe('POST /meter-events', () => {
  it('answers the row, touches its hours and wakes the aggregation', async () => {
    const row = await posted({ ...correction, by: 'Anna', note: 'meter was off' })
    expect(row).toEqual({
      id: expect.any(String),
      meter: 'e',
      kind: 'correction',
      at: at(3),
      to: at(5),
      value: 100,
      by: 'Anna',
      note: 'meter was off',
      enteredAt: '2026-07-10T04:30:00.000Z',
      reversed: null,
    })
    expect(await touched()).toEqual([hours('e', 3, 5)])
    expect(woken).toBe(1)
  })

  it('takes every kind with what it takes, and a time as a number', async () => {
    const bodies = [
      { kind: 'replacement', closing: 999_999, opening: 0, multiplier: 40, to: at(4) },
      { kind: 'replacement' },
      { kind: 'reset', closing: 5, opening: 1 },
      { kind: 'rollover' },
      { kind: 'multiplier', multiplier: 2.5 },
      { kind: 'exclude', to: at(4) },
    ]
    for (const body of bodies) {
      const row = await posted({ meter: 'e', at: Date.parse(at(3)), ...body })
      expect(row).toMatchObject({ ...body, at: at(3) })
    }
    await posted({ meter: 'e', at: at(2), kind: 'exclude' })
    for (const body of [{ kind: 'exclude' }, { kind: 'correction', value: 0 }])
      await posted({ meter: 'g', at: at(3), to: at(4), ...body })
  })

  it('touches up to the newest reading where a multiplier changes', async () => {
    await posted({ meter: 'e', at: at(3, 30), kind: 'multiplier', multiplier: 2 })
    await posted({ meter: 'e', at: at(1, 30), kind: 'multiplier', multiplier: 3 })
    expect(await touched()).toEqual([hours('e', 3, 9), hours('e', 1, 4)])
  })

  it('touches what was stored while a multiplier was declared, too', async () => {
    const store = new (class extends MemoryStore {
      override async addToJournal(...args: Parameters<MemoryStore['addToJournal']>) {
        await this.write({
          readings: [batchOf([['e', Date.parse(at(7)), 5]], NOW)],
          touched: [],
          quarantined: [],
        })
        await super.addToJournal(...args)
      }
    })()
    const other = await testApi(org, NOW, { store })
    await other.take([['e', Date.parse(at(1)), 1]])
    const payload = { meter: 'e', at: at(1), kind: 'multiplier', multiplier: 2 }
    await other.app.inject({ method: 'POST', url: '/api/v1/meter-events', payload })
    const windows = (await store.touched(9)).map(({ meter, from, to }) => ({ meter, from, to }))
    expect(windows).toEqual([hours('e', 1, 2), hours('e', 1, 7)])
    await other.close()
  })

  it('takes a clock that is a little ahead', async () => {
    await posted({ meter: 'plain', at: NOW + 9 * 60_000, kind: 'reset' })
  })

  const e = { meter: 'e', at: at(3) }
  it.each<[string, object, number, string, RegExp]>([
    ['a meter that is not there', { ...correction, meter: 'x' }, 404, 'meter', /There are: e, plain, g, v/],
    ['a virtual meter', { ...correction, meter: 'v' }, 400, 'meter', /virtual/],
    ['a kind that is none', { ...e, kind: 'swap' }, 400, 'kind', /replacement/],
    ['an unknown field', { ...e, kind: 'rollover', reason: 'x' }, 400, 'body', /reason/],
    ['a field that the kind does not take', { ...e, kind: 'rollover', to: at(4) }, 400, 'to', /rollover/],
    ['a face in a correction', { ...correction, opening: 1 }, 400, 'opening', /Accepted: to, value/],
    ['a correction without an end', { ...correction, to: undefined }, 400, 'to', /needs it/],
    ['a correction without a value', { ...correction, value: undefined }, 400, 'value', /needs it/],
    ['no meter', { at: at(2), kind: 'exclude' }, 400, 'meter', /It is missing/],
    ['a field of another kind', { ...e, kind: 'rollover', closing: 1 }, 400, 'closing', /Accepted: by, note/],
    ['a multiplier without one', { ...e, kind: 'multiplier' }, 400, 'multiplier', /needs it/],
    ['a multiplier of nothing', { ...e, kind: 'multiplier', multiplier: 0 }, 400, 'multiplier', />0/],
    ['a time without a zone', { ...e, at: '2026-07-09T03:00', kind: 'rollover' }, 400, 'at', /RFC 3339/],
    ['a day that is none', { ...e, at: '2026-02-30T00:00Z', kind: 'rollover' }, 400, 'at', /no time/],
    ['half a millisecond', { ...e, at: 1.5e12 + 0.5, kind: 'rollover' }, 400, 'at', /milliseconds/],
    ['seconds', { ...e, at: 1_783_000_000, kind: 'rollover' }, 400, 'at', /before 2000.*milliseconds/],
    ['the future', { ...e, at: NOW + 11 * 60_000, kind: 'rollover' }, 400, 'at', /future/],
    ['an end in the future', { ...correction, to: '2026-07-11T00:00Z' }, 400, 'to', /future/],
    ['an end that is no later', { ...correction, to: at(3) }, 400, 'to', /does not come after/],
    ['a forgotten year', { ...e, at: '2022-05-01T00:00Z', kind: 'reset' }, 400, 'at', /2021 to 2022/],
    ['a span into one', { ...correction, at: '2020-12-31T00:00Z' }, 400, 'at', /2021 to 2022/],
    ['a face beyond its digits', { ...e, kind: 'reset', closing: 1_000_000 }, 400, 'closing', /digits/],
    ['a negative face', { meter: 'plain', at: at(3), kind: 'reset', opening: -1 }, 400, 'opening', /kWh/],
    ['a rollover without digits', { meter: 'plain', at: at(3), kind: 'rollover' }, 400, 'kind', /digits/],
    ['a reset of a gauge', { meter: 'g', at: at(3), kind: 'reset' }, 400, 'kind', /correction, exclude/],
    ['a negative correction', { ...correction, value: -1 }, 400, 'value', />=0/],
    ['more than can be', { ...correction, value: 600.5 }, 400, 'value', /300 kWh.*0 to 600 kWh/],
  ])('refuses %s', async (_, body, status, field, message) => {
    const { status: answered, body: problem } = await post(body)
    expect([answered, problem.errors[0].field]).toEqual([status, field])
    expect(problem.detail).toMatch(message)
    expect(await touched()).toEqual([])
    expect(await api.store.journal()).toEqual([])
    expect(woken).toBe(0)
  })

  it('takes as much as the limit lets through', async () => {
    await posted({ ...correction, value: 600 })
  })

  it('refuses to exclude an instant without a reading, and names the nearest', async () => {
    const { status, body } = await post({ meter: 'e', at: at(3), kind: 'exclude' })
    expect([status, body.errors[0].field, body.errors[0].accepted]).toEqual([400, 'at', [at(2), at(9)]])
    const silent = await post({ meter: 'g', at: at(3), kind: 'exclude' })
    expect([silent.status, silent.body.errors[0].accepted]).toEqual([400, undefined])
  })

  it('refuses a correction over one that is in force, and names it', async () => {
    const first = await posted(correction)
    const over = { ...correction, at: at(4), to: at(6) }
    const { status, body } = await post(over)
    expect([status, body.type]).toEqual([409, 'urn:wattwell:problem:overlap'])
    expect(body.detail).toContain(first.id)
    await posted({ ...correction, at: at(5), to: at(6) })
    await posted({ ...correction, meter: 'plain' })
    await call('DELETE', `/${first.id}`)
    await posted({ ...correction, at: at(4), to: at(5) })
  })

  it('takes one of two that come at once and overlap', async () => {
    const answers = await Promise.all([post(correction), post(correction)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})

describe('DELETE /meter-events/{id}', () => {
  it('appends a reversal, touches the same hours again and wakes the aggregation', async () => {
    const row = await posted(correction)
    const { status, body } = await call('DELETE', `/${row.id}?by=Bo&note=wrong%20day`)
    expect(status).toBe(200)
    const reversed = { by: 'Bo', note: 'wrong day', at: '2026-07-10T04:30:00.000Z' }
    expect(body).toEqual({ ...row, reversed })
    expect(await touched()).toEqual([hours('e', 3, 5), hours('e', 3, 5)])
    expect(woken).toBe(2)
    expect((await api.store.journal()).length).toBe(2)
    expect((await api.get('/meter-events')).body.rows).toEqual([{ ...row, reversed }])
  })

  it('touches what the multiplier before it holds for again', async () => {
    await posted({ meter: 'e', at: at(1), kind: 'multiplier', multiplier: 3 })
    const second = await posted({ meter: 'e', at: at(3), kind: 'multiplier', multiplier: 2 })
    await call('DELETE', `/${second.id}`)
    expect((await touched()).at(-1)).toEqual(hours('e', 3, 9))
  })

  it('refuses a second time, and an event that is not there', async () => {
    const row = await posted(correction)
    await call('DELETE', `/${row.id}`)
    const again = await call('DELETE', `/${row.id}`)
    expect([again.status, again.body.type]).toEqual([409, 'urn:wattwell:problem:taken-back'])
    const other = await posted(correction)
    const unknown = await call('DELETE', '/nothing')
    expect([unknown.status, unknown.body.errors[0].accepted]).toEqual([404, [other.id]])
    expect((await call('DELETE', `/${other.id}?why=x`)).status).toBe(400)
  })
})

describe('GET /meter-events', () => {
  it('lists the newest entry first, page by page and by meter', async () => {
    const rows: Json[] = []
    for (const meter of ['e', 'plain', 'e', 'e']) rows.push(await posted({ meter, at: at(3), kind: 'reset' }))
    const newestFirst = rows.toReversed()
    const first = await api.get('/meter-events?limit=3')
    expect(first.body.rows).toEqual(newestFirst.slice(0, 3))
    const second = await api.get(`/meter-events?limit=3&after=${first.body.next}`)
    expect(second.body).toEqual({ rows: newestFirst.slice(3), next: null })
    const ofMeter = await api.get('/meter-events?meter=plain')
    expect(ofMeter.body).toEqual({ rows: [rows[1]], next: null })
    expect((await api.get('/meter-events?meter=g')).body.rows).toEqual([])
  })

  it('refuses a page and a meter that are none', async () => {
    expect((await api.get('/meter-events?after=x')).body.errors[0].field).toBe('after')
    expect((await api.get('/meter-events?meter=x')).status).toBe(404)
  })
})

describe('GET /readings', () => {
  it('flags what an exclusion in force names, and what came with another value before', async () => {
    const excluded = await posted({ meter: 'e', at: at(2), kind: 'exclude' })
    await api.take([['e', Date.parse(at(9)), 0.9, 'MWh']])
    const flags = async () =>
      (await api.get(`/readings?meter=e&from=${at(0)}&to=${at(10)}`)).body.rows.map((row: Json) => row.flags)
    expect(await flags()).toEqual([[], ['excluded'], ['conflict']])
    const { body } = await api.get(`/readings?meter=e&from=${at(9)}&to=${at(10)}`)
    expect(body.rows[0]).toMatchObject({
      value: 0.9,
      unit: 'MWh',
      conflicts: [{ value: 900, unit: 'kWh', receivedAt: '2026-07-10T04:30:00.000Z' }],
    })
    await call('DELETE', `/${excluded.id}`)
    expect(await flags()).toEqual([[], [], ['conflict']])
    await posted({ meter: 'e', at: at(1), to: at(2), kind: 'exclude' })
    expect(await flags()).toEqual([['excluded'], [], ['conflict']])
  })
})
