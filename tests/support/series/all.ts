import { kpi } from './kpi.ts'
import { member, meter, scope } from './listed.ts'
import { consumption, reading } from './meters.ts'
import type { SeriesCheck } from './series.ts'
import { target, targetPath } from './target.ts'
import { usage } from './usage.ts'

/** Every measurement that a panel may ask, and how it is held against the API. */
export const series: readonly SeriesCheck[] = [
  usage,
  kpi,
  target,
  targetPath,
  scope,
  member,
  meter,
  reading,
  consumption,
]
