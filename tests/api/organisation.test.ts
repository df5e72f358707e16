import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { indicators, quantities } from '../../core/indicator.ts'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-07-10T04:30:00Z')
const org = organisation(
  [
    site({
      id: 'park',
      zone: 'Asia/Shanghai',
      grid: 'CN-NORTH',
      areas: [
        {
          id: 'tower',
          floorArea: [
            { from: '2025-03-01', m2: 1400 },
            { from: '2019-01-01', m2: 1000 },
          ],
        },
      ],
      employees: [
        { from: '2020-01-01', fullTime: 10, total: 12 },
        { from: '2026-01-01', fullTime: 14 },
      ],
      revenue: [{ from: '2025-01-01', to: '2025-12-31', millions: 1250 }],
      meters: [
        { ...incomer('e'), area: 'tower' },
        { id: 'gas', utility: 'natural-gas', role: 'import', register: { unit: 'm3' } },
      ],
    }),
    site({ id: 'south', grid: 'CN-SOUTH', meters: [incomer('s')] }),
    site({
      id: 'centre',
      kind: 'data-center',
      pueCategory: 2,
      meters: [
        incomer('c'),
        {
          id: 'it',
          utility: 'electricity',
          role: 'submeter',
          parent: 'c',
          use: 'it',
          register: { unit: 'kWh' },
        },
      ],
    }),
  ],
  [
    { id: 'group', sites: 'all' },
    { id: 'offices', sites: ['park', 'south'] },
  ],
)

let api: TestApi
beforeAll(async () => {
  const grid = {
    of: 'electricity',
    region: 'CN-NORTH',
    unit: 'kgCO2/kWh',
    source: 'a table',
    published: '2025',
  }
  api = await testApi(org, NOW, {
    factors: {
      factors: [{ ...grid, from: '2023-01-01', to: '2023-12-31', value: 0.6361, carryForward: true }],
    },
  })
  await api.post('/entries', {
    scope: 'boundary:group',
    quantity: 'refrigerant',
    kind: 'R-410A',
    period: '2025-06',
    value: 3,
    unit: 'kg',
    source: 'invoice 17',
  })
  await api.post('/entries', {
    scope: 'site:south',
    quantity: 'diesel',
    period: '2025-06',
    value: 90,
    unit: 'L',
    source: 'invoice 18',
  })
})
afterAll(() => api.close())

it('the organisation says what is stated of its sites, by first day, and when it was read', async () => {
  const { body } = await api.get('/sites')
  expect(body.organisation.readAt).toBe('2026-07-10T04:30:00.000Z')
  expect(body.rows[0]).toMatchObject({
    grid: 'CN-NORTH',
    pueCategory: null,
    floorAreaM2: 1400,
    stated: {
      employees: [
        { from: '2020-01-01', fullTime: 10, total: 12 },
        { from: '2026-01-01', fullTime: 14, total: null },
      ],
      revenue: [{ from: '2025-01-01', to: '2025-12-31', millions: 1250 }],
    },
  })
  expect(body.rows[0].areas[0].floorArea).toEqual([
    { from: '2019-01-01', m2: 1000 },
    { from: '2025-03-01', m2: 1400 },
  ])
  expect(body.rows[2]).toMatchObject({ pueCategory: 2, stated: { employees: [], revenue: [] } })
})

describe('GET /factors', () => {
  let rows: Json[]
  beforeAll(async () => {
    const { body } = await api.get('/factors')
    expect(body.assessmentReport).toBe('AR6')
    rows = body.rows
  })
  const series = (key: string) => rows.find((row) => row.key === key)

  it('a factor that is carried forward says so, and since when', () => {
    const north = series('emission/electricity/region:CN-NORTH')
    expect(north.now).toEqual({
      key: 'emission/electricity/region:CN-NORTH/2023-01-01',
      value: 0.6361,
      unit: 'kgCO2/kWh',
      carriedForward: true,
      since: '2024-01-01',
    })
    expect(north.usedBy).toEqual(['site:park'])
    expect(north.values.map(({ from, own, overruled, now }: Json) => [from, own, overruled, now])).toEqual([
      ['2021-01-01', false, false, false],
      ['2022-01-01', false, false, false],
      ['2023-01-01', true, false, true],
      ['2023-01-01', false, true, false],
    ])
  })

  it('where none holds today the reason stands in its place', () => {
    const south = series('emission/electricity/region:CN-SOUTH')
    expect(south).toMatchObject({ now: null, usedBy: ['site:south'] })
    expect(south.reason).toMatch(/the last one ended on 2023-12-31/)
  })

  it('those that hold on apply to whom a meter or an entry of is counted by them', () => {
    expect(series('heat-value/natural-gas/international')).toMatchObject({
      now: { value: 38.979, since: '1990-01-01', carriedForward: false },
      usedBy: ['site:park'],
    })
    expect(series('density/diesel/international').usedBy).toEqual(['site:south'])
    expect(series('warming-potential/R-410A/international')).toMatchObject({
      now: { value: 2255.5 },
      usedBy: ['boundary:group'],
    })
    expect(series('warming-potential/SF6/international').usedBy).toEqual([])
  })
})

describe('GET /indicators', () => {
  it('every one says in both languages how it is made and what makes it null', async () => {
    const { body } = await api.get('/indicators')
    expect(body.rows.map(({ id }: Json) => id)).toEqual([...indicators.keys()])
    expect(body.quantities.map(({ id }: Json) => id)).toEqual([...quantities.keys()])
    const named = new Set(body.quantities.map(({ id }: Json) => id))
    for (const { id, name, how, undefinedWhere, numerator } of body.rows) {
      expect(undefinedWhere.length, id).toBeGreaterThan(0)
      for (const words of [name, how, ...undefinedWhere]) {
        expect(words.en, id).toMatch(/^[A-Z]/)
        expect(words.zh, id).toMatch(/\p{Script=Han}/u)
      }
      expect(named, id).toContain(numerator)
    }
    for (const { id, name, how } of body.quantities) {
      expect(how.en, id).not.toBe(name.en)
      expect(name.en, id).not.toBe(id)
      expect(how.zh, id).toMatch(/\p{Script=Han}/u)
    }
  })

  it('is possible where numerator and denominator are, of a boundary’s data centres where it speaks of those', async () => {
    const { body } = await api.get('/indicators')
    const of = (id: string) => body.rows.find((row: Json) => row.id === id)
    expect(of('pue')).toMatchObject({
      standard: 'ISO/IEC 30134-2:2016',
      dataCentresOnly: true,
      denominator: { id: 'it-energy', from: 'quantities' },
      scopes: ['boundary:group', 'site:centre'],
    })
    expect(of('energy-per-employee').scopes).toEqual([
      'boundary:group',
      'boundary:offices',
      'site:park',
      'site:south',
      'site:centre',
    ])
    expect(of('energy-per-area').scopes).toContain('area:park/tower')
    expect(of('tap-water').scopes).toEqual([])
    expect(of('water-withdrawal').how.en).toBe('Tap water + Reclaimed water.')
    expect(of('waste-hazardous-per-employee')).toMatchObject({ scale: 1000, unit: 'kg/person' })
  })
})
