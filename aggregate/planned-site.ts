import type { Scope } from '../core/organisation-index.ts'
import { balancedUtilities } from '../figures/balance-points.ts'
import { nightWaters } from '../figures/night-flow-points.ts'
import type { FigurePoint } from '../store/store.ts'

/** Of a site's own series, those that a plan has: nothing of a boundary. */
export interface PlannedSite {
  /** Units by utility. */
  readonly balance: Readonly<Record<string, string>>
  readonly nights: readonly string[]
}

export function plannedSite(scope: Scope): PlannedSite | undefined {
  if (scope.kind !== 'site') return undefined
  return {
    balance: Object.fromEntries(balancedUtilities(scope.entry).map(({ utility, unit }) => [utility, unit])),
    nights: nightWaters(scope.entry).map(({ utility }) => utility),
  }
}

/**
 * Points that say that a site's series, which a plan had and the next one has not, are unknown; `moved`: none of them
 * is written over, because the days begin elsewhere. `starts` are those of a grain's spans.
 */
export function* withdrawnOfSite(
  scope: string,
  before: PlannedSite,
  after: PlannedSite | undefined,
  moved: boolean,
  starts: (grain: 'day' | 'month' | 'year') => readonly number[],
): Generator<FigurePoint[]> {
  for (const [utility, unit] of Object.entries(before.balance)) {
    if (!moved && after?.balance[utility] === unit) continue
    for (const grain of ['day', 'month', 'year'] as const) {
      const fields = { known: 0, unmetered_known: 0, share_known: 0 }
      const tags = { scope, utility, unit, grain }
      yield starts(grain).map((at) => ({ measurement: 'balance', tags, fields, at }))
    }
  }
  for (const utility of before.nights) {
    if (!moved && after?.nights.includes(utility)) continue
    const tags = { scope, utility, unit: 'm3/h' }
    const fields = { known: 0, share_known: 0 }
    yield starts('day').map((at) => ({ measurement: 'night_flow', tags, fields, at }))
  }
}
