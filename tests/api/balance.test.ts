import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS, QUARTER_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-04-02T12:00:00Z')
/** 1 March in Shanghai. */
const MARCH = Date.parse('2026-02-28T16:00:00Z')

const submeter = (id: string, parent?: string) => ({
  id,
  utility: 'electricity' as const,
  role: 'submeter' as const,
  register: { unit: 'kWh' },
  ...(parent !== undefined && { parent }),
})
const water = (id: string, role: 'import' | 'submeter' = 'import') => ({
  id,
  utility: 'tap-water' as const,
  role,
  register: { unit: 'm3' },
})

const org = organisation(
  [
    site({
      id: 'park',
      zone: 'Asia/Shanghai',
      areas: [{ id: 'tower' }],
      meters: [
        incomer('in'),
        { id: 'out', utility: 'electricity', role: 'export', register: { unit: 'kWh' } },
        { id: 'pv', utility: 'electricity', role: 'generation', renewable: true, register: { unit: 'MWh' } },
        submeter('bus'),
        submeter('a', 'bus'),
        submeter('b', 'bus'),
        submeter('quiet', 'b'),
        { id: 'used', utility: 'electricity', role: 'virtual', formula: 'in + pv - out' },
        { id: 'rest', utility: 'electricity', role: 'virtual', formula: 'used - (a + b)' },
        water('w'),
        water('w2'),
        { ...water('w3', 'submeter'), gauge: { unit: 'L/s', maxGap: 'PT1H' }, register: undefined },
        { id: 'wasted', utility: 'tap-water', role: 'virtual', formula: 'w + w2 - w3' },
      ],
    }),
  ],
  [{ id: 'all', sites: 'all' }],
)

const MARCH_DAYS = 31
const end = MARCH + MARCH_DAYS * DAY_MS

/** Faces every so often over March, that grow by `total`. */
function evenly(meter: string, total: number, everyMs: number): (readonly [string, number, number])[] {
  const count = (end - MARCH) / everyMs
  return Array.from({ length: count + 1 }, (_, i) => [meter, MARCH + i * everyMs, (total * i) / count])
}

/** Faces of water: 4 m3/h by day, `night` from 02:00 to 04:00 local, and `least` from 03:15 to 03:30. */
function faces(meter: string, everyMs: number, night: number, least: number) {
  const rows: (readonly [string, number, number])[] = []
  let face = 0
  for (let t = MARCH; t <= end; t += QUARTER_MS) {
    if ((t - MARCH) % everyMs === 0) rows.push([meter, t, face])
    const hour = ((t - MARCH) % DAY_MS) / HOUR_MS
    face += (hour === 3.25 ? least : hour >= 2 && hour < 4 ? night : 4) / 4
  }
  return rows
}

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW)
  await api.take([
    ...evenly('in', 500, HOUR_MS),
    ...evenly('out', 30, HOUR_MS),
    ...evenly('pv', 0.12, HOUR_MS),
    ...evenly('bus', 580, HOUR_MS),
    ...evenly('a', 300, HOUR_MS),
    ...evenly('b', 230, HOUR_MS),
    ...faces('w', QUARTER_MS, 0.8, 0.4),
    ...faces('w2', HOUR_MS, 0.2, 0.2),
  ])
})
afterAll(() => api.close())

const one = async (path: string): Promise<Json> => (await api.get(path)).body.rows[0]

