import { organisationSchema } from '../../core/organisation.ts'
import { Organisation } from '../../core/organisation-index.ts'
import { type TestApi, testApi } from './api.ts'

const NOW = Date.parse('2026-02-10T04:30:00Z')

const register = (id: string, utility: 'electricity' | 'tap-water' | 'reclaimed-water', unit: string) => ({
  id,
  utility,
  role: 'import' as const,
  register: { unit },
})

const sites = [
  {
    id: 'park',
    name: { en: 'Park', zh: '园区' },
    kind: 'campus' as const,
    zone: 'Asia/Shanghai',
    areas: [{ id: 'tower', floorArea: [{ from: '2020-01-01', m2: 30_000 }] }],
    employees: [
      { from: '2020-01-01', fullTime: 700, total: 710 },
      { from: '2025-07-01', fullTime: 900, total: 910 },
    ],
    meters: [
      register('e', 'electricity', 'kWh'),
      register('w', 'tap-water', 'm3'),
      register('r', 'reclaimed-water', 'm3'),
    ],
  },
  {
    id: 'shop',
    kind: 'store' as const,
    zone: 'Europe/Berlin',
    meters: [register('s', 'electricity', 'kWh')],
  },
]
const boundaries = [
  { id: 'own', name: { en: 'Own sites', zh: '自有场所' }, sites: ['park'] },
  { id: 'group', sites: 'all' as const },
]

/** An organisation whose registers were read on every first of a month, over a real store. */
export async function reportedApi(bounded = true): Promise<TestApi> {
  const file = organisationSchema.parse({
    organisation: { id: 'demo', name: { en: 'Demo', zh: '示例' }, zone: 'Asia/Shanghai' },
    sites,
    boundaries: bounded ? boundaries : [],
  })
  const api = await testApi(new Organisation(file), NOW)
  const firsts = Array.from({ length: 26 }, (_, month) => Date.UTC(2024, month, 1) - 8 * 3_600_000)
  const faces = { e: 98_765.4321, w: 1234.5678, r: 765.4321 }
  await api.take(
    Object.entries(faces).flatMap(([meter, step]) =>
      firsts.map((at, month) => [meter, at, step * month * (1 + month / 50)] as const),
    ),
  )
  return api
}
