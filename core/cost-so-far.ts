import type { Alert, Cost } from './alert.ts'
import type { Observation } from './observation.ts'

/** An observation tells what [since, at) cost; of that the part after `countedTo` is added, which no look before has counted. */
export function costSoFar({ cost }: Pick<Alert, 'cost'>, countedTo: number, seen: Observation): Cost {
  const { at, since = at } = seen
  const part = since < countedTo ? (at - countedTo) / (at - since) : 1
  const sums = (['kWh', 'm3', 'tCO2e'] as const)
    .filter((unit) => cost[unit] !== undefined || seen.cost[unit] !== undefined)
    .map((unit) => {
      const [before = 0, more = 0] = [cost[unit], seen.cost[unit]]
      return [unit, before === null || more === null ? null : before + more * part]
    })
  return Object.fromEntries(sums)
}
