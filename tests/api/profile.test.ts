import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

/** Tuesday, noon in Shanghai. */
const NOW = Date.parse('2026-03-31T04:00:00Z')
/** 2 March, a Monday. */
const MARCH = Date.parse('2026-03-01T16:00:00Z')

type Of = { parent?: string; use?: 'process' | 'it' | 'cooling'; area?: string; unit?: string }
const submeter = (id: string, { unit = 'kWh', ...of }: Of) => ({
  ...{ id, utility: 'electricity' as const, role: 'submeter' as const, register: { unit } },
  ...of,
})

const org = organisation(
  [
    site({
      id: 'works',
      kind: 'factory',
      zone: 'Asia/Shanghai',
      areas: [{ id: 'hall' }],
      meters: [
        incomer('in'),
        submeter('process', { parent: 'in', use: 'process', area: 'hall' }),
        submeter('press', { parent: 'process', use: 'process', area: 'hall' }),
        submeter('paint', { parent: 'in', use: 'process', unit: 'MWh' }),
        submeter('cool', { parent: 'in', use: 'cooling' }),
        {
          id: 'all-process',
          utility: 'electricity',
          role: 'virtual',
          formula: 'process + paint',
          area: 'hall',
        },
        { id: 'gas', utility: 'natural-gas', role: 'import', use: 'process', register: { unit: 'm3' } },
        {
          id: 'outside',
          utility: 'outdoor-temperature',
          role: 'sensor',
          gauge: { unit: 'degC', maxGap: 'PT2H' },
        },
      ],
    }),
    site({ id: 'shop', zone: 'Europe/Berlin', meters: [incomer('shop-in')] }),
  ],
  [
    { id: 'all', sites: 'all' },
    { id: 'works-only', sites: ['works'] },
  ],
)

/** Faces of a register every hour, of which each hour adds what `perHour` says of the local clock. */
function faces(meter: string, perHour: (clock: number) => number): (readonly [string, number, number])[] {
  let face = 0
  const rows: (readonly [string, number, number])[] = [[meter, MARCH, 0]]
  for (let at = MARCH; at < NOW; at += HOUR_MS) {
    face += perHour((at / HOUR_MS + 8) % 24)
    rows.push([meter, at + HOUR_MS, face])
  }
  return rows
}

let api: TestApi

beforeAll(async () => {
  api = await testApi(org, NOW)
  await api.take([
    ...faces('in', (clock) => (clock >= 8 && clock < 16 ? 300 : 100)),
    ...faces('process', () => 40),
    ...faces('press', () => 30),
    ...faces('paint', () => 0.02),
    ...faces('cool', () => 10),
    ...faces('gas', () => 12),
  ])
})
afterAll(() => api.close())

const profile = (query: string) => api.get(`/profile?${query}`)

