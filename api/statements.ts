import { dateOf, localDay, nextDay } from '../core/calendar.ts'
import type { Denominator } from '../core/indicator.ts'
import type { Scope } from '../core/organisation-index.ts'
import type { LocalPeriod } from '../core/usage.ts'
import { bothNames } from './names.ts'

export interface Statement {
  readonly name: { en: string; zh: string } | null
  readonly from: string
  readonly to: string | null
  readonly value: number
  readonly unit: string
}

/** What organisation.yaml states of a denominator for a period: everything that holds on any of its days. */
export function statementsOf(kind: Denominator, scope: Scope, period: LocalPeriod): Statement[] {
  if (scope.kind !== 'site' && scope.kind !== 'area') return []
  const { site } = scope.entry
  const first = dateOf(period.firstDay)
  const last = dateOf(nextDay(period.grain, period.firstDay) - 1)
  const within = ({ from, to }: Statement) => from <= last && (to === null || to >= first)
  if (kind === 'revenue') {
    return site.revenue
      .map(({ from, to, millions }) => ({ name: null, from, to, value: millions, unit: 'RMB million' }))
      .filter(within)
  }
  if (kind === 'floor-area') {
    const areas = scope.kind === 'area' ? [scope.area] : site.areas
    return areas.flatMap((area) =>
      dated(area.floorArea, ({ m2 }) => m2, bothNames(area), 'm2').filter(within),
    )
  }
  const people = dated(site.employees, ({ fullTime }) => fullTime, null, 'person').filter(within)
  // Of the head count at the end only the last one counts.
  return kind === 'employees' ? people.slice(-1) : people
}

function dated<T extends { readonly from: string }>(
  values: readonly T[],
  number: (value: T) => number | undefined,
  name: Statement['name'],
  unit: string,
): Statement[] {
  return values.flatMap((one, i) => {
    const value = number(one)
    const next = values[i + 1]
    const to = next === undefined ? null : dateOf((localDay(next.from) as number) - 1)
    return value === undefined ? [] : [{ name, from: one.from, to, value, unit }]
  })
}
