import type { TargetDetail, TargetRow } from './answers.ts'
import { get, getRows } from './api.ts'
import { unitRead } from './indicator.ts'

/** All targets, with the units that they are read with. */
export async function askTargets(signal: AbortSignal): Promise<TargetRow[]> {
  return (await getRows<TargetRow>('targets', signal)).map(asRead)
}

/** One target, with the course of its year and what drives it. */
export async function askTarget(id: string, signal: AbortSignal): Promise<TargetDetail> {
  const target = await get<TargetDetail>(`targets/${encodeURIComponent(id)}`, signal)
  const { indicator, monthsUnit } = target
  return {
    ...asRead(target),
    monthsUnit: unitRead(indicator, monthsUnit),
    drivers: target.drivers.map((one) => ({ ...one, unit: unitRead(indicator, one.unit) })),
  }
}

function asRead<T extends TargetRow>(target: T): T {
  const { indicator, unit, neededUnit } = target
  return {
    ...target,
    unit: unitRead(indicator, unit),
    neededUnit: neededUnit === null ? null : unitRead(indicator, neededUnit),
  }
}
