import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-07-10T04:30:00Z')
const org = organisation(
  [site({ id: 'park', areas: [{ id: 'tower', floorArea: [] }] }), site({ id: 'works' })],
  [
    { id: 'group', sites: 'all' },
    { id: 'offices', sites: ['park'] },
  ],
)
const screens = {
  measure: 'screens off at night',
  scope: 'site:park',
  period: '2025',
  method: 'estimated',
  baseline: { energy: 300 },
  factor: '62 screens x 0.25 kW x 9 h',
  energySaved: { value: 140, unit: 'MWh' },
  source: 'facility team',
}
const sensors = {
  measure: 'infrared sensors in washrooms',
  scope: 'area:park/tower',
  period: '2025',
  method: 'metered',
  baseline: { energy: 1000, water: 5000 },
  energySaved: { value: 380_000, unit: 'kWh' },
  waterSaved: { value: 1200, unit: 'm3' },
  source: 'submeters',
}
const shift = {
  measure: 'ice storage',
  scope: 'site:works',
  period: '2025-07',
  method: 'metered',
  baseline: { load: 90 },
  loadShifted: { value: 60, unit: 'MWh' },
  source: 'submeters',
}

let api: TestApi
beforeEach(async () => {
  api = await testApi(org, NOW)
})
afterEach(() => api.close())

const post = async (payload: object) => {
  const answer = await api.app.inject({ method: 'POST', url: '/api/v1/savings', payload })
  return { status: answer.statusCode, body: answer.json() as Json }
}
const entered = async (payload: object): Promise<Json> => {
  const { status, body } = await post(payload)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.rows
}
const ledger = async (query = '') => (await api.get(`/savings${query}`)).body

describe('the savings ledger', () => {
  it('keeps measure, method, baseline and factor beside what was saved', async () => {
    const [row] = await entered({ ...screens, by: 'Anna' })
    expect(row).toMatchObject({
      scope: 'site:park',
      quantity: 'energy-saved',
      item: 'screens off at night',
      value: 140,
      unit: 'MWh',
      by: 'Anna',
      version: 1,
      saving: {
        measure: 'screens off at night',
        method: 'estimated',
        baseline: 300,
        factor: '62 screens x 0.25 kW x 9 h',
      },
    })
    expect((await api.get('/entries')).body.rows).toEqual([row])
  })

  it('adds up by year, metered and estimated apart, in one unit', async () => {
    await entered(screens)
    const rows = await entered({ ...sensors, baseline: { energy: 1_000_000, water: 5000 } })
    expect(rows.map(({ quantity, saving }: Json) => [quantity, saving.baseline])).toEqual([
      ['energy-saved', 1_000_000],
      ['water-saved', 5000],
    ])
    await entered({ ...screens, period: '2024-12', energySaved: { value: 36, unit: 'GJ' } })
    expect((await ledger()).totals).toEqual([
      {
        year: 2025,
        energySaved: { unit: 'MWh', metered: 380, estimated: 140, total: 520 },
        waterSaved: { unit: 't', metered: 1200, estimated: 0, total: 1200 },
        loadShifted: null,
      },
      {
        year: 2024,
        energySaved: { unit: 'MWh', metered: 0, estimated: 10, total: 10 },
        waterSaved: null,
        loadShifted: null,
      },
    ])
    expect((await ledger('?year=2024')).rows).toHaveLength(1)
  })

  it('counts shifted load as no saving', async () => {
    await entered(shift)
    expect((await ledger()).totals).toEqual([
      {
        year: 2025,
        energySaved: null,
        waterSaved: null,
        loadShifted: { unit: 'MWh', metered: 60, estimated: 0, total: 60 },
      },
    ])
    const { status, body } = await post({
      ...shift,
      baseline: { load: 90, energy: 90 },
      energySaved: { value: 60, unit: 'MWh' },
    })
    expect([status, body.errors[0].field]).toEqual([400, 'energySaved'])
    expect(body.errors[0].message).toContain('a shift saves no energy')
  })

  it('has what lies in a scope', async () => {
    await entered(screens)
    await entered({ ...sensors, baseline: { energy: 1_000_000, water: 5000 } })
    await entered(shift)
    const count = async (scope: string) => (await ledger(`?scope=${scope}`)).rows.length
    expect(await count('boundary:group')).toBe(4)
    expect(await count('boundary:offices')).toBe(3)
    expect(await count('site:park')).toBe(3)
    expect(await count('area:park/tower')).toBe(2)
    expect(await count('site:works')).toBe(1)
    expect((await api.get('/savings?scope=site:x')).status).toBe(404)
  })

  it('has the last version of a measure only, and none that was taken back', async () => {
    await entered(screens)
    const [second] = await entered({ ...screens, energySaved: { value: 150, unit: 'MWh' } })
    expect(second.version).toBe(2)
    expect((await ledger()).totals).toMatchObject([{ energySaved: { total: 150 } }])
    await api.app.inject({ method: 'DELETE', url: `/api/v1/entries/${second.id}` })
    expect(await ledger()).toEqual({ rows: [], totals: [] })
  })
})

describe('POST /savings', () => {
  it.each([
    [{ baseline: {} }, ['baseline.energy'], /missing.*MWh/],
    [{ baseline: { energy: 139 } }, ['baseline.energy'], /139 MWh is less than the 140 MWh/],
    [{ baseline: { energy: 300, water: 5 } }, ['baseline.water'], /no waterSaved/],
    [{ baseline: undefined }, ['baseline'], /missing/],
    [{ factor: ' ' }, ['factor'], /missing/],
    [{ energySaved: undefined, baseline: {} }, ['energySaved'], /Nothing is stated/],
    [{ energySaved: { value: 140, unit: 'm3' } }, ['energySaved.unit'], /not in "m3"/],
    [{ energySaved: { value: -1, unit: 'MWh' } }, ['energySaved.value'], />=0/],
    [{ method: 'guessed' }, ['method'], /one of those accepted/],
    [{ measure: '' }, ['measure'], /./],
    [{ period: '2027' }, ['period'], /has not begun/],
    [{ scope: 'meter:e' }, ['scope'], /no scope/],
  ])('refuses %j', async (more, fields, message) => {
    const { status, body } = await post({ ...screens, ...more })
    expect([status === 400 || status === 404, body.errors.map(({ field }: Json) => field)]).toEqual([
      true,
      fields,
    ])
    expect(body.errors[0].message).toMatch(message)
    expect((await ledger()).rows).toEqual([])
  })

  it('says of scope and period once what is wrong with both', async () => {
    const { body } = await post({ ...sensors, period: 'May', baseline: { energy: 1_000_000, water: 5000 } })
    expect(body.errors.map(({ field }: Json) => field)).toEqual(['period'])
  })
})
