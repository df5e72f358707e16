import type { AddressInfo } from 'node:net'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { health } from './figures.ts'

/** When the page of these sites is looked at. */
export const NOW = '2026-02-10T12:30:00+08:00'
const YEAR = [Date.parse('2025-01-01T00:00:00+08:00'), Date.parse('2026-01-01T00:00:00+08:00')] as const

const name = (en: string, zh: string) => ({ en, zh })

const stated = organisation(
  [
    site({
      id: 'park',
      name: name('North Park', '北方科技园'),
      kind: 'campus',
      zone: 'Asia/Shanghai',
      grid: 'CN-NORTH',
      areas: [
        {
          id: 'tower',
          name: name('Tower', '塔楼'),
          floorArea: [
            { from: '2019-01-01', m2: 48_000 },
            { from: '2025-07-01', m2: 61_500 },
          ],
        },
      ],
      employees: [
        { from: '2020-01-01', fullTime: 100, total: 120 },
        { from: '2025-04-01', fullTime: 160 },
      ],
      revenue: [{ from: '2025-01-01', to: '2025-12-31', millions: 1250 }],
      meters: [{ ...incomer('park-in'), name: name('Grid supply', '市电总表') }],
    }),
    site({
      id: 'depot',
      name: name('Depot', '中心仓库'),
      kind: 'warehouse',
      zone: 'Asia/Shanghai',
      grid: 'CN-EAST',
      meters: [{ ...incomer('depot-in'), name: name('Supply of the depot', '仓库总表') }],
    }),
  ],
  [
    { id: 'group', sites: 'all' },
    { id: 'offices', sites: ['park'] },
  ],
)

/** The real service with the built page over what is stated of two sites, and a year of one of them. */
export async function serveStated(): Promise<{ url: string; api: TestApi }> {
  const api = await testApi(stated, Date.parse(NOW), {
    factors: {
      factors: [
        {
          of: 'electricity',
          region: 'CN-NORTH',
          from: '2023-01-01',
          to: '2023-12-31',
          value: 0.6361,
          unit: 'kgCO2/kWh',
          source: 'a bulletin',
          published: '2025',
          carryForward: true,
        },
      ],
    },
    targets: [
      {
        id: 'per-head',
        name: name('Energy per head', '人均能耗'),
        indicator: 'energy-per-employee',
        scope: 'boundary:offices',
        kind: 'reduction',
        baseline: { year: 2020, value: 4.51, proxy: true, source: 'a report' },
        by: 2026,
        reduction: 0.05,
      },
    ],
    health,
    webRoot: new URL('../../web-dist', import.meta.url).pathname,
  })
  for (const [meter, used] of [
    ['park-in', 400_000],
    ['depot-in', 9000],
  ] as const)
    await api.take(YEAR.map((at, i) => [meter, at, i * used] as const))
  for (const entry of [
    {
      scope: 'site:park',
      quantity: 'green-contract',
      kind: 'PPA',
      period: '2025-03',
      value: 20,
      unit: 'MWh',
    },
    {
      scope: 'site:park',
      quantity: 'green-contract',
      kind: 'PPA',
      period: '2025-04',
      value: 22.5,
      unit: 'MWh',
    },
    { scope: 'boundary:group', quantity: 'revenue', period: '2024', value: 990, unit: 'RMB million' },
  ])
    await api.post('/entries', { ...entry, source: 'contract 4' })
  await api.post('/savings', {
    measure: 'screens off at night',
    scope: 'site:park',
    period: '2025',
    method: 'estimated',
    factor: '62 screens x 0.25 kW x 9 h',
    baseline: { energy: 200 },
    energySaved: { value: 140, unit: 'MWh' },
    source: 'energy office',
  })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, api }
}
