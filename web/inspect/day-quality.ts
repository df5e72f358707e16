import type { ConsumptionRow } from '../answers.ts'
import { type Quality, shownQuality, worst } from '../quality.ts'
import type { TreeMeter } from './meter-tree.ts'

/** The worst quality among a day's hours; missing where no hour is known. */
export function qualityOfDay(hours: readonly ConsumptionRow[]): Quality {
  if (hours.length === 0) return 'missing'
  return worst(hours.map((hour) => (hour.value === null ? 'missing' : shownQuality(hour))))
}

/** What is most worth a look comes first: what is wrong goes before what lacks. */
const attention: readonly Quality[] = [
  'suspect',
  'missing',
  'estimated',
  'edited',
  'interpolated',
  'measured',
]

/** The meter to show first. */
export function mostDoubtful(
  tree: readonly TreeMeter[],
  hoursOf: (meter: string) => readonly ConsumptionRow[],
): string | undefined {
  const rank = ({ meter }: TreeMeter) =>
    Math.min(...hoursOf(meter.id).map((hour) => attention.indexOf(shownQuality(hour))), attention.length)
  return tree.toSorted((a, b) => rank(a) - rank(b))[0]?.meter.id
}
