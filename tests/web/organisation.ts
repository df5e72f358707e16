import type { z } from 'zod'
import type { meterRow, sitesAnswer } from '../../api/schemas.ts'
import { parkMeters, register } from './meter-lines.ts'

type SitesAnswer = z.infer<typeof sitesAnswer>
type SiteRow = SitesAnswer['rows'][number]
export type MeterRow = z.infer<typeof meterRow>

type Line = [id: string, en: string, zh: string, kind: SiteRow['kind'], zone: string, utilities: string]

/** An invented group: enough sites for a full page, one in a zone at :30, one without employees. */
const lines: Line[] = [
  [
    'north-park',
    'North Park',
    '北方科技园',
    'campus',
    'Asia/Shanghai',
    'electricity heat natural-gas tap-water reclaimed-water',
  ],
  [
    'river-hq',
    'River Headquarters',
    '江畔总部',
    'office',
    'Asia/Shanghai',
    'electricity natural-gas tap-water reclaimed-water',
  ],
  [
    'east-campus',
    'East Campus',
    '东区',
    'campus',
    'Asia/Shanghai',
    'electricity heat tap-water reclaimed-water',
  ],
  ['data-hall', 'Own Data Centre', '自有数据中心', 'data-center', 'Asia/Shanghai', 'electricity tap-water'],
  [
    'device-works',
    'Device Works, Phase II',
    '设备工厂二期',
    'factory',
    'Asia/Shanghai',
    'electricity natural-gas tap-water',
  ],
  [
    'appliance-works',
    'Home-Appliance Works',
    '家电工厂',
    'factory',
    'Asia/Shanghai',
    'electricity natural-gas tap-water',
  ],
  ['bengaluru', 'Bengaluru Office', '班加罗尔办公室', 'office', 'Asia/Kolkata', 'electricity tap-water'],
  ['depot', 'Depot', '中心仓库', 'warehouse', 'Asia/Shanghai', 'electricity'],
]

export const sites: SitesAnswer = {
  organisation: {
    id: 'sample',
    name: { en: 'Sample Group', zh: '示例集团' },
    zone: 'Asia/Shanghai',
    currency: 'CNY',
    readAt: '2026-11-19T00:00:00Z',
  },
  rows: lines.map(([id, en, zh, kind, zone, utilities], i) => ({
    id,
    name: { en, zh },
    kind,
    zone,
    grid: null,
    pueCategory: null,
    areas: [],
    employees: kind === 'warehouse' ? null : { fullTime: 5200 - 600 * i, total: null },
    floorAreaM2: 48_000,
    utilities: utilities.split(' ') as SiteRow['utilities'],
    stated: { employees: [], revenue: [] },
    meters: [`${id}-e-in`],
  })),
  boundaries: [
    {
      id: 'group',
      name: { en: 'Group', zh: '集团' },
      scope: 'boundary:group',
      sites: lines.map(([id]) => id),
    },
    {
      id: 'offices',
      name: { en: 'Own offices', zh: '自有办公' },
      scope: 'boundary:offices',
      sites: ['north-park', 'river-hq', 'east-campus', 'bengaluru'],
    },
  ],
}

const intakes: MeterRow[] = sites.rows.map((site) => ({
  id: `${site.id}-e-in`,
  name: { en: 'Grid intake', zh: '市电进线' },
  site: site.id,
  area: null,
  utility: 'electricity',
  role: 'import',
  use: null,
  parent: null,
  unit: 'kWh',
  readingUnit: 'kWh',
  topic: `facility/${site.id}/${site.id}-e-in/reading`,
  ...register,
  state: 'live',
  last: null,
}))

export const meters: MeterRow[] = [...parkMeters, ...intakes.filter((one) => one.site !== 'north-park')]