describe('a virtual meter', () => {
  it('has consumption at every grain, in the unit that its parts have in common (M12)', async () => {
    for (const [grain, hours] of [
      ['month', 31 * 24],
      ['day', 24],
      ['hour', 1],
      ['15m', 0.25],
    ] as const) {
      const row = await one(`/consumption?scope=meter:used&grain=${grain}&from=2026-03-01&to=2026-04-01`)
      // Quarters of what is read by the hour are drawn in between.
      const quality = grain === '15m' ? 'interpolated' : 'measured'
      expect(row).toMatchObject({ unit: 'kWh', coverage: 1, estimated: 0, quality })
      expect(row.value).toBeCloseTo((590 * hours) / (31 * 24), 9)
    }
    const rest = await one('/consumption?scope=meter:rest&grain=month&from=2026-03')
    expect(rest.value).toBeCloseTo(60, 9)
  })

  it('gives the share of solar power of the site that it sums up', async () => {
    for (const scope of ['site:park', 'meter:used']) {
      const row = await one(`/kpis?indicator=pv-share&scope=${scope}&grain=month&from=2026-03`)
      expect(row.value).toBeCloseTo(0.15254237288135594, 12)
      expect(row.quality).toBe('measured')
    }
  })

  it('is listed as computed, with the unit of its consumption', async () => {
    const { rows } = (await api.get('/meters')).body
    const byId = new Map(rows.map((row: Json) => [row.id, row]))
    expect(byId.get('used')).toMatchObject({ state: 'computed', unit: 'kWh', topic: null, last: null })
    expect(byId.get('wasted')).toMatchObject({ state: 'computed', unit: 'm3' })
  })

  it('refuses another utility than its own', async () => {
    const seen = await api.get('/consumption?scope=meter:used&utility=heat')
    expect([seen.status, seen.body.errors[0].accepted]).toEqual([400, ['electricity']])
  })
})

describe('GET /balance', () => {
  it('gives supply, tree and remainders of a month', async () => {
    const row = await one('/balance?scope=site:park&utility=electricity&grain=month&from=2026-03')
    expect(row).toMatchObject({ start: '2026-02-28T16:00:00.000Z', unit: 'kWh' })
    expect(row.supply).toMatchObject({ coverage: 1, estimated: 0, quality: 'measured' })
    for (const [key, value] of Object.entries({ value: 590, imported: 500, generated: 120, exported: 30 }))
      expect(row.supply[key]).toBeCloseTo(value, 9)
    expect(row.nodes.map((node: Json) => [node.meter, node.parent])).toEqual([
      [null, null],
      ['bus', null],
      ['a', 'bus'],
      ['b', 'bus'],
      ['quiet', 'b'],
    ])
    const [supply, bus, a, b, quiet] = row.nodes
    expect(supply.remainder).toBeCloseTo(10, 9)
    expect([supply.alarm, supply.excess, supply.share]).toEqual([false, false, null])
    expect(bus.remainder).toBeCloseTo(50, 9)
    expect(bus.remainderShare).toBeCloseTo(50 / 580, 12)
    expect([bus.alarm, bus.excess]).toEqual([true, false])
    expect(a.share).toBeCloseTo(300 / 580, 12)
    expect([a.remainder, a.remainderReason]).toEqual([null, 'nothing hangs on a'])
    expect(b).toMatchObject({
      remainder: null,
      remainderReason: 'quiet: no readings from quiet in this span',
    })
    expect(quiet).toMatchObject({ value: null, share: null, coverage: 0, quality: 'missing' })
    expect(row.supply.unmetered).toMatchObject({ remainder: null, alarm: false })
  })

  it('gives days page by page, leaves out those to come and marks the one that runs', async () => {
    const path = '/balance?scope=site:park&utility=electricity&grain=day&from=2026-04&limit=1'
    const first = await api.get(path)
    expect(first.body.rows.length).toBe(1)
    expect(first.body.rows[0]).not.toHaveProperty('partial')
    const second = await api.get(`${path}&after=${first.body.next}`)
    expect(second.body).toMatchObject({ next: null, rows: [{ partial: true }] })
    expect(second.body.rows[0].nodes[0]).toMatchObject({ value: null, remainder: null })
  })

  it('of water has a supply of two incomers and no generation', async () => {
    const row = await one('/balance?scope=site:park&utility=tap-water&grain=day&from=2026-03-05')
    expect(row.supply).toMatchObject({ generated: null, exported: null })
    expect(row.supply.imported).toBeCloseTo(22 * 4 + 1.5 + 22 * 4 + 0.4, 6)
    expect(row.nodes[0].remainderReason).toBe('w3: no readings from w3 in this span')
  })

  it.each([
    ['scope=meter:in&utility=electricity', 400, 'scope', 'site:<id>'],
    ['scope=site:nowhere&utility=electricity', 404, 'scope', 'site:park'],
    ['scope=site:park&utility=diesel', 400, 'utility', 'electricity, tap-water'],
    ['scope=site:park', 400, 'utility', ''],
    ['scope=site:park&utility=electricity&grain=hour', 400, 'grain', 'day'],
  ])('refuses ?%s with %i, naming %s', async (query, status, field, message) => {
    const seen = await api.get(`/balance?${query}`)
    expect(seen.status).toBe(status)
    expect(seen.body.errors[0].field).toBe(field)
    expect(seen.body.detail).toContain(message)
  })
})

