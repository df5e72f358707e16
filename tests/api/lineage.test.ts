import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LineageNode } from '../../api/lineage-schema.ts'
import { indicators } from '../../core/indicator.ts'
import { quantityName } from '../../core/quantity-names.ts'
import type { Quantity } from '../../core/source.ts'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-02-10T04:30:00Z')
const YEAR_2025 = Date.parse('2024-12-31T16:00:00Z')

const zone = 'Asia/Shanghai'
const org = organisation(
  [
    site({
      id: 'park',
      zone,
      grid: 'CN-NORTH',
      areas: [
        {
          id: 'tower',
          floorArea: [
            { from: '2019-01-01', m2: 1000 },
            { from: '2025-07-01', m2: 1400 },
          ],
        },
      ],
      employees: [
        { from: '2020-01-01', fullTime: 10 },
        { from: '2025-04-01', fullTime: 16 },
      ],
      meters: [
        incomer('e'),
        { ...incomer('pv'), role: 'generation', renewable: true },
        { ...incomer('out'), role: 'export' },
        { id: 'gas', utility: 'natural-gas', role: 'import', register: { unit: 'm3' } },
        { id: 'w', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
        { id: 'r', utility: 'reclaimed-water', role: 'import', register: { unit: 'm3' } },
      ],
    }),
    site({
      id: 'depot',
      zone,
      grid: 'CN-EAST',
      meters: [incomer('d'), { id: 'dw', utility: 'tap-water', role: 'import', register: { unit: 'm3' } }],
      employees: [{ from: '2020-01-01', fullTime: 5 }],
    }),
  ],
  [{ id: 'group', sites: 'all' }],
)

const perHour = { e: 20, pv: 5, out: 1, gas: 2, w: 0.5, r: 0.25, d: 3, dw: 0.125 }

/** Of a year before, and carried forward. */
const grid = (region: string, value: number) => ({
  of: 'electricity',
  region,
  from: '2024-01-01',
  to: '2024-12-31',
  value,
  unit: 'kgCO2e/kWh',
  source: 'a bulletin',
  published: '2025-12',
  carryForward: true,
})

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW, { factors: { factors: [grid('CN-NORTH', 0.6), grid('CN-EAST', 0.55)] } })
  const hours = Math.floor((NOW - YEAR_2025) / HOUR_MS)
  for (const [meter, step] of Object.entries(perHour)) {
    // Every sixth hour tells as much of a straight line.
    await api.take(
      Array.from(
        { length: Math.floor(hours / 6) + 1 },
        (_, n) => [meter, YEAR_2025 + n * 6 * HOUR_MS, n * 6 * step] as const,
      ),
    )
  }
  for (const entry of [
    { scope: 'site:park', quantity: 'refrigerant', kind: 'R-410A', period: '2025-06', value: 3, unit: 'kg' },
    {
      scope: 'site:park',
      quantity: 'green-certificate',
      kind: 'GEC',
      period: '2025',
      value: 60,
      unit: 'MWh',
    },
    { scope: 'boundary:group', quantity: 'green-contract', period: '2025', value: 900, unit: 'MWh' },
    { scope: 'site:depot', quantity: 'floor-area', period: '2025', value: 700, unit: 'm2' },
    { scope: 'site:depot', quantity: 'natural-gas', period: '2025-02', value: 40, unit: 'm3' },
  ]) {
    const response = await api.app.inject({
      method: 'POST',
      url: '/api/v1/entries',
      payload: { ...entry, source: 'an invoice', by: 'Lin' },
    })
    expect(response.statusCode, response.body).toBe(201)
  }
})
afterAll(() => api.close())

const lineage = async (indicator: string, scope: string, period: string, more = ''): Promise<Json> => {
  const { status, body } = await api.get(
    `/lineage?indicator=${indicator}&scope=${scope}&period=${period}${more}`,
  )
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}

const scopes = ['boundary:group', 'site:park', 'site:depot', 'meter:e']
const periods = ['2025', '2025-03', '2025-06-15']

/** Holds every value against what it is made of; counts those that it could hold. */
function walk(node: LineageNode, held: { sums: number }): void {
  for (const part of node.parts) walk(part, held)
  expect(node.partCount).toBe(node.parts.length)
  if (node.value === null || node.parts.length === 0) return
  if (node.parts.some(({ value }) => value === null) && node.coverage === 1) return
  held.sums += 1
  const sum = node.parts.reduce((total, { weight, value }) => total + weight * (value ?? 0), 0)
  expect(sum, node.node).toBeCloseTo(node.value, 6)
  const shares = node.parts.map(({ share }) => share ?? 0)
  if (node.value !== 0)
    expect(
      shares.reduce((a, b) => a + b, 0),
      node.node,
    ).toBeCloseTo(1, 9)
}

