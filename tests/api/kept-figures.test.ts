import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-03-10T08:00:00Z')
const SINCE = Date.parse('2026-01-01T00:00:00Z')
/** What the meter shows last, kWh. */
const last = 10 * ((NOW - SINCE) / HOUR_MS - 1)
const org = organisation(
  [site({ id: 'hq', employees: [{ from: '2020-01-01', fullTime: 10 }], meters: [incomer('e')] })],
  [{ id: 'offices', sites: 'all' }],
)

let api: TestApi
beforeAll(async () => {
  const targets = ['site:hq', 'boundary:offices'].map((scope, i) => ({
    id: `less-${i}`,
    indicator: 'energy-per-employee',
    scope,
    kind: 'ceiling',
    limit: 500,
  }))
  api = await testApi(org, NOW, { targets })
  await api.take(
    Array.from({ length: (NOW - SINCE) / HOUR_MS }, (_, h) => ['e', SINCE + h * HOUR_MS, 10 * h]),
  )
})
afterAll(() => api.close())

async function actuals(): Promise<(number | null)[]> {
  const { status, body } = await api.get('/targets')
  expect(status, JSON.stringify(body)).toBe(200)
  return body.rows.map((row: Json) => row.actual)
}

it('what was reckoned is kept only until a reading comes, be it a late one, and within the same minute', async () => {
  const before = await actuals()
  expect(await actuals()).toEqual(before)
  await api.take([['e', NOW - HOUR_MS / 2, last + 500]])
  for (const [i, after] of (await actuals()).entries())
    expect(after).toBeCloseTo((before[i] as number) + 0.05, 9)
  await api.take([['e', SINCE, -2000]])
  for (const [i, after] of (await actuals()).entries())
    expect(after).toBeCloseTo((before[i] as number) + 0.25, 9)
})

it('many who ask at once get what each would get alone', async () => {
  await api.take([['e', NOW - HOUR_MS / 4, last + 600]])
  const detail = async (id: string) => (await api.get(`/targets/${id}`)).body
  const [rows, ...details] = await Promise.all([actuals(), detail('less-0'), detail('less-1')])
  expect(rows[0]).toEqual(expect.any(Number))
  expect(details.map((one: Json) => one.actual)).toEqual(rows)
  api.clock.now += 60_000
  expect(await actuals()).toEqual(rows)
})

it('while more is to be rolled up, what was reckoned holds for some seconds, and then no longer', async () => {
  const before = await actuals()
  await api.take([['e', NOW - HOUR_MS / 8, last + 700]])
  await api.store.touch([{ meter: 'e', from: SINCE, to: SINCE + HOUR_MS }])
  expect(await actuals()).toEqual(before)
  api.clock.now += 10_001
  const after = await actuals()
  for (const [i, one] of after.entries()) expect(one).toBeCloseTo((before[i] as number) + 0.01, 9)
  await api.take([['e', NOW - HOUR_MS / 16, last + 800]])
  for (const [i, one] of (await actuals()).entries()) expect(one).toBeCloseTo((after[i] as number) + 0.01, 9)
})
