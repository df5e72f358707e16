import { type Calendar, Calendar as CalendarOf } from '../../core/calendar.ts'
import type { Occurrence } from '../../core/meter-event.ts'
import { type MeterRule, ruleOf } from '../../core/meter-rule.ts'
import type { Meter } from '../../core/organisation.ts'
import { worstOf } from '../../core/quality.ts'
import { type Consumption, flagsOf } from '../../core/rollup.ts'
import { organisationFile, site } from './organisation.ts'

type Register = Partial<NonNullable<Meter['register']>>
type Gauge = NonNullable<Meter['gauge']>

export const utc: Calendar = new CalendarOf('UTC')

/** The rule of a register of electricity in kWh, as the configuration states it. */
export function registerRule(
  register: Register = {},
  limits: { limitPerHour?: number; minimumPerHour?: number } = {},
): MeterRule {
  return of({ register: { unit: 'kWh', ...register }, ...limits })
}

export function gaugeRule(gauge: Partial<Gauge> = {}, limits: { limitPerHour?: number } = {}): MeterRule {
  return of({ gauge: { unit: 'kW', maxGap: 'PT30M', ...gauge }, ...limits })
}

function of(overrides: object): MeterRule {
  const meter = { id: 'm', utility: 'electricity', role: 'import', ...overrides } as const
  const file = organisationFile([site({ id: 's', meters: [meter] })])
  return ruleOf(file.sites[0]?.meters[0] as Meter, utc) as MeterRule
}

/** The quality of a row whose span is over. */
export function qualityOf(row: Consumption): string {
  return worstOf(flagsOf(row), row.coveredMs / (row.end - row.start))
}

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** An occurrence of the meter `m`. */
export function occurred(one: Without<Occurrence, 'meter'>): Occurrence {
  return { meter: 'm', ...one } as Occurrence
}
