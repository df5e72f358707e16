import { afterAll, beforeAll, expect, it } from 'vitest'
import { Calendar, DAY_MS } from '../../core/calendar.ts'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { weatheredSite } from '../support/weathered-site.ts'

const NOW = Date.parse('2026-09-10T08:00:00Z')
const berlin = new Calendar('Europe/Berlin')
/** Both read once a day, at midnight: the mean of a day is that of its two ends. */
const ONCE_A_DAY = { gauge: { unit: 'degC', maxGap: 'P1DT2H' } } as const

const org = organisation(
  [
    site({
      id: 'north',
      zone: 'Europe/Berlin',
      employees: [{ from: '2020-01-01', fullTime: 10 }],
      meters: [incomer('e'), { id: 'air', utility: 'outdoor-temperature', role: 'sensor', ...ONCE_A_DAY }],
    }),
    site({
      id: 'south',
      zone: 'Europe/Berlin',
      employees: [{ from: '2020-01-01', fullTime: 10 }],
      meters: [incomer('s')],
    }),
  ],
  [{ id: 'both', sites: 'all' }],
)
const ceiling = { indicator: 'energy-per-employee', kind: 'ceiling', limit: 8 }
const warmSpring = (year: number, month: number) => (year === 2026 && month >= 2 && month <= 5 ? 5 : 0)
const made = weatheredSite(
  { base: 100, workday: 40, heating: { balanceC: 14, perK: 5 }, cooling: { balanceC: 21, perK: 8 } },
  [2025, 2026, 12],
  { noise: 0.04, warmer: warmSpring },
)
const truthMwh =
  Array.from({ length: 12 }, (_, m) => made.amountOf(2026, m + 1)).reduce((a, b) => a + b, 0) / 1000

/** What both meters show at each midnight, so that every day has the use and the mean that were made up for it. */
function readings(): [string, number, number][] {
  const rows: [string, number, number][] = []
  let face = 0
  let end = 0
  for (const [day, meanC] of made.meansC) {
    const at = berlin.startOfDay(day)
    if (at > NOW) break
    rows.push(['e', at, face], ['s', at, face])
    // Two readings a day: what the evening lacks the noon makes up.
    rows.push(['air', at, end], ['air', at + DAY_MS / 2, 2 * meanC - end])
    face += made.days.get(day) as number
    end = 0
  }
  return rows
}

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW, {
    targets: [
      { ...ceiling, id: 'north', scope: 'site:north' },
      { ...ceiling, id: 'south', scope: 'site:south' },
      { ...ceiling, id: 'both', scope: 'boundary:both' },
    ],
  })
  await api.take(readings())
})
afterAll(() => api.close())

async function targetOf(id: string, query = ''): Promise<Json> {
  const { body } = await api.get(`/targets${query}`)
  return body.rows.find((row: Json) => row.id === id)
}

it('a warm spring is told from a saving: the weather-adjusted projection is chosen, with its statistics', async () => {
  const north = await targetOf('north')
  expect(north.method).toBe('weather-adjusted')
  expect(north.projected * 10).toBeCloseTo(truthMwh, 0)
  const by = (method: string) => north.projections.find((one: Json) => one.method === method)
  expect(Math.abs(by('same-months').projected * 10 - truthMwh)).toBeGreaterThan(
    2 * Math.abs(north.projected * 10 - truthMwh),
  )
  expect(north.low * 10).toBeLessThan(truthMwh)
  expect(north.high * 10).toBeGreaterThan(truthMwh)
  const chosen = by('weather-adjusted')
  expect(chosen).toMatchObject({ chosen: true, projected: north.projected })
  expect(chosen.reason).toMatch(/^in 3 trials on known months it erred by .* %, the same months/)
  expect(chosen.model).toMatchObject({ points: 608, detail: { weatherYears: 1, trials: { count: 3 } } })
  expect(chosen.model.r2).toBeGreaterThan(0.9)
  const [model] = chosen.model.detail.sites
  expect(model).toMatchObject({ site: 'north', grain: 'day', reason: null })
  expect(model.terms.find(({ kind }: Json) => kind === 'heating')).toMatchObject({
    balanceC: 14,
    unit: 'MWh/(K·d)',
    coefficient: expect.closeTo(0.005, 3),
  })
})

it('a site without a sensor goes by its same months, and has no such candidate', async () => {
  const south = await targetOf('south')
  expect(south.method).toBe('same-months')
  expect(south.projections.map(({ method }: Json) => method)).toEqual(['same-months', 'straight-line'])
})

it('a boundary is the sum of both', async () => {
  const [north, south, both] = [await targetOf('north'), await targetOf('south'), await targetOf('both')]
  const adjusted = both.projections.find(({ method }: Json) => method === 'weather-adjusted')
  expect(adjusted.projected * 20).toBeCloseTo(north.projected * 10 + south.projected * 10, 6)
  expect(adjusted.model.detail.sites[1].reason).toBe('no sensor of outdoor temperature')
})

it('a year that is over has no projection by weather', async () => {
  const north = await targetOf('north', '?year=2025')
  expect(north.method).toBe('complete-year')
  expect(north.projections).toHaveLength(1)
})

it('a late reading changes the projection with the next question', async () => {
  const before = await targetOf('north')
  expect((await targetOf('north')).projected).toBe(before.projected)
  const at = berlin.startOfDay(Date.UTC(2026, 2, 10) / DAY_MS) + DAY_MS / 2
  await api.take([['air', at, -25]])
  const after = await targetOf('north')
  expect(after.method).toBe('weather-adjusted')
  expect(after.projected).not.toBe(before.projected)
})

it('the detail of a target rests on the same candidate', async () => {
  const { body } = await api.get('/targets/north')
  expect(body).toMatchObject({ method: 'weather-adjusted', projected: (await targetOf('north')).projected })
})

it('what is entered for the boundary beside its sites goes by the same months', async () => {
  const months = [2025, 2026].flatMap((year) =>
    Array.from({ length: year === 2026 ? 8 : 12 }, (_, m) => `${year}-${String(m + 1).padStart(2, '0')}`),
  )
  for (const period of months) {
    const entry = {
      scope: 'boundary:both',
      quantity: 'petrol',
      period,
      value: 1000,
      unit: 'L',
      source: 'cards',
    }
    expect((await api.post('/entries', entry)).status).toBe(201)
  }
  const [north, south, both] = [await targetOf('north'), await targetOf('south'), await targetOf('both')]
  const adjusted = both.projections.find(({ method }: Json) => method === 'weather-adjusted')
  const { body } = await api.get(
    '/kpis?indicator=energy&scope=boundary:both&grain=month&from=2026-08&to=2026-09',
  )
  const sites = await api.get(
    '/kpis?indicator=energy&scope=site:north,site:south&grain=month&from=2026-08&to=2026-09',
  )
  const petrol = body.rows[0].value - sites.body.rows.reduce((sum: number, row: Json) => sum + row.value, 0)
  expect(petrol).toBeGreaterThan(5)
  expect(adjusted.projected * 20).toBeCloseTo(north.projected * 10 + south.projected * 10 + 12 * petrol, 6)
})
