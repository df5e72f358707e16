import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-07-10T04:30:00Z')
const YEAR_2025 = Date.parse('2024-12-31T16:00:00Z')

const org = organisation(
  [
    site({
      id: 'park',
      zone: 'Asia/Shanghai',
      areas: [{ id: 'tower', floorArea: [{ from: '2019-01-01', m2: 1000 }] }],
      employees: [{ from: '2020-01-01', fullTime: 10 }],
      meters: [
        { ...incomer('e'), area: 'tower' },
        {
          id: 'kw',
          utility: 'electricity',
          role: 'submeter',
          parent: 'e',
          gauge: { unit: 'kW', maxGap: 'PT1H' },
        },
        { id: 'w', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
        { id: 'v', utility: 'electricity', role: 'virtual', formula: 'e - kw' },
      ],
    }),
    site({
      id: 'bengaluru',
      zone: 'Asia/Kolkata',
      meters: [incomer('i')],
      employees: [{ from: '2020-01-01', fullTime: 5 }],
    }),
  ],
  [
    { id: 'group', sites: 'all' },
    { id: 'own', sites: ['park'] },
  ],
)

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW, {
    targets: [
      {
        id: 'less',
        name: { en: 'Less energy', zh: '节能' },
        indicator: 'energy-per-employee',
        scope: 'boundary:own',
        kind: 'reduction',
        baseline: { year: 2024, value: 9, source: 'a report' },
        by: 2026,
        reduction: 0.05,
      },
      { id: 'blind', indicator: 'energy-per-employee', scope: 'site:bengaluru', kind: 'ceiling', limit: 1 },
    ],
  })
  const hours = Math.floor((NOW - YEAR_2025) / HOUR_MS)
  await api.take(Array.from({ length: hours + 1 }, (_, h) => ['e', YEAR_2025 + h * HOUR_MS, h * 10]))
})
afterAll(() => api.close())

