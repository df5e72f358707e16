import { type Measurand, type Utility, utilitiesAt } from '../core/organisation.ts'
import { countedMeters, type Scope, sitesOf } from '../core/organisation-index.ts'
import { Problem } from './problems.ts'

/** The utility that a query asks of a scope, or a 400 with those that there are. A meter has its own, and so has a sensor. */
export function utilityOf(scope: Scope, asked: Utility | undefined): Measurand {
  if (scope.kind === 'meter') {
    const { meter } = scope.entry
    if (asked === undefined || asked === meter.utility) return meter.utility
    throw Problem.badField('utility', `${meter.id} does not measure ${asked}.`, [meter.utility])
  }
  const there = [...new Set(sitesOf(scope).flatMap(({ site }) => utilitiesAt(site)))]
  if (asked === undefined) throw Problem.badField('utility', `${scope.id} needs a utility.`, there)
  if (countedMeters(scope, [asked]).length > 0) return asked
  throw Problem.badField('utility', `No meter measures ${asked} at ${scope.id}.`, there)
}