describe('GET /night-flow', () => {
  it('gives the least quarter of each night, with when it was', async () => {
    const { body } = await api.get('/night-flow?scope=meter:w&from=2026-03')
    expect(body).toMatchObject({ next: null })
    expect(body.rows.length).toBe(31)
    expect(body.rows[9]).toMatchObject({
      start: '2026-03-09T16:00:00.000Z',
      end: '2026-03-10T16:00:00.000Z',
      unit: 'm3/h',
      at: '2026-03-09T19:15:00.000Z',
      over: '15m',
      coverage: 1,
      estimated: 0,
      quality: 'measured',
    })
    expect(body.rows[9].value).toBeCloseTo(0.4, 9)
    expect(body.rows[9].share).toBeCloseTo(0.4 / ((22 * 4 + 1.5) / 24), 3)
  })

  it('goes by hours where a meter is read by the hour', async () => {
    const row = await one('/night-flow?scope=meter:w2&from=2026-03-10')
    expect(row).toMatchObject({ over: 'hour', at: '2026-03-09T18:00:00.000Z' })
    expect(row.value).toBeCloseTo(0.2, 9)
  })

  it('of a site is the least of its incomers together, by hours where one of them is', async () => {
    const row = await one('/night-flow?scope=site:park&utility=tap-water&from=2026-03-10')
    expect(row).toMatchObject({ over: 'hour', at: '2026-03-09T19:00:00.000Z', quality: 'measured' })
    expect(row.value).toBeCloseTo(0.7 + 0.2, 9)
  })

  it('is null where the night is not covered, naming the meter', async () => {
    expect(await one('/night-flow?scope=meter:wasted&from=2026-03-10')).toMatchObject({
      value: null,
      at: null,
      coverage: 0,
      quality: 'missing',
      reason: 'the night is not wholly covered: no readings from w3 in this span',
    })
    const { rows } = (await api.get('/night-flow?scope=meter:w&from=2026-04-01&to=2026-04-04')).body
    expect(rows.map((row: Json) => row.value)).toEqual([null, null])
  })

  it.each([
    ['scope=boundary:all&utility=tap-water', 'scope', 'meter:<id>, site:<id>'],
    ['scope=area:park/tower&utility=tap-water', 'scope', 'meter:<id>, site:<id>'],
    ['scope=meter:in', 'scope', 'does not measure a volume'],
    ['scope=site:park&utility=electricity', 'utility', 'does not measure a volume'],
    ['scope=site:park', 'utility', 'tap-water'],
    ['scope=meter:w&from=1950&to=1940', 'to', 'does not come after'],
  ])('refuses ?%s, naming %s', async (query, field, message) => {
    const seen = await api.get(`/night-flow?${query}`)
    expect(seen.status).toBe(400)
    expect(seen.body.errors[0].field).toBe(field)
    expect(seen.body.detail).toContain(message)
  })
})
