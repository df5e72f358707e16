import type { z } from 'zod'
import type { targetDetail } from '../../api/target-schema.ts'
import { targets } from './targets.ts'

type TargetDetail = z.infer<typeof targetDetail>
type Driver = TargetDetail['drivers'][number]['parts'][number]

const name = (en: string, zh: string) => ({ en, zh })

const part = (
  kind: Driver['kind'],
  id: string,
  names: { en: string; zh: string },
  change: number,
  parts?: Driver[],
): Driver => ({ kind, id, name: names, change, share: change / -0.0658, ...(parts && { parts }) })

const parts: Driver[] = [
  part('site', 'north-park', name('North Park', '北方科技园'), 0.0512, [
    part('meter', 'north-park-e-in', name('Grid intake', '市电总表'), 0.0734),
    part('meter', 'north-park-heat', name('Heat', '热力'), -0.0222),
  ]),
  part('site', 'depot', name('Depot', '中心仓库'), -0.019),
  part('denominator', 'employees', name('Full-time employees', '全职员工'), -0.098),
]

const monthly = [402, 371, 365, 352, 348, 377, 401, 398, 366, 342]
const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0)

/** The first of the targets with its months, its projections and what drives it: ten months of the year are there. */
export const detail: TargetDetail = {
  ...(targets[0] as (typeof targets)[number]),
  low: 4.1204,
  high: 4.3169,
  confidence: 'high',
  projections: [
    {
      method: 'weather-adjusted',
      projected: 4.2187,
      low: 4.1204,
      high: 4.3169,
      confidence: 'high',
      chosen: true,
      reason: 'it fits best',
      model: { r2: 0.94, cvRmse: 0.061, points: 304 },
    },
    {
      method: 'same-months',
      projected: 4.2312,
      low: 4.05,
      high: 4.41,
      confidence: 'medium',
      chosen: false,
    },
    { method: 'straight-line', projected: 4.2951, low: null, high: null, confidence: 'low', chosen: false },
  ],
  adjustments: [
    { kind: 'static-factor', what: name('A second canteen', '新增食堂'), from: '2024-03-01', effect: 0.041 },
  ],
  changes: [{ kind: 'floor-area', id: 'site:north-park', before: 48_000, after: 52_000, change: 0.083 }],
  warnings: ['jump'],
  previous: { year: 2025, value: 4.29 },
  drivers: [
    {
      against: 'path',
      unit: 'MWh/person',
      value: 3.512,
      reference: 3.5778,
      total: -0.0658,
      span: { from: '2026-01-01', to: '2026-11-01' },
      parts,
    },
    {
      against: 'last-year',
      unit: 'MWh/person',
      value: 3.512,
      reference: 3.5778,
      total: -0.0658,
      span: { from: '2026-01-01', to: '2026-11-01' },
      parts,
    },
  ],
  monthsUnit: 'MWh',
  months: Array.from({ length: 12 }, (_, i) => ({
    month: `2026-${String(i + 1).padStart(2, '0')}`,
    value: monthly[i] ?? null,
    cumulative: i < monthly.length ? sum(monthly.slice(0, i + 1)) : null,
    pathCumulative: 378 * (i + 1),
    projectedCumulative: i < monthly.length ? null : sum(monthly) + 371 * (i - 9),
    low: i < monthly.length ? null : sum(monthly) + 371 * (i - 9) - 55 * (i - 9),
    high: i < monthly.length ? null : sum(monthly) + 371 * (i - 9) + 55 * (i - 9),
    partial: false,
  })),
}
