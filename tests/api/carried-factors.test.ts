import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const GRID = 'emission/electricity/region:CN-NORTH/2023-01-01'
let api: TestApi
beforeAll(async () => {
  const org = organisation(
    [site({ id: 'hq', grid: 'CN-NORTH', meters: [incomer('e')] })],
    [{ id: 'all', sites: 'all' }],
  )
  const grid = {
    of: 'electricity',
    region: 'CN-NORTH',
    unit: 'kgCO2/kWh',
    source: 'a table',
    published: '2025',
  }
  const factors = [{ ...grid, from: '2023-01-01', to: '2023-12-31', value: 0.6361, carryForward: true }]
  const targets = [{ id: 'lid', indicator: 'ghg-scope2', scope: 'boundary:all', kind: 'ceiling', limit: 9 }]
  api = await testApi(org, Date.UTC(2026, 5, 1), { targets, factors: { factors } })
  await api.take([
    ['e', Date.UTC(2025, 0, 1), 0],
    ['e', Date.UTC(2026, 0, 1), 10_000],
  ])
})
afterAll(() => api.close())

it('a factor that is carried forward is named by every figure that used it', async () => {
  const [kpi] = (await api.get('/kpis?indicator=ghg-scope2&scope=site:hq&from=2025')).body.rows
  expect(kpi.value).toBeCloseTo(6.361, 9)
  expect(kpi.carryForward).toEqual([GRID])
  const [target] = (await api.get('/targets?year=2025')).body.rows
  expect(target).toMatchObject({ verdict: 'on-track', carryForward: [GRID] })
  const report = (await api.get('/reports/2025?years=1')).body
  expect(report.factors).toContainEqual(expect.objectContaining({ key: GRID, carriedForward: true }))
  const [energy] = (await api.get('/kpis?indicator=energy&scope=site:hq&from=2025')).body.rows
  expect(energy.carryForward).toBeUndefined()
})
