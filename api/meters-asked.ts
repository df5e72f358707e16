import { type Use, type Utility, uses, utilities } from '../core/organisation.ts'
import { type CountedMeter, countedMeters, type Scope } from '../core/organisation-index.ts'
import { metersOfUse, usesIn } from '../core/uses.ts'
import { Problem } from './problems.ts'
import { utilityOf } from './utility.ts'

/** The meters that make up a utility of a scope, or one use of it; a 400 where there are none, with what there is. */
export function metersAsked(
  scope: Scope,
  utility: Utility | undefined,
  use: Use | undefined,
): CountedMeter[] {
  if (use === undefined) return countedMeters(scope, [utilityOf(scope, utility)])
  const asked = utility ?? onlyUtility(scope, use)
  const meters = metersOfUse(scope, asked, use)
  if (meters.length > 0) return meters
  throw Problem.badField('use', `No meter of the use ${use} measures ${asked} at ${scope.id}.`, [
    ...usesIn(scope, asked),
  ])
}

/** What is used for a use, where that is one utility. */
function onlyUtility(scope: Scope, use: Use): Utility {
  const there = utilities.filter((utility) => metersOfUse(scope, utility, use).length > 0)
  const [only] = there
  if (only === undefined) {
    const accepted = uses.filter((one) => utilities.some((utility) => usesIn(scope, utility).includes(one)))
    throw Problem.badField('use', `No meter has the use ${use} at ${scope.id}.`, accepted)
  }
  if (there.length > 1)
    throw Problem.badField('utility', `Several utilities have the use ${use} at ${scope.id}.`, there)
  return only
}
