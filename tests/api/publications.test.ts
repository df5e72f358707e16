import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonical } from '../../core/canonical.ts'
import { HOUR_MS } from '../../core/window.ts'
import { sha256 } from '../../reports/sha256.ts'
import { verify } from '../../reports/verify.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const START = Date.parse('2024-12-31T00:00:00Z')
const NOW = Date.parse('2026-03-10T04:30:00Z')
const STEP_H = 6

const org = organisation(
  [
    site({
      id: 'park',
      grid: 'CN-NORTH',
      zone: 'Asia/Shanghai',
      areas: [{ id: 'tower', floorArea: [{ from: '2019-01-01', m2: 1000 }] }],
      employees: [{ from: '2020-01-01', fullTime: 10 }],
      meters: [incomer('e'), { id: 'w', utility: 'tap-water', role: 'import', register: { unit: 'm3' } }],
    }),
    site({
      id: 'works',
      grid: 'CN-EAST',
      kind: 'factory',
      employees: [{ from: '2020-01-01', fullTime: 5 }],
      meters: [incomer('f')],
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
    factors: {
      factors: ['CN-NORTH', 'CN-EAST'].map((region) => ({
        of: 'electricity',
        region,
        from: '2025-01-01',
        to: '2025-12-31',
        value: 0.6,
        unit: 'kgCO2e/kWh',
        source: 'a made-up grid',
        published: '2026-01',
      })),
    },
  })
  const steps = Math.floor((NOW - START) / HOUR_MS / STEP_H)
  for (const [meter, perHour] of [
    ['e', 10],
    ['f', 7],
    ['w', 0.5],
  ] as const) {
    await api.take(
      Array.from({ length: steps }, (_, i) => [meter, START + i * STEP_H * HOUR_MS, i * STEP_H * perHour]),
    )
  }
})
afterAll(() => api.close())

describe('publications', () => {
  it('freezes every figure that is possible, and gives the undefined ones with their reasons', async () => {
    const { status, body } = await api.post('/publications', { year: 2025, boundary: 'group', by: 'Li' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ id: '2025-group-1', year: 2025, boundary: 'group', by: 'Li' })
    expect(body.figures).toBeGreaterThan(20)
    expect(body.undefined).toContainEqual({
      indicator: 'energy-per-revenue',
      reason: expect.stringContaining('revenue'),
    })
    const today = await api.get('/kpis?indicator=energy,ghg-per-employee&scope=boundary:group&from=2025')
    const { body: kept } = await api.get('/publications/2025-group-1')
    for (const { indicator, value } of today.body.rows) {
      expect(value).not.toBeNull()
      expect(kept.rows).toContainEqual(
        expect.objectContaining({ indicator, asPublished: value, asKnownToday: value, difference: 0 }),
      )
    }
    expect(kept.restatements).toEqual([])
  })

  it('is a bundle whose hashes anybody can check, and that recomputes', async () => {
    const answer = await api.app.inject({ url: '/api/v1/publications/2025-group-1/bundle' })
    expect(answer.headers['content-disposition']).toBe('attachment; filename="2025-group-1.zip"')
    const files = unzipSync(answer.rawPayload)
    const manifest = strFromU8(files['manifest.json'] as Uint8Array)
    for (const { path, sha256: hash, bytes } of JSON.parse(manifest).files) {
      expect(sha256(files[path] as Uint8Array)).toBe(hash)
      expect(files[path]?.length).toBe(bytes)
    }
    expect(canonical(JSON.parse(manifest))).toBe(manifest)
    const { body } = await api.get('/publications')
    expect(body.rows[0].hash).toBe(sha256(manifest))
    expect(verify(answer.rawPayload)).toMatchObject({ differences: [], figures: body.rows[0].figures })
    expect(await readFile(join(api.folder, 'publications/2025-group-1.zip'))).toEqual(answer.rawPayload)
  })
})
