import { type Basis, type LookedUp, planOfBasis, rowKey } from '../core/basis.ts'
import { canonical } from '../core/canonical.ts'
import { entryPeriod } from '../core/entry-period.ts'
import { type Traced, tracedFigures } from '../core/frozen-figure.ts'
import { restsOn } from '../core/rests-on.ts'
import type { Lookup } from '../core/usage.ts'
import { consumptionLine } from './consumption-file.ts'
import type { Publication, PublishedFigure } from './publication.ts'
import { sha256 } from './sha256.ts'

/** A figure made of a basis alone, with the rows that it looked for. */
export interface Recomputed {
  readonly figure: PublishedFigure
  readonly rows: Traced['rows']
}

/** Every possible figure of a boundary and a year, from a basis and nothing else. Empty where there is no such boundary. */
export function recomputed(
  basis: Basis,
  days: ReadonlyMap<string, readonly LookedUp[]>,
  { boundary, year }: Pick<Publication, 'boundary' | 'year'>,
): Recomputed[] {
  const plan = planOfBasis(basis)
  const scope = plan.scope(`boundary:${boundary}`)
  const period = entryPeriod(String(year))
  if (scope === undefined || period === undefined) return []
  const printed = {
    line: (row: LookedUp) => consumptionLine(basis.rows.get(rowKey(row.meter, row.grain, row.start)) ?? row),
    daysOf: hashesOf(days),
  }
  const lookup: Lookup = (meter, grain, start) =>
    basis.rows.get(rowKey(meter, grain, start))?.found ?? undefined
  return tracedFigures(scope, period, plan, lookup, basis.now).map((traced) => {
    const inputs = sha256(canonical(restsOn(traced, scope, plan, basis, printed)))
    return { figure: { ...traced.frozen, inputs }, rows: traced.rows }
  })
}

/** By meter, a hash of its days as they stand in their file. */
function hashesOf(days: ReadonlyMap<string, readonly LookedUp[]>): (meter: string) => string {
  const hashes = new Map<string, string>()
  return (meter) => {
    const known = hashes.get(meter) ?? sha256((days.get(meter) ?? []).map(consumptionLine).join('\n'))
    hashes.set(meter, known)
    return known
  }
}