describe('the typical day of a scope', () => {
  it('is that of the last 28 local days that are over', async () => {
    const { status, body } = await profile('scope=site:works&utility=electricity')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      ...{ scope: 'site:works', utility: 'electricity', unit: 'kWh', zone: 'Asia/Shanghai' },
      from: '2026-03-02T16:00:00.000Z',
      to: '2026-03-30T16:00:00.000Z',
      baseLoad: { value: 100, unit: 'kW', days: 28 },
      peak: { value: 300, unit: 'kW', at: '2026-03-03T00:00:00.000Z' },
    })
    expect(body.baseLoad.share).toBeCloseTo(0.6, 12)
    expect(body.rows).toHaveLength(48)
    expect(body.rows[8]).toEqual({
      ...{ days: 'workday', hour: 8, mean: 300, low: 300, high: 300, count: 20 },
    })
    expect(body.rows[24]).toMatchObject({ days: 'restday', hour: 0, mean: 100, count: 8 })
    expect(body.shifts.map((one: { amount: number }) => one.amount)).toEqual([800, 2400, 800])
    expect(body.shifts[1]).toMatchObject({ shift: 'day', from: 8, to: 16, share: 0.6, mean: 300 })
  })

  it('is asked of areas, meters, virtual ones as well, and of boundaries of one zone', async () => {
    const base = async (query: string) => (await profile(query)).body.baseLoad
    expect(await base('scope=area:works/hall&utility=electricity')).toMatchObject({ value: 40 })
    expect((await base('scope=meter:all-process')).value).toBeCloseTo(60, 6)
    expect(await base('scope=meter:paint')).toMatchObject({ unit: 'kW' })
    expect((await base('scope=meter:paint')).value).toBeCloseTo(20, 6)
    expect(await base('scope=boundary:works-only&utility=electricity')).toMatchObject({ value: 100 })
    expect((await base('scope=meter:gas')).value).toBeCloseTo(12, 6)
    expect(await base('scope=meter:gas')).toMatchObject({ unit: 'm3/h' })
  })

  it('of a span that is too short is null with the reason, and the running hour never counts', async () => {
    const { body } = await profile('scope=site:works&utility=electricity&from=2026-03-30')
    expect(body.rows[0]).toMatchObject({ mean: null, count: 1, reason: /too few workdays are known: 1/ })
    expect(body.baseLoad).toMatchObject({
      value: null,
      share: null,
      reason: /too few days are known: 1; it takes 4/,
    })
    const today = await profile('scope=site:works&utility=electricity&from=2026-03-31')
    expect(today.body.rows.map((row: { count: number }) => row.count).slice(0, 24)).toEqual([
      ...Array(12).fill(1),
      ...Array(12).fill(0),
    ])
  })

  it('is refused where the clocks differ, of a sensor, and over too long a span', async () => {
    const refused = async (query: string) => {
      const { status, body } = await profile(query)
      expect(status).toBe(400)
      return body.errors[0]
    }
    expect(await refused('scope=boundary:all&utility=electricity')).toMatchObject({
      field: 'scope',
      message: /several time zones/,
    })
    expect(await refused('scope=meter:outside')).toMatchObject({ field: 'scope', message: /sensor/ })
    expect(await refused('scope=site:works&utility=heat')).toMatchObject({ field: 'utility' })
    expect(await refused('scope=site:works&utility=electricity&from=2024-01-01&to=2026-01-01')).toMatchObject(
      { field: 'to', accepted: ['at most 400 days'] },
    )
  })

  it('leaves out what was estimated', async () => {
    const gap = await testApi(org, NOW)
    const silent = MARCH + 3 * DAY_MS
    await gap.take(
      faces('in', () => 100).filter(([, at]) => at <= silent + 5 * HOUR_MS || at > silent + 13 * HOUR_MS),
    )
    const { body } = await gap.get('/profile?scope=site:works&utility=electricity')
    await gap.close()
    const counts = body.rows.slice(0, 24).map((row: { count: number }) => row.count)
    expect(counts).toEqual(Array.from({ length: 24 }, (_, hour) => (hour >= 5 && hour < 14 ? 19 : 20)))
    expect(body.baseLoad).toMatchObject({ value: 100, days: 27 })
  })
})

describe('consumption of one use', () => {
  const used = (query: string) => api.get(`/consumption?from=2026-03-30&grain=day&${query}`)

  it('counts a meter beneath another of the same use once, and meters in other units', async () => {
    const { body } = await used('scope=site:works&utility=electricity&use=process')
    expect(body.rows).toHaveLength(1)
    expect(body.rows[0]).toMatchObject({ unit: 'kWh', coverage: 1 })
    expect(body.rows[0].value).toBeCloseTo(24 * 60, 6)
    const hours = await api.get(
      '/consumption?scope=site:works&utility=electricity&use=process&grain=hour&from=2026-03-30',
    )
    expect(hours.body.rows).toHaveLength(24)
    expect(hours.body.rows[3].value).toBeCloseTo(60, 6)
  })

  it('is that of an area, and of a meter of that use', async () => {
    const value = async (query: string) => (await used(query)).body.rows[0].value
    expect(await value('scope=area:works/hall&utility=electricity&use=process')).toBe(24 * 40)
    expect(await value('scope=meter:press&use=process')).toBe(24 * 30)
    expect(await value('scope=boundary:all&utility=electricity&use=cooling')).toBe(24 * 10)
  })

  it('needs no utility where one alone has the use', async () => {
    const { body } = await used('scope=site:works&use=cooling')
    expect(body.rows[0]).toMatchObject({ value: 240, unit: 'kWh' })
    const several = await used('scope=site:works&use=process')
    expect(several.status).toBe(400)
    expect(several.body.errors[0]).toMatchObject({
      field: 'utility',
      accepted: ['electricity', 'natural-gas'],
    })
  })

  it('that there is not, or that nobody measures, is refused with those that there are', async () => {
    const unknown = await used('scope=site:works&utility=electricity&use=heating')
    expect(unknown.status).toBe(400)
    expect(unknown.body.errors[0].field).toBe('use')
    expect(unknown.body.errors[0].accepted).toContain('domestic-hot-water')
    const none = await used('scope=site:works&utility=electricity&use=it')
    expect(none.body.errors[0]).toMatchObject({ field: 'use', accepted: ['cooling', 'process'] })
    const nowhere = await used('scope=site:works&use=ups')
    expect(nowhere.body.errors[0]).toMatchObject({ field: 'use', accepted: ['cooling', 'process'] })
    const ofMeter = await used('scope=meter:cool&use=process')
    expect(ofMeter.body.errors[0]).toMatchObject({ field: 'use', accepted: ['cooling'] })
  })
})
