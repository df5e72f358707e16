import type { AddressInfo } from 'node:net'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { health } from './figures.ts'

/** When the page of this world is looked at. */
export const NOW = '2026-02-10T12:30:00+08:00'
const BEGUN = Date.parse('2023-12-31T16:00:00Z')

const zone = 'Asia/Shanghai'
const name = (en: string, zh: string) => ({ en, zh })

const world = organisation(
  [
    site({
      id: 'park',
      name: name('North Park', '北方科技园'),
      zone,
      grid: 'CN-NORTH',
      areas: [{ id: 'tower', floorArea: [{ from: '2019-01-01', m2: 1000 }] }],
      employees: [{ from: '2020-01-01', fullTime: 16 }],
      meters: [
        { ...incomer('park-in'), name: name('Grid supply', '市电总表') },
        { id: 'park-gas', utility: 'natural-gas', role: 'import', register: { unit: 'm3' } },
        { id: 'park-water', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
        { id: 'park-grey', utility: 'reclaimed-water', role: 'import', register: { unit: 'm3' } },
      ],
    }),
    site({
      id: 'depot',
      name: name('Depot', '中心仓库'),
      kind: 'warehouse',
      zone,
      grid: 'CN-EAST',
      areas: [{ id: 'hall', floorArea: [{ from: '2019-01-01', m2: 4000 }] }],
      meters: [
        incomer('depot-in'),
        { id: 'depot-water', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
      ],
      employees: [{ from: '2020-01-01', fullTime: 5 }],
    }),
  ],
  [{ id: 'group', sites: 'all' }],
)

const perHour: Readonly<Record<string, number>> = {
  'park-in': 20,
  'park-gas': 2,
  'park-water': 0.5,
  'park-grey': 0.25,
  'depot-in': 3,
  'depot-water': 0.125,
}

/** Of a year before, and carried forward. */
const grid = (region: string, value: number) => ({
  of: 'electricity',
  region,
  from: '2023-01-01',
  to: '2024-12-31',
  value,
  unit: 'kgCO2e/kWh',
  source: 'a bulletin',
  published: '2025-12',
  carryForward: true,
})

/** The real service over a real store, with the built page: two sites, two years of readings, an entry. */
export async function serveWorld(): Promise<{ url: string; api: TestApi }> {
  const now = Date.parse(NOW)
  const api = await testApi(world, now, {
    factors: { factors: [grid('CN-NORTH', 0.6), grid('CN-EAST', 0.55)] },
    targets: [
      {
        id: 'per-head',
        indicator: 'energy-per-employee',
        scope: 'boundary:group',
        kind: 'ceiling',
        limit: 20,
      },
    ],
    health,
    webRoot: new URL('../../web-dist', import.meta.url).pathname,
  })
  for (const [meter, step] of Object.entries(perHour)) {
    const length = Math.floor((now - BEGUN) / HOUR_MS / 6) + 1
    await api.take(Array.from({ length }, (_, n) => [meter, BEGUN + n * 6 * HOUR_MS, n * 6 * step] as const))
  }
  await api.app.inject({
    method: 'POST',
    url: '/api/v1/entries',
    payload: {
      scope: 'site:park',
      quantity: 'refrigerant',
      kind: 'R-410A',
      period: '2025-06',
      value: 3,
      unit: 'kg',
      source: 'invoice 17',
      by: 'Lin',
    },
  })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, api }
}
