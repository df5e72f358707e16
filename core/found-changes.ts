import type { DivisorIn } from './baseline.ts'
import { localDay } from './calendar.ts'
import type { Indicator } from './indicator.ts'
import { type Scope, sitesOf } from './organisation-index.ts'
import { metersOfQuantity } from './source.ts'
import { monthStart } from './year-months.ts'

/** Something of a scope that is not as it was, and so may move a figure without any saving. */
export interface FoundChange {
  readonly kind: 'floor-area' | 'employees' | 'meter-added' | 'meter-removed' | 'site-added'
  /** The scope, meter or site. */
  readonly id: string
  /** The local day since when it is there, or is no longer. */
  readonly from?: string
  readonly before?: number
  readonly after?: number
  /** As a share of what it was. */
  readonly change?: number
}

/** Smaller changes are the course of things. */
const NOTABLE = 0.05

/** What of a scope has changed between two years. What is not known of one of them is not compared. */
export function foundChanges(
  scope: Scope,
  indicator: Indicator,
  from: number,
  to: number,
  divisorIn: DivisorIn,
): FoundChange[] {
  const within = (date: string | undefined): date is string => {
    const day = date === undefined ? undefined : localDay(date)
    return day !== undefined && day > monthStart(from, 1) && day < monthStart(to + 1, 1)
  }
  const sizes = (['floor-area', 'employees'] as const).flatMap((kind): FoundChange[] => {
    const [then, now] = [divisorIn(kind, from).value, divisorIn(kind, to).value]
    if (then === null || now === null || then === 0) return []
    const change = now / then - 1
    return Math.abs(change) > NOTABLE ? [{ kind, id: scope.id, before: then, after: now, change }] : []
  })
  const sites = sitesOf(scope).flatMap(({ site }): FoundChange[] => {
    const begun = [...site.employees, ...site.areas.flatMap(({ floorArea }) => floorArea)]
      .map((value) => value.from)
      .sort()[0]
    return within(begun) ? [{ kind: 'site-added', id: `site:${site.id}`, from: begun }] : []
  })
  const counted = metersOfQuantity(indicator.numerator, scope).map(({ meter }) => [meter.id, meter] as const)
  const meters = [...new Map(counted).values()].flatMap((meter): FoundChange[] => [
    ...(within(meter.from)
      ? [{ kind: 'meter-added', id: `meter:${meter.id}`, from: meter.from } as const]
      : []),
    ...(within(meter.to)
      ? [{ kind: 'meter-removed', id: `meter:${meter.id}`, from: meter.to } as const]
      : []),
  ])
  return [...sizes, ...sites, ...meters]
}
