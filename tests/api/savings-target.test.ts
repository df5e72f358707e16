import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestApi, testApi } from '../support/api.ts'
import { organisation, site } from '../support/organisation.ts'

let api: TestApi
beforeAll(async () => {
  const org = organisation([site({ id: 'hq' }), site({ id: 'lab' })], [{ id: 'offices', sites: 'all' }])
  const targets = [
    { id: 'water-saving', indicator: 'water-saved', scope: 'boundary:offices', kind: 'floor', limit: 50_000 },
  ]
  api = await testApi(org, Date.UTC(2026, 5, 1), { targets })
})
afterAll(() => api.close())

const saving = (scope: string, period: string, value: number, more: object) =>
  api.app.inject({
    method: 'POST',
    url: '/api/v1/savings',
    payload: {
      measure: 'taps',
      scope,
      period,
      source: 'inventory',
      waterSaved: { value, unit: 'm3' },
      ...more,
    },
  })

const target = async (year: number) => (await api.get(`/targets?year=${year}`)).body.rows[0]

it('the ledger feeds a target on what is saved: metered and estimated, of all sites', async () => {
  expect(await target(2025)).toMatchObject({ actual: null, verdict: 'insufficient-data' })
  const metered = { method: 'metered', baseline: { water: 90_000 } }
  const estimated = { method: 'estimated', baseline: { water: 40_000 }, factor: '2 L a wash' }
  expect((await saving('site:hq', '2025', 31_000, metered)).statusCode).toBe(201)
  expect(await target(2025)).toMatchObject({ actual: 31_000, verdict: 'off-track' })
  expect((await saving('site:lab', '2025-04', 20_000, estimated)).statusCode).toBe(201)
  expect(await target(2025)).toMatchObject({
    actual: 51_000,
    projected: 51_000,
    verdict: 'on-track',
    coverage: 1,
  })
})

it('load that was moved to other hours saves nothing', async () => {
  const shifted = {
    waterSaved: undefined,
    loadShifted: { value: 900, unit: 'MWh' },
    method: 'metered',
    baseline: { load: 1000 },
  }
  const answer = await saving('site:hq', '2025', 0, shifted)
  expect(answer.statusCode, answer.body).toBe(201)
  expect(
    (await api.get('/kpis?indicator=energy-saved&scope=boundary:offices&from=2025')).body.rows[0].value,
  ).toBeNull()
  expect((await target(2025)).actual).toBe(51_000)
})
