import type { Calendar } from './calendar.ts'
import { commonUnit } from './common-unit.ts'
import { loadHours, loadUnit } from './load-hours.ts'
import type { CountedMeter } from './organisation-index.ts'
import { type TypicalDay, typicalDay } from './typical-day.ts'
import type { Lookup, Period } from './usage.ts'

/** A typical day of meters together, in units that people know loads in. */
export interface LoadProfile extends TypicalDay {
  /** Of the rows and of the amounts of shifts. */
  readonly unit: string
  /** Of base load, mean, peak, and of the means of shifts: kW or m3/h. */
  readonly loadUnit: string
}

/** How meters together run over a day, by those of `hours` that are known (`core/typical-day.ts`). */
export function loadProfile(
  meters: readonly CountedMeter[],
  hours: readonly Period[],
  calendar: Calendar,
  known: { readonly lookup: Lookup; readonly now: number },
): LoadProfile {
  const { unit, factor } = commonUnit(meters)
  const seen = typicalDay(loadHours(meters, hours, calendar, known, factor), calendar)
  const load = loadUnit(unit)
  const asLoad = (perHour: number | null) => (perHour === null ? null : perHour * load.factor)
  return {
    unit,
    loadUnit: load.unit,
    rows: seen.rows,
    baseLoad: { ...seen.baseLoad, value: asLoad(seen.baseLoad.value) },
    mean: asLoad(seen.mean),
    peak: { ...seen.peak, value: asLoad(seen.peak.value) },
    shifts: seen.shifts.map((shift) => ({ ...shift, mean: asLoad(shift.mean) })),
  }
}