describe('GET /lineage', () => {
  it.each(scopes)('of %s adds up, for every indicator, at every step down', async (scope) => {
    const held = { sums: 0 }
    for (const id of indicators.keys()) {
      for (const period of periods) {
        const { numerator, denominator, value, scale } = await lineage(id, scope, period, '&depth=12')
        walk(numerator, held)
        if (denominator !== null) walk(denominator, held)
        if (value === null) continue
        const by = denominator === null ? 1 : denominator.value
        expect((numerator.value / by) * scale, `${id} ${period}`).toBeCloseTo(value, 9)
      }
    }
    expect(held.sums).toBeGreaterThan(scope === 'meter:e' ? 10 : 50)
  })

  it('is the figure that /kpis answers', async () => {
    const { body } = await api.get('/kpis?indicator=energy-per-employee&scope=boundary:group&from=2025')
    const seen = await lineage('energy-per-employee', 'boundary:group', '2025')
    expect(seen).toMatchObject({
      value: body.rows[0].value,
      unit: 'MWh/person',
      name: { en: 'Comprehensive energy consumption per employee', zh: '人均综合能源消耗量' },
      standard: null,
      asOf: '2026-02-10T04:30:00.000Z',
    })
    expect(seen.numerator.value).toBe(body.rows[0].numerator)
    expect(seen.denominator.value).toBe(21)
  })

  it('goes from a boundary over sites and carriers to meters, with factor and readings', async () => {
    const { numerator } = await lineage('ghg-scope2', 'boundary:group', '2025', '&depth=3')
    const [park, depot] = numerator.parts
    expect(numerator.parts.map((part: Json) => [part.of, part.id])).toEqual([
      ['scope', 'site:park'],
      ['scope', 'site:depot'],
    ])
    expect(park.share + depot.share).toBeCloseTo(1, 12)
    const meter = depot.parts[0].parts[0]
    expect(meter).toMatchObject({
      of: 'meter',
      id: 'd',
      node: 'numerator,site:depot,electricity-co2,d',
      raw: { value: 3 * 8760, unit: 'kWh' },
      quality: 'measured',
      coverage: 1,
      links: {
        consumption: '/api/v1/consumption?scope=meter:d&grain=month&from=2025',
        readings: '/api/v1/readings?meter=d&from=2025',
      },
    })
    expect(meter.factors).toHaveLength(1)
    expect(meter.factors[0]).toMatchObject({
      value: 0.55,
      unit: 'kgCO2e/kWh',
      source: 'a bulletin',
      carriedForward: true,
    })
    expect(meter.value).toBeCloseTo((3 * 8760 * 0.55) / 1000, 9)
    const months = await api.get(meter.links.consumption.replace('/api/v1', ''))
    const used = months.body.rows.reduce((sum: number, row: { value: number }) => sum + row.value, 0)
    expect(used).toBeCloseTo(meter.raw.value, 6)
    expect((await api.get(meter.links.readings.replace('/api/v1', ''))).body.rows[0]).toMatchObject({
      value: 0,
    })
  })

  it('shows what leaves a site with its weight', async () => {
    const { at } = await lineage(
      'energy',
      'site:park',
      '2025',
      '&node=numerator,energy-indirect,electricity-own-energy',
    )
    expect(at.parts.map((part: Json) => [part.id, part.weight])).toEqual([
      ['pv', 1],
      ['out', -1],
    ])
  })

  it('says who entered a figure, when, and from what', async () => {
    const { at } = await lineage('ghg-scope1', 'site:park', '2025', '&node=numerator,refrigerant')
    expect(at.parts[0]).toMatchObject({
      of: 'entry',
      raw: { value: 3, unit: 'kg' },
      entry: { by: 'Lin', source: 'an invoice', kind: 'R-410A', enteredAt: '2026-02-10T04:30:00.000Z' },
    })
    expect(at.parts[0].factors).toHaveLength(1)
  })

  it('shows the dated statements that a denominator is weighted from', async () => {
    const { denominator } = await lineage('energy-per-area', 'boundary:group', '2025')
    const [park, depot] = denominator.parts
    expect(park.statements).toEqual([
      { name: { en: 'tower', zh: 'tower' }, from: '2019-01-01', to: '2025-06-30', value: 1000, unit: 'm2' },
      { name: { en: 'tower', zh: 'tower' }, from: '2025-07-01', to: null, value: 1400, unit: 'm2' },
    ])
    expect(park.quality).toBeNull()
    expect(depot.parts[0]).toMatchObject({ of: 'entry', value: 700, quality: 'edited' })
    const people = await lineage('energy-per-employee', 'site:park', '2025')
    expect(people.denominator.statements).toMatchObject([{ from: '2025-04-01', value: 16 }])
  })

  it('weighs bought power by what no contract covers, and certificates by what they cover', async () => {
    const { numerator } = await lineage('ghg-scope2-market', 'boundary:group', '2025')
    const weights = numerator.parts.map((part: Json) => [part.of, part.weight])
    expect(weights).toContainEqual(['entry', 0])
    const green = await lineage('renewable-share', 'boundary:group', '2025', '&depth=12')
    const flat = (node: Json): Json[] => [node, ...node.parts.flatMap(flat)]
    const contract = flat(green.numerator).find((node) => node.entry?.quantity === 'green-contract')
    expect(contract.weight).toBeGreaterThan(0)
    expect(contract.weight).toBeLessThan(1)
  })

  it('hands out branches on demand, as deep as asked', async () => {
    const top = await lineage('energy', 'boundary:group', '2025', '&depth=0')
    expect(top.numerator).toMatchObject({ partCount: 2, parts: [] })
    const { at, numerator } = await lineage(
      'energy',
      'boundary:group',
      '2025',
      '&depth=1&node=numerator,site:park',
    )
    expect(numerator.parts).toEqual([])
    expect(at.parts.map((part: Json) => part.id)).toEqual(['energy-direct', 'energy-indirect'])
    expect(at.parts[0].parts).toEqual([])
    expect(at.parts[0].partCount).toBe(1)
  })

  it('counts the parts that it leaves out', async () => {
    const { numerator } = await lineage('reclaimed-water', 'boundary:group', '2025')
    expect(numerator).toMatchObject({ partCount: 1 })
    const scope1 = await lineage('ghg-scope1', 'site:park', '2025')
    expect(scope1.numerator.left).toBeGreaterThan(0)
    expect(scope1.notes).toContain('no extinguisher losses are entered; they count as none')
  })

  it('keeps the reason where there is no figure', async () => {
    const { value, reason, numerator } = await lineage('energy', 'boundary:group', '2024')
    expect(value).toBeNull()
    expect(reason).toContain('no readings')
    expect(numerator.parts[0]).toMatchObject({ state: 'unknown', value: null, share: null })
  })

  it.each([
    ['indicator=none&scope=site:park&period=2025', 400, 'indicator'],
    ['indicator=energy&scope=site:none&period=2025', 404, 'scope'],
    ['indicator=energy&scope=site:park&period=2025-13', 400, 'period'],
    ['indicator=energy&scope=site:park&period=2025&depth=99', 400, 'depth'],
    ['indicator=energy&scope=site:park&period=2025&node=above', 400, 'node'],
    ['indicator=energy&scope=site:park&period=2025&node=denominator', 400, 'node'],
    ['indicator=energy&scope=site:park&period=2025&node=numerator,steam', 400, 'node'],
  ])('refuses %s and names the field', async (query, status, field) => {
    const answer = await api.get(`/lineage?${query}`)
    expect(answer.status).toBe(status)
    expect(answer.body.errors[0].field).toBe(field)
  })

  it('stands in the OpenAPI document', async () => {
    const { body } = await api.get('/openapi.json')
    expect(body.paths['/api/v1/lineage'].get.tags).toEqual(['figures'])
    const { properties } = body.components.schemas.LineageNode
    expect(properties.parts.items).toEqual({ $ref: '#/components/schemas/LineageNode' })
  })
})

describe('names', () => {
  it('are there in both languages for every quantity that a figure is made of', () => {
    const seen = new Set<string>()
    const follow = (quantity: Quantity): void => {
      if (seen.has(quantity.id)) return
      seen.add(quantity.id)
      const { source } = quantity
      if (source.kind === 'sum')
        for (const part of [...source.parts.map((one) => one.quantity), ...(source.zeroBeside ?? [])])
          follow(part)
      if (source.kind === 'derived') source.of.forEach(follow)
    }
    for (const { numerator, denominator } of indicators.values()) {
      follow(numerator)
      if (typeof denominator === 'object') follow(denominator)
    }
    for (const id of seen)
      expect(quantityName(id), id).toMatchObject({ zh: expect.stringMatching(/[一-鿿]/) })
  })
})
