import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-03-11T04:00:00Z')
const MARCH = Date.parse('2026-02-28T16:00:00Z')
const DAY_MS = 24 * HOUR_MS

const org = organisation([
  site({
    id: 'park',
    zone: 'Asia/Shanghai',
    meters: [
      { ...incomer('e'), register: { unit: 'kWh', digits: 6, multiplier: 40 }, limitPerHour: 900 },
      { id: 'kw', utility: 'electricity', role: 'submeter', parent: 'e', gauge: { unit: 'kW' } },
      { id: 'v', utility: 'electricity', role: 'virtual', formula: 'e - kw' },
      { ...incomer('later'), from: '2027-01-01' },
    ],
  }),
  site({ id: 'depot', zone: 'Asia/Kolkata', meters: [incomer('d')] }),
])

const refused = (n: number, code: 'not-json' | 'no-number', topic: string) => ({
  id: `q${String(n).padStart(3, '0')}`,
  receivedAt: NOW - n,
  topic,
  payload: 'x',
  bytes: 1,
  readings: 1,
  issue: { code, message: 'why' },
})

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW)
  const hours = Array.from({ length: Math.floor((NOW - MARCH) / HOUR_MS) + 1 }, (_, h) => h)
  // From noon of the 3rd to noon of the 5th nothing came; the register tells afterwards how much it was.
  const silent = (h: number) => h > 60 && h < 108
  await api.take(
    [
      ...hours.filter((h) => !silent(h)).map((h) => ['e', MARCH + h * HOUR_MS, h] as const),
      // Of the gauge the 2nd is not there at all.
      ...[...hours, ...hours.slice(1).map((h) => h - 0.5)]
        .filter((h) => h <= 24 || h >= 48)
        .map((h) => ['kw', MARCH + h * HOUR_MS, 5] as const),
      ['d', MARCH, 1],
      ['d', MARCH + DAY_MS, 25],
    ],
    [1, 2, 3, 4, 5].map((n) => refused(n, n === 3 ? 'no-number' : 'not-json', n > 3 ? 't/b' : 't/a')),
  )
  // What was read at 6:00 is told again, otherwise.
  await api.take([['e', MARCH + 6 * HOUR_MS, 6.5]])
})
afterAll(() => api.close())

describe('GET /data-quality', () => {
  it('counts the days of each meter by how they are known, and names the one to look at first', async () => {
    const { body } = await api.get('/data-quality?from=2026-03-01&to=2026-03-11')
    expect(body.rows.map((row: { meter: string }) => row.meter)).toEqual(['e', 'kw', 'd'])
    const [e, kw, d] = body.rows
    expect(e).toMatchObject({
      coverage: 1,
      // Within the span the register tells how much it was: nothing of it is an estimate.
      estimated: 0,
      days: { measured: 7, estimated: 3, missing: 0, suspect: 0 },
      empty: 0,
      worst: { day: '2026-03-04', quality: 'estimated', estimated: 1 },
    })
    expect(kw.coverage).toBeCloseTo(0.9, 9)
    expect(kw).toMatchObject({
      days: { measured: 9, missing: 1 },
      empty: 1,
      worst: { day: '2026-03-02', quality: 'missing', coverage: 0 },
    })
    expect(d).toMatchObject({ days: { missing: 10 }, empty: 9 })
  })

  it('agrees with the consumption of the same span', async () => {
    const { body } = await api.get('/data-quality?from=2026-03')
    for (const { meter, coverage, estimated } of body.rows) {
      const used = await api.get(`/consumption?scope=meter:${meter}&grain=month&from=2026-03`)
      expect(used.body.rows[0].coverage, meter).toBeCloseTo(coverage, 9)
      expect(used.body.rows[0].estimated, meter).toBeCloseTo(estimated, 9)
    }
  })

  it('is of one site where that is asked, and names the sites that there are', async () => {
    const { body } = await api.get('/data-quality?site=depot')
    expect(body.rows).toMatchObject([{ meter: 'd' }])
    const seen = await api.get('/data-quality?site=x')
    expect([seen.status, seen.body.errors[0].accepted]).toEqual([404, ['park', 'depot']])
  })

  it('lists the instants for which two values came', async () => {
    const { body } = await api.get('/conflicts?from=2026-03')
    expect(body.rows).toMatchObject([
      { meter: 'e', at: '2026-02-28T22:00:00.000Z', arrivals: [{ value: 6 }, { value: 6.5 }] },
    ])
  })
})

describe('several scopes at once', () => {
  it('come scope by scope, each in its own time', async () => {
    const { body } = await api.get(
      '/consumption?scope=meter:e,site:depot,meter:kw&utility=electricity&grain=day&from=2026-03-01&to=2026-03-03',
    )
    expect(body.rows.map((row: { scope: string; start: string }) => [row.scope, row.start])).toEqual([
      ['meter:e', '2026-02-28T16:00:00.000Z'],
      ['meter:e', '2026-03-01T16:00:00.000Z'],
      ['site:depot', '2026-02-28T18:30:00.000Z'],
      ['site:depot', '2026-03-01T18:30:00.000Z'],
      ['meter:kw', '2026-02-28T16:00:00.000Z'],
      ['meter:kw', '2026-03-01T16:00:00.000Z'],
    ])
    const alone = await api.get('/consumption?scope=meter:kw&grain=day&from=2026-03-01&to=2026-03-03')
    expect(body.rows.slice(4)).toEqual(alone.body.rows.map((row: object) => ({ scope: 'meter:kw', ...row })))
  })

  it('are refused where they are more than a page', async () => {
    const many = await api.get('/consumption?scope=meter:e,meter:kw&grain=day&from=2026-03&limit=12')
    expect([many.status, many.body.errors[0].field]).toEqual([400, 'scope'])
    const after = await api.get('/consumption?scope=meter:e,meter:kw&after=2026-03-01T00:00:00Z')
    expect([after.status, after.body.errors[0].field]).toEqual([400, 'after'])
    const unknown = await api.get('/consumption?scope=meter:e,meter:x')
    expect(unknown.status).toBe(404)
  })
})

describe('the quarantine', () => {
  it('is asked for by reason and by topic, page by page', async () => {
    const ids = async (query: string) => {
      const { body } = await api.get(`/quarantine?${query}`)
      return [body.rows.map((row: { id: string }) => row.id), body.next]
    }
    const [first, next] = await ids('code=not-json&limit=3')
    const [second, last] = await ids(`code=not-json&limit=3&after=${next}`)
    expect([...first, ...second].toSorted()).toEqual(['q001', 'q002', 'q004', 'q005'])
    expect([first.length, last]).toEqual([3, null])
    expect((await ids('topic=t/a&code=no-number'))[0]).toEqual(['q003'])
    expect((await ids('topic=t/c'))[0]).toEqual([])
  })

  it('counts its reasons', async () => {
    const { body } = await api.get('/quarantine/reasons')
    expect(body.rows).toEqual([
      { code: 'not-json', count: 4 },
      { code: 'no-number', count: 1 },
    ])
  })
})

it('a meter says what it is: its digits, its multiplier, its formula', async () => {
  const { rows } = (await api.get('/meters')).body
  expect(rows.slice(0, 4)).toMatchObject([
    { kind: 'register', digits: 6, multiplier: 40, limitPerHour: 900, formula: null, from: null },
    { kind: 'gauge', maxGap: 'PT30M', digits: null, multiplier: null },
    { kind: 'virtual', formula: 'e - kw', topic: null },
    { id: 'later', from: '2027-01-01' },
  ])
})
