import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

/** 2026 has begun in Shanghai, and not in UTC. */
const NOW = Date.parse('2025-12-31T20:00:00Z')
const org = organisation(
  [
    site({
      id: 'park',
      zone: 'Asia/Shanghai',
      meters: [incomer('e')],
      areas: [{ id: 'tower', floorArea: [] }],
    }),
    site({ id: 'works' }),
  ],
  [{ id: 'group', sites: 'all' }],
)
const entry = {
  scope: 'site:park',
  quantity: 'tap-water',
  period: '2025',
  value: 5,
  unit: 'm3',
  source: 'invoice 7',
}

let api: TestApi
let told: readonly Entry[][]
beforeEach(async () => {
  told = []
  api = await testApi(org, NOW, {
    entered: (entries) => {
      told = [...told, [...entries]]
    },
  })
})
afterEach(() => api.close())

const call = async (method: 'POST' | 'DELETE', path: string, payload?: object) => {
  const answer = await api.app.inject({
    method,
    url: `/api/v1${path}`,
    ...(payload !== undefined && { payload }),
  })
  return { status: answer.statusCode, body: answer.json() as Json, type: answer.headers['content-type'] }
}
const entered = async (more: object = {}): Promise<Json> => {
  const { status, body } = await call('POST', '/entries', { ...entry, ...more })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const listed = async (query = '') => (await api.get(`/entries${query}`)).body.rows

describe('POST /entries', () => {
  it('answers the row, its version and what it does not fit together with', async () => {
    const row = await entered({ by: 'facility office', note: 'second half estimated' })
    expect(row).toEqual({
      id: expect.any(String),
      ...entry,
      kind: '',
      item: '',
      by: 'facility office',
      note: 'second half estimated',
      enteredAt: '2025-12-31T20:00:00.000Z',
      version: 1,
      supersedes: null,
      supersededBy: null,
      inForce: true,
      withdrawn: false,
      warnings: [],
    })
    expect(told).toEqual([[expect.objectContaining({ id: row.id, value: 5, enteredAt: NOW })]])
  })

  it('of the same key is the next version, and the one before stays', async () => {
    const first = await entered()
    const second = await entered({ value: 6, unit: 't', source: 'invoice 7, corrected' })
    const other = await entered({ item: 'invoice 8' })
    expect(second).toMatchObject({ version: 2, supersedes: first.id, inForce: true })
    expect(other).toMatchObject({ version: 1, supersedes: null, inForce: true })
    expect(await listed()).toMatchObject([
      { id: first.id, value: 5, version: 1, inForce: false, supersededBy: second.id },
      { id: second.id, value: 6, version: 2, inForce: true, supersededBy: null },
      { id: other.id, version: 1, inForce: true },
    ])
  })

  it('of many people at once gives each a version of its own', async () => {
    const rows = await Promise.all(Array.from({ length: 8 }, (_, value) => entered({ value })))
    expect(rows.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(await listed('?inForce=true')).toHaveLength(1)
  })

  it.each([
    [{ scope: 'site:x' }, 404, 'scope', /no scope "site:x"/],
    [{ scope: 'meter:e' }, 400, 'scope', /A meter has readings/],
    [{ quantity: 'constructor' }, 400, 'quantity', /cannot be entered/],
    [{ quantity: 'energy-saved', unit: 'MWh' }, 400, 'quantity', /POST \/savings/],
    [{ kind: 'cold' }, 400, 'kind', /tap-water has no kinds/],
    [{ quantity: 'refrigerant', unit: 'kg' }, 400, 'kind', /needs a kind/],
    [{ quantity: 'packaging', unit: 'kg', kind: 'a:' }, 400, 'kind', /is no kind/],
    [{ unit: 'litres' }, 400, 'unit', /tap-water is not in "litres"/],
    [{ period: '2025-13' }, 400, 'period', /no year, month or day/],
    [{ period: '2025-02-30' }, 400, 'period', /no year, month or day/],
    [{ period: '1899' }, 400, 'period', /from 1900 to 2200/],
    [{ period: '2027' }, 400, 'period', /has not begun/],
    [{ scope: 'site:works', period: '2026-01' }, 400, 'period', /has not begun/],
    [{ value: 'many' }, 400, 'value', /expected number/],
    [{ value: -1 }, 400, 'value', />=0/],
    [{ value: null }, 400, 'value', /expected number/],
    [{ source: '  ' }, 400, 'source', /./],
    [{ extra: 1 }, 400, 'body', /extra/],
  ])('refuses %j', async (more, status, field, message) => {
    const answer = await call('POST', '/entries', { ...entry, ...more })
    expect([answer.status, answer.body.errors[0].field]).toEqual([status, field])
    expect(answer.body.errors[0].message).toMatch(message)
    expect(answer.type).toContain('application/problem+json')
    expect([await listed(), told]).toEqual([[], []])
  })

  it('names every field that does not fit', async () => {
    const { body } = await call('POST', '/entries', { ...entry, unit: 'kWh', period: '2025-3', kind: 'x' })
    expect(body.errors.map(({ field }: Json) => field)).toEqual(['kind', 'unit', 'period'])
    expect(body.errors[1].accepted).toEqual(['t', 'm3'])
  })

  it('takes a year that has begun in the zone of the scope', async () => {
    await entered({ period: '2026' })
    await entered({ scope: 'area:park/tower', period: '2026-01-01' })
  })

  it('of broken JSON is a problem', async () => {
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/entries',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    })
    expect([answer.statusCode, answer.json().status]).toEqual([400, 400])
  })
})

describe('DELETE /entries/{id}', () => {
  it('takes back what is in force by a version without a value', async () => {
    const first = await entered()
    const { status, body } = await call('DELETE', `/entries/${first.id}?by=Bo&note=counted%20twice`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      scope: 'site:park',
      quantity: 'tap-water',
      value: null,
      unit: 'm3',
      by: 'Bo',
      note: 'counted twice',
      version: 2,
      supersedes: first.id,
      inForce: false,
      withdrawn: true,
    })
    expect(told.at(-1)).toMatchObject([{ id: body.id, value: null }])
    expect(await listed('?inForce=true')).toEqual([])
    expect(await listed()).toMatchObject([
      { value: 5, supersededBy: body.id, withdrawn: false },
      { value: null },
    ])
    expect(await entered({ value: 9 })).toMatchObject({ version: 3, supersedes: body.id })
  })

  it('of something else than what is in force says why not', async () => {
    expect((await call('DELETE', '/entries/none')).status).toBe(404)
    const first = await entered()
    const second = await entered({ value: 6 })
    const superseded = await call('DELETE', `/entries/${first.id}`)
    expect([superseded.status, superseded.body.errors[0].field]).toEqual([409, 'id'])
    expect(superseded.body.detail).toContain(`superseded by "${second.id}"`)
    const { body: withdrawal } = await call('DELETE', `/entries/${second.id}`)
    expect((await call('DELETE', `/entries/${second.id}`)).body.detail).toContain('was taken back at')
    expect((await call('DELETE', `/entries/${withdrawal.id}`)).body.detail).toContain(
      'itself takes an entry back',
    )
    expect(await listed()).toHaveLength(3)
  })
})

describe('GET /entries', () => {
  beforeEach(async () => {
    await entered()
    await entered({ value: 6 })
    await entered({ period: '2025-03' })
    await entered({ period: '2025-03-31', scope: 'boundary:group' })
    await entered({ period: '2024', quantity: 'reclaimed-water' })
  })

  it.each([
    ['', 5],
    ['?inForce=true', 4],
    ['?scope=site:park', 4],
    ['?scope=site:works', 0],
    ['?quantity=reclaimed-water', 1],
    ['?period=2025', 4],
    ['?period=2025-03', 2],
    ['?period=2025&scope=site:park&inForce=true', 2],
  ])('%s lists %i', async (query, count) => {
    expect(await listed(query)).toHaveLength(count)
  })

  it('pages through the list', async () => {
    const { body } = await api.get('/entries?limit=3')
    const rest = await api.get(`/entries?limit=3&after=${body.next}`)
    expect([body.rows.length, rest.body.rows.length, rest.body.next]).toEqual([3, 2, null])
    expect([...body.rows, ...rest.body.rows]).toEqual(await listed())
  })

  it.each([
    ['?scope=site:x', 404, 'scope'],
    ['?quantity=x', 400, 'quantity'],
    ['?inForce=yes', 400, 'inForce'],
    ['?period=202', 400, 'period'],
    ['?after=x', 400, 'after'],
  ])('%s is refused', async (query, status, field) => {
    const answer = await api.get(`/entries${query}`)
    expect([answer.status, answer.body.errors[0].field]).toEqual([status, field])
  })
})

describe('consistency', () => {
  const water = { scope: 'boundary:group', period: '2023', unit: 't', source: '2023 ESG report' }
  it('is warned of when it is entered, and listed until it is mended', async () => {
    expect((await entered({ ...water, quantity: 'water-withdrawal', value: 683_906.94 })).warnings).toEqual(
      [],
    )
    expect((await entered({ ...water, quantity: 'tap-water', value: 523_100.75 })).warnings).toEqual([])
    const row = await entered({ ...water, quantity: 'reclaimed-water', value: 164_353.0 })
    const warning = {
      code: 'parts-differ',
      expected: 687_453.75,
      found: 683_906.94,
      quantity: 'water-withdrawal',
    }
    expect(row.warnings).toMatchObject([warning])
    expect(row.warnings[0].entries).toContain(row.id)
    const rows = async (query = '') => (await api.get(`/entries/consistency${query}`)).body.rows
    expect(await rows()).toEqual(row.warnings)
    expect(await rows('?scope=boundary:group&year=2023')).toHaveLength(1)
    expect(await rows('?year=2022')).toEqual([])
    expect(await rows('?year=20')).toEqual([])
    expect(await rows('?scope=site:park')).toEqual([])
    expect((await api.get('/entries/consistency?scope=site:x')).status).toBe(404)
    // Another figure has nothing to do with it.
    expect((await entered()).warnings).toEqual([])
    expect((await entered({ ...water, quantity: 'water-withdrawal', value: 687_453.75 })).warnings).toEqual(
      [],
    )
    expect(await rows()).toEqual([])
  })

  it('holds the sites of a boundary against it', async () => {
    await entered({ scope: 'boundary:group', value: 10 })
    const { warnings } = await entered({ value: 50 })
    expect(warnings).toMatchObject([
      { code: 'sites-differ', scope: 'boundary:group', expected: 50, found: 10 },
    ])
  })
})