describe('GET /consumption', () => {
  it('gives a local year, its months and its days by bare dates', async () => {
    const year = await api.get(
      '/consumption?scope=site:park&utility=electricity&grain=year&from=2025&to=2026',
    )
    expect(year.body).toEqual({
      rows: [
        {
          start: '2024-12-31T16:00:00.000Z',
          end: '2025-12-31T16:00:00.000Z',
          value: 87_600,
          unit: 'kWh',
          coverage: 1,
          estimated: 0,
          quality: 'measured',
        },
      ],
      next: null,
    })
    const days = await api.get('/consumption?scope=meter:e&grain=day&from=2025-02')
    expect(days.body.rows.map((row: { value: number }) => row.value)).toEqual(Array(28).fill(240))
  })

  it('marks the span that still runs, and leaves out those to come', async () => {
    const { body } = await api.get(
      '/consumption?scope=site:park&utility=electricity&grain=month&from=2026&to=2027',
    )
    expect(body.rows.length).toBe(7)
    expect(body.rows.at(-1)).toMatchObject({ partial: true, start: '2026-06-30T16:00:00.000Z' })
    expect(body.rows.at(-1).coverage).toBeCloseTo(228 / 228.5, 9)
    expect(body.rows[0]).not.toHaveProperty('partial')
  })

  it('reckons quarters of an hour by the same rule', async () => {
    const { body } = await api.get(
      '/consumption?scope=meter:e&grain=15m&from=2025-03-01T00:00:00Z&to=2025-03-01T01:00:00Z',
    )
    expect(body.rows.map((row: { value: number }) => row.value)).toEqual([2.5, 2.5, 2.5, 2.5])
  })

  it('is null with the reason where nothing was read, never zero', async () => {
    const { body } = await api.get('/consumption?scope=site:park&utility=tap-water&grain=year&from=2025')
    expect(body.rows[0]).toMatchObject({
      value: null,
      coverage: 0,
      reason: 'no readings from w in this span',
    })
  })

  it('of a virtual meter says which of its parts lacks', async () => {
    const { body } = await api.get('/consumption?scope=meter:v&grain=year&from=2025')
    expect(body.rows[0]).toMatchObject({
      value: null,
      unit: 'kWh',
      quality: 'missing',
      reason: 'no readings from kw in this span',
    })
  })

  it('of years may reach far back', async () => {
    const { body } = await api.get('/consumption?scope=meter:e&grain=year&from=1950&to=2026')
    expect(body.rows.length).toBe(76)
    expect(body.rows.at(-1).value).toBe(87_600)
  })

  it('comes page by page', async () => {
    const path = '/consumption?scope=meter:e&grain=day&from=2025-02&limit=20'
    const first = await api.get(path)
    expect(first.body.rows.length).toBe(20)
    const second = await api.get(`${path}&after=${first.body.next}`)
    expect(second.body.rows.length).toBe(8)
    expect(second.body.next).toBeNull()
  })

  it.each([
    ['scope=site:nowhere&utility=electricity', 404, 'scope', 'boundary:group, boundary:own, site:park'],
    ['scope=nonsense', 404, 'scope', 'There is no scope "nonsense"'],
    ['scope=site:park', 400, 'utility', 'electricity, tap-water'],
    ['scope=site:park&utility=diesel', 400, 'utility', 'No meter measures diesel'],
    ['scope=site:park&utility=steam', 400, 'utility', 'electricity'],

    ['scope=meter:e&grain=week', 400, 'grain', '15m'],
    ['scope=meter:e&from=yesterday', 400, 'from', 'a year such as 2026'],
    ['scope=meter:e&from=2025-02-30', 400, 'from', '"2025-02-30" is no time'],
    ['scope=meter:e&from=2025-01-01T00:00:00', 400, 'from', 'RFC 3339 with a zone'],
    ['scope=meter:e&from=2025&to=2024', 400, 'to', 'does not come after'],
    ['scope=meter:e&from=2025-03-01T00:00:00Z&to=2025-03-01T00:00:00Z', 400, 'to', 'does not come after'],
    ['scope=meter:e&from=9999', 400, 'from', 'years from 1900 to 2200'],
    ['scope=meter:e&from=0100&to=2026', 400, 'from', 'years from 1900 to 2200'],
    ['scope=meter:e&grain=15m&from=1970&to=2026', 400, 'from', 'too long for this grain'],
    ['scope=boundary:group&utility=electricity&grain=hour', 400, 'grain', 'several time zones'],
    ['', 400, 'scope', ''],
  ])('refuses ?%s with %i, naming %s', async (query, status, field, message) => {
    const seen = await api.get(`/consumption?${query}`)
    expect(seen.status).toBe(status)
    expect(seen.body).toMatchObject({ status, type: expect.stringContaining('urn:wattwell:problem:') })
    expect(seen.body.errors[0].field).toBe(field)
    expect(seen.body.detail).toContain(message)
  })
})

describe('GET /kpis', () => {
  it('gives value, numerator and denominator, of several indicators and scopes at once', async () => {
    const { body } = await api.get(
      '/kpis?indicator=energy-per-employee,energy-per-area&scope=site:park,boundary:own&from=2025&to=2026',
    )
    for (const [i, value] of [8.76, 0.0876, 8.76, 0.0876].entries())
      expect(body.rows[i].value).toBeCloseTo(value, 12)
    expect(body.rows[0]).toMatchObject({
      indicator: 'energy-per-employee',
      scope: 'site:park',
      unit: 'MWh/person',
      numerator: expect.closeTo(87.6, 10),
      denominator: 10,
    })
  })

  it('of an area is that of the meters that supply it', async () => {
    const { body } = await api.get(
      '/kpis?indicator=energy-per-area,energy-per-employee&scope=area:park/tower&from=2025&to=2026',
    )
    expect(body.rows[0].value).toBeCloseTo(0.0876, 12)
    expect(body.rows[1]).toMatchObject({
      value: null,
      reason: 'employees are stated per site, not for area:park/tower',
    })
  })

  it('refuses more figures than one answer should hold', async () => {
    const seen = await api.get(
      '/kpis?indicator=energy,tap-water&scope=site:park,boundary:own&grain=day&from=1950&to=2026',
    )
    expect([seen.status, seen.body.errors[0].field]).toEqual([400, 'from'])
  })

  it('lists what there is where an indicator is unknown', async () => {
    const seen = await api.get('/kpis?indicator=energy-per-cat&scope=site:park')
    expect(seen.status).toBe(400)
    expect(seen.body.detail).toContain('energy-per-employee, energy-per-employee-average')
    expect(seen.body.errors[0].accepted).toContain('pv-share')
  })
})

