import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Quarantined } from '../../core/reading.ts'
import { HOUR_MS } from '../../core/window.ts'
import { NativeDecoder } from '../../ingest/decode/native.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-01-03T12:00:00Z')
const NEW_YEAR = Date.parse('2026-01-01T00:00:00Z')
const org = organisation([
  site({
    id: 'depot',
    areas: [{ id: 'yard' }],
    meters: [
      { ...incomer('e'), area: 'yard' },
      {
        id: 'air',
        utility: 'outdoor-temperature',
        role: 'sensor',
        area: 'yard',
        gauge: { unit: 'degC', maxGap: 'PT1H' },
      },
    ],
  }),
])
const refused: Quarantined[] = []

/** What the decoder takes of a message of the sensor. */
function decoded(items: object[]): [string, number, number, string][] {
  const taken: [string, number, number, string][] = []
  const payload = Buffer.from(JSON.stringify(items))
  new NativeDecoder(org.file).decode('facility/depot/air/reading', payload, NOW, {
    reading: (meter, unit, at, value) => taken.push([meter.name, at, value, unit]),
    quarantine: (message) => refused.push(message),
  })
  return taken
}

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW)
  // Falls from 6 to -6 degrees on the first day, and stays there on the second.
  const degrees = Array.from({ length: 49 }, (_, h) => ({
    at: NEW_YEAR + h * HOUR_MS,
    value: Math.max(-6, 6 - h / 2),
    unit: h % 2 === 0 ? '°C' : 'degC',
  }))
  await api.take(decoded(degrees))
  await api.take(Array.from({ length: 49 }, (_, h) => ['e', NEW_YEAR + h * HOUR_MS, h * 10]))
})
afterAll(() => api.close())

it('degrees below zero come through decoder, store and rollups as the mean of a day', async () => {
  const { body } = await api.get('/consumption?scope=meter:air&grain=day&from=2026-01-01&to=2026-01-03')
  expect(body.rows).toMatchObject([
    { value: 0, unit: 'degC', coverage: 1, estimated: 0, quality: 'measured' },
    { value: -6, unit: 'degC', coverage: 1, estimated: 0, quality: 'measured' },
  ])
  const month = await api.get('/consumption?scope=meter:air&grain=month&from=2026-01')
  expect(month.body.rows).toMatchObject([{ value: -3, unit: 'degC', partial: true }])
  const quarters = await api.get('/consumption?scope=meter:air&grain=15m&from=2026-01-02&to=2026-01-03')
  expect(quarters.body.rows).toHaveLength(96)
  expect(quarters.body.rows[50]).toMatchObject({ value: -6, unit: 'degC' })
})

it('is listed among the meters with its own unit', async () => {
  const { body } = await api.get('/meters')
  expect(body.rows[1]).toMatchObject({
    utility: 'outdoor-temperature',
    role: 'sensor',
    unit: 'degC',
    readingUnit: 'degC',
    last: { value: -6 },
  })
})

it('enters no utility, balance or indicator of its site', async () => {
  const sites = await api.get('/sites')
  expect(sites.body.rows[0].utilities).toEqual(['electricity'])
  const used = '&grain=day&from=2026-01-02&to=2026-01-03'
  for (const scope of ['site:depot', 'area:depot/yard']) {
    const { body } = await api.get(`/kpis?indicator=energy&scope=${scope}${used}`)
    expect(body.rows).toMatchObject([{ value: 0.24 }])
  }
  const wrong = await api.get(`/consumption?scope=site:depot&utility=outdoor-temperature${used}`)
  expect(wrong.status).toBe(400)
  const unnamed = await api.get(`/consumption?scope=site:depot${used}`)
  expect(unnamed.body).toMatchObject({ errors: [{ field: 'utility', accepted: ['electricity'] }] })
  expect((await api.get('/night-flow?scope=meter:air')).status).toBe(400)
})

it.each(['K', 'degF', 'kW'])('a reading in %s is kept in quarantine, with the reason', (unit) => {
  refused.length = 0
  expect(decoded([{ at: NEW_YEAR, value: 20, unit }])).toEqual([])
  expect(refused[0]?.issue.code).toBe(unit === 'kW' ? 'unit-does-not-convert' : 'unknown-unit')
})
