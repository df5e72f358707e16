import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { organisation, site } from '../support/organisation.ts'

/** What a company published of 2020 to 2023: totals as entered, and the intensities that they must come to. */
const totals: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  2020: {
    energy: 118397.58,
    ghg: 66481.29,
    'tap-water': 187339.02,
    'waste-nonhazardous': 4661.07,
    'waste-hazardous': 0.37,
    'employees-fulltime-yearend': 22074,
  },
  2021: {
    energy: 144626.56,
    ghg: 82820.16,
    'tap-water': 329572,
    'waste-nonhazardous': 6328.88,
    'waste-hazardous': 2.5,
    'employees-fulltime-yearend': 33427,
  },
  2022: {
    energy: 144741.38,
    ghg: 85742.61,
    'tap-water': 391953.85,
    'waste-nonhazardous': 7052.28,
    'waste-hazardous': 1.43,
    'employees-fulltime-yearend': 32543,
  },
  2023: {
    energy: 211171.84,
    ghg: 116722.56,
    'tap-water': 523100.75,
    'waste-nonhazardous': 7174.83,
    'waste-hazardous': 95.78,
    'employees-fulltime-yearend': 33627,
  },
  // Published without a headcount.
  2018: { energy: 18856.92, ghg: 13093.57, 'tap-water': 81345.33 },
}
const published: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  2020: { energy: 5.36, ghg: 3.01, 'tap-water': 8.49, 'waste-nonhazardous': 0.21, 'waste-hazardous': 0.02 },
  2021: { energy: 4.33, ghg: 2.48, 'tap-water': 9.86, 'waste-nonhazardous': 0.19, 'waste-hazardous': 0.07 },
  2022: { energy: 4.45, ghg: 2.63, 'tap-water': 12.04, 'waste-nonhazardous': 0.22, 'waste-hazardous': 0.04 },
  2023: { energy: 6.28, ghg: 3.47, 'tap-water': 15.56, 'waste-nonhazardous': 0.21, 'waste-hazardous': 2.85 },
}
const UNITS: Readonly<Record<string, string>> = {
  energy: 'MWh',
  ghg: 'tCO2e',
  'employees-fulltime-yearend': 'person',
}
const cases = Object.entries(published).flatMap(([year, of]) =>
  Object.entries(of).map(([quantity, value]) => [Number(year), `${quantity}-per-employee`, value] as const),
)

describe('from totals and headcounts that are entered', () => {
  let api: TestApi
  beforeAll(async () => {
    const org = organisation(
      [site({ id: 'hq' }), site({ id: 'plant' })],
      [
        { id: 'group', sites: 'all' },
        { id: 'offices', sites: ['hq'] },
      ],
    )
    api = await testApi(org, Date.UTC(2026, 0, 1))
    for (const [period, of] of Object.entries(totals)) {
      for (const [quantity, value] of Object.entries(of)) {
        const body = {
          scope: 'boundary:group',
          quantity,
          period,
          value,
          unit: UNITS[quantity] ?? 't',
          source: 'ESG report',
        }
        const answer = await api.app.inject({ method: 'POST', url: '/api/v1/entries', payload: body })
        expect(answer.statusCode, answer.body).toBe(201)
      }
    }
  })
  afterAll(() => api.close())

  const ask = async (indicator: string, scope: string, year: number) =>
    (await api.get(`/kpis?indicator=${indicator}&scope=${scope}&from=${year}`)).body.rows[0]

  it('there are 20 of them', () => expect(cases).toHaveLength(20))

  it.each(cases)('%i %s comes to %d as published', async (year, indicator, value) => {
    const row = await ask(indicator, 'boundary:group', year)
    expect(row).toMatchObject({ coverage: 1, estimated: 0, quality: 'edited' })
    expect(Math.floor(row.value * 100 + 0.5) / 100).toBe(value)
    const of = totals[year]?.[indicator.replace('-per-employee', '')] as number
    expect(row.numerator).toBe(of)
    expect(row.denominator).toBe(totals[year]?.['employees-fulltime-yearend'])
  })

  it('stand in the annual table as published', async () => {
    const { body } = await api.get('/reports/2023?boundary=group&years=4')
    const rows = new Map<string, Json>(
      body.sections.flatMap(({ rows }: Json) => rows.map((row: Json) => [row.id, row])),
    )
    for (const [year, indicator, value] of cases) {
      const cell = rows.get(indicator).cells.find((one: Json) => one.year === year)
      expect(cell.shown, `${indicator} ${year}`).toBe(value.toFixed(2))
    }
  })

  it.each([
    ['energy-per-employee', 'boundary:group', 2018, 'no employees are stated for site'],
    ['tap-water-per-employee', 'boundary:group', 2018, 'no employees are stated for site'],
    ['ghg-per-area', 'boundary:group', 2018, 'no area is stated for site'],
    ['energy-per-revenue', 'boundary:group', 2020, 'no revenue is stated for site'],
    ['ghg-per-revenue', 'boundary:group', 2023, 'no revenue is stated for site'],
    ['energy-per-employee', 'boundary:offices', 2020, 'no meter measures energy at hq'],
    ['energy-per-area', 'boundary:offices', 2021, 'no meter measures energy at hq'],
    ['ghg-per-employee', 'boundary:offices', 2021, 'no meter measures ghg at hq'],
    ['reclaimed-water-share', 'boundary:offices', 2023, 'no meter measures reclaimed-water at hq'],
  ])('%s of %s in %i is answered with the reason', async (indicator, scope, year, reason) => {
    const row = await ask(indicator, scope, year)
    expect(row.value).toBeNull()
    expect(row.reason).toContain(reason)
  })
})
