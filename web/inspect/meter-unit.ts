import type { MeterRow } from '../answers.ts'

/** Whether a meter shows power or flow: its readings are in a unit of so much a time. */
export function isGauge({ readingUnit }: MeterRow): boolean {
  return readingUnit !== null && /W$|\//.test(readingUnit)
}
