import type { Calendar } from './calendar.ts'
import { COVERAGE_NEEDED } from './intensity.ts'
import type { Measurand } from './organisation.ts'
import type { CountedMeter } from './organisation-index.ts'
import { conversion, dimensionOf, perHour } from './quantity.ts'
import { type Lookup, type Period, type Usage, usage } from './usage.ts'
import { HOUR_MS } from './window.ts'

/** The load of an hour: what was used in it, per hour. A change of clocks by half an hour leaves half hours. */
export interface LoadHour {
  readonly start: number
  readonly end: number
  /** In the unit of the consumption, per hour. */
  readonly perHour: number
}

/** Whether figures of single hours may rest on one: it is over, has data as any figure needs, and no estimate. */
export function isKnownHour({ value, coverage, estimated, quality, partial }: Usage): boolean {
  return value !== null && !partial && coverage >= COVERAGE_NEEDED && estimated === 0 && quality !== 'suspect'
}

/** The loads of meters together in those of `hours` that are known; `calendar` is where the hours are from. */
export function loadHours(
  meters: readonly CountedMeter[],
  hours: readonly Period[],
  calendar: Calendar,
  { lookup, now }: { readonly lookup: Lookup; readonly now: number },
  factor: (unit: string, measurand: Measurand) => number | undefined,
): LoadHour[] {
  return hours.flatMap((hour): LoadHour[] => {
    const used = usage(meters, hour, lookup, now, factor)
    if (used.value === null || !isKnownHour(used)) return []
    const { start, end } = hour.spanAt(calendar)
    return [{ start, end, perHour: used.value / ((end - start) / HOUR_MS) }]
  })
}

/** The unit of a load whose consumption is in `unit`, and the factor to it from that unit per hour. */
export function loadUnit(unit: string): { readonly unit: string; readonly factor: number } {
  const dimension = dimensionOf(unit)
  const base = dimension === 'energy' ? 'kWh' : dimension === 'volume' ? 'm3' : 't'
  return { unit: perHour(base), factor: conversion(unit, base) ?? 1 }
}