describe('GET /targets', () => {
  it('gives the path, the projection and the verdict', async () => {
    const { body } = await api.get('/targets')
    expect(body.rows[0]).toMatchObject({
      id: 'less',
      name: { en: 'Less energy', zh: '节能' },
      year: 2026,
      baseline: 9,
      baselineOf: { year: 2024, proxy: false, source: 'a report' },
      limit: expect.closeTo(8.55, 12),
      pathValue: expect.closeTo(8.55, 12),
      method: 'same-months',
      verdict: 'off-track',
      monthsComplete: 6,
      coverage: 1,
      allowanceUnit: 'MWh',
    })
    expect(body.rows[0].projected).toBeCloseTo(8.76, 9)
    expect(body.rows[0].progress).toBeCloseTo((9 - 8.76) / 0.45, 6)
    expect(body.rows[0].path.map((point: { year: number }) => point.year)).toEqual([2024, 2025, 2026])
  })

  it('says what is lacking instead of judging', async () => {
    const { body } = await api.get('/targets')
    expect(body.rows[1]).toMatchObject({
      verdict: 'insufficient-data',
      projected: null,
      reason: 'no readings from i in this span',
    })
  })

  it('of a past year are judged by that year', async () => {
    const { body } = await api.get('/targets?year=2025')
    expect(body.rows[0]).toMatchObject({
      year: 2025,
      actual: expect.closeTo(8.76, 12),
      projected: expect.closeTo(8.76, 12),
      method: 'complete-year',
      verdict: 'on-track',
    })
  })
})

describe('GET /targets/{id}', () => {
  it('adds the course of the year and what drives it, adding up to the distance from the path', async () => {
    const { body } = await api.get('/targets/less')
    const [path, lastYear] = body.drivers
    expect(path).toMatchObject({
      against: 'path',
      unit: 'MWh/person',
      reference: body.pathValue,
      span: { from: '2026-01-01', to: '2026-07-01' },
    })
    expect(path.total).toBeCloseTo(body.projected - body.pathValue, 12)
    expect(path.parts.map(({ kind, id }: { kind: string; id: string }) => [kind, id])).toEqual([
      ['site', 'site:park'],
      ['denominator', 'employees'],
    ])
    expect(path.parts[0]).toMatchObject({ name: { en: 'park' }, parts: [{ kind: 'meter', id: 'e' }] })
    expect(lastYear.total).toBeCloseTo(0, 12)
    expect(body.previous).toEqual({ year: 2025, value: expect.closeTo(8.76, 12) })
    expect(body.months).toHaveLength(12)
    expect(body.months[5]).toMatchObject({ month: '2026-06', partial: false, value: 7.2 })
    expect(body.months[11]).toMatchObject({ value: null, cumulative: null, partial: true })
    expect(body.months[11].projectedCumulative).toBeCloseTo(body.projected * 10, 9)
  })

  it('has nothing to split where nothing is known, and says so', async () => {
    const { body } = await api.get('/targets/blind')
    for (const { total, reason } of body.drivers)
      expect([total, reason]).toEqual([null, expect.stringContaining('no readings from i')])
  })

  it('names the targets that there are where it is none', async () => {
    const { status, body } = await api.get('/targets/more')
    expect([status, body.detail]).toEqual([404, 'There is no target "more". There are: less, blind.'])
  })

  it('answers for any year', async () => {
    for (const year of [1990, 2024, 2027, 2100])
      expect((await api.get(`/targets/less?year=${year}`)).body.verdict).toBe('insufficient-data')
  })
})
