import type { z } from 'zod'
import type { meterRow } from '../../api/schemas.ts'

type MeterRow = z.infer<typeof meterRow>

type Line = [id: string, en: string, zh: string, role: MeterRow['role'], parent: string | null, kw: number]

/** What North Park's electricity is made of, and what hangs beneath; the last is its mean load in kW. */
const electricity: Line[] = [
  ['north-park-e-in', 'Grid intake', '市电进线', 'import', null, 1450],
  ['north-park-e-it', 'Server rooms', '机房', 'submeter', 'north-park-e-in', 620],
  ['north-park-e-cooling', 'Cooling plant', '制冷站', 'submeter', 'north-park-e-in', 560],
  ['north-park-e-chiller', 'Chiller 1', '1号冷机', 'submeter', 'north-park-e-cooling', 540],
  ['north-park-e-light', 'Lighting', '照明', 'submeter', 'north-park-e-in', 280],
  ['north-park-pv', 'Roof panels', '屋顶光伏', 'generation', null, 180],
]

/** The same of its water, in m3/h. */
const water: Line[] = [
  ['north-park-w-in', 'Water intake', '自来水进线', 'import', null, 12],
  ['north-park-w-towers', 'Cooling towers', '冷却塔', 'submeter', 'north-park-w-in', 6.5],
  ['north-park-w-canteen', 'Canteen', '食堂', 'submeter', 'north-park-w-in', 4.2],
]

export const sizes = new Map([...electricity, ...water].map(([id, , , , , size]) => [id, size]))

/** What a plain register says of itself. */
export const register = {
  kind: 'register',
  digits: 8,
  multiplier: 1,
  maxGap: null,
  formula: null,
  limitPerHour: 9000,
  minimumPerHour: null,
  from: null,
  to: null,
} as const

export const parkMeters: MeterRow[] = [
  ...electricity.map((line) => meter(line, 'electricity', 'kWh')),
  ...water.map((line) => meter(line, 'tap-water', 'm3')),
]

function meter([id, en, zh, role, parent]: Line, utility: MeterRow['utility'], unit: string): MeterRow {
  return {
    id,
    name: { en, zh },
    site: 'north-park',
    area: null,
    utility,
    role,
    use: null,
    parent,
    unit,
    readingUnit: unit,
    topic: `facility/north-park/${id}/reading`,
    ...register,
    state: 'live',
    last: null,
  }
}
