import { alert } from './alert.ts'
import { balance } from './balance.ts'
import { freeCooling } from './free-cooling.ts'
import { kpi } from './kpi.ts'
import { member, meter, scope } from './listed.ts'
import { baseLoad, profile, shift } from './loads.ts'
import { meterQuality, meterState } from './meter-quality.ts'
import { consumption, reading } from './meters.ts'
import { nightFlow } from './night-flow.ts'
import { quarantined } from './quarantined.ts'
import { saving } from './saving.ts'
import type { SeriesCheck } from './series.ts'
import { service } from './service.ts'
import { target, targetPath } from './target.ts'
import { usage } from './usage.ts'
import { use } from './use.ts'

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
  use,
  profile,
  baseLoad,
  shift,
  freeCooling,
  saving,
  balance,
  nightFlow,
  meterQuality,
  meterState,
  alert,
  quarantined,
  service,
]
