import { commonUnit } from './common-unit.ts'
import { balancedMeters, hierarchyOf } from './hierarchy.ts'
import type { Utility } from './organisation.ts'
import type { CountedMeter, SiteEntry } from './organisation-index.ts'
import { type Lookup, type Period, type Usage, usage } from './usage.ts'

/** Above this share of a parent its unmetered remainder is an alarm (DOMAIN, section 1, "hierarchy"). */
export const REMAINDER_ALARM = 0.05
/**
 * A remainder is the difference of large sums, so it needs more than a figure does: 1 % that a child lacks
 * is a fifth of what raises the alarm.
 */
const COVERAGE_OF_REMAINDER = 0.99

/** What is left of an amount when that which is metered below it is taken away. */
export interface Remainder {
  /** The amount less all that hangs on it; negative where more is metered below than above. Null with `remainderReason`. */
  readonly remainder: number | null
  /** Of the amount; null where that is not above 0, or the remainder is not known. */
  readonly remainderShare: number | null
  /** More than 5 % is unmetered. */
  readonly alarm: boolean
  /** More is metered below than above: a sign of a wrong multiplier, or of a wrong parent. */
  readonly excess: boolean
  readonly remainderReason?: string
}

/** A meter of the hierarchy, or the supply, with what it passed on. */
export interface BalanceNode extends Remainder {
  /** Null of the supply. */
  readonly meter: string | null
  /** The meter that it hangs on; null of the supply, and of what hangs on it. */
  readonly parent: string | null
  readonly used: Usage
  /** Of what it hangs on; null of the supply, and where that amount is not above 0. */
  readonly share: number | null
}

/** How one utility was spread over a site in a period. */
export interface Balance {
  readonly unit: string
  /** The sums of the meters of each role; null where the site has none. */
  readonly imported: Usage | null
  readonly generated: Usage | null
  readonly exported: Usage | null
  /** The supply first, then the meters below it in the order of the configuration. */
  readonly nodes: readonly BalanceNode[]
  /** What of the supply reached no meter that is the last of its branch. */
  readonly unmetered: Remainder
}

/** The balance of a site: supply = what hangs on it + remainder, and so for every meter that others hang on. */
export function balance(
  site: SiteEntry,
  utility: Utility,
  period: Period,
  lookup: Lookup,
  now: number,
): Balance {
  const span = period.spanAt(site.calendar)
  const { supply, branches } = hierarchyOf(site, utility, span.start, Math.min(span.end, now))
  const { unit, factor } = commonUnit(balancedMeters(site, utility))
  const sum = (meters: readonly CountedMeter[]) => usage(meters, period, lookup, now, factor)
  const role = (wanted: string): Usage | null => {
    const meters = supply.filter(({ meter }) => meter.role === wanted)
    return meters.length === 0 ? null : sum(meters.map((meter) => ({ ...meter, weight: 1 })))
  }
  const amounts = new Map<string | null, Amount>([[null, { name: 'the supply', used: sum(supply) }]])
  for (const branch of branches) {
    const { id } = branch.meter
    amounts.set(id, { name: id, used: sum([branch]) })
  }
  const amount = (meter: string | null) => amounts.get(meter) as Amount
  const node = (meter: string | null, parent: string | null): BalanceNode => {
    const below = branches.filter(({ hangsOn }) => hangsOn === meter).map((one) => amount(one.meter.id))
    const { used } = amount(meter)
    const share = meter === null ? null : quotient(used.value, amount(parent).used.value)
    return { meter, parent, used, share, ...remainderOf(amount(meter), below) }
  }
  const parents = new Set(branches.map(({ hangsOn }) => hangsOn))
  const last = branches.filter(({ meter }) => !parents.has(meter.id))
  return {
    unit,
    imported: role('import'),
    generated: role('generation'),
    exported: role('export'),
    nodes: [node(null, null), ...branches.map(({ meter, hangsOn }) => node(meter.id, hangsOn))],
    unmetered: remainderOf(
      amount(null),
      last.map((one) => amount(one.meter.id)),
    ),
  }
}

interface Amount {
  readonly name: string
  readonly used: Usage
}

function remainderOf(above: Amount, below: readonly Amount[]): Remainder {
  const unknown = (remainderReason: string): Remainder => {
    return { remainder: null, remainderShare: null, alarm: false, excess: false, remainderReason }
  }
  if (below.length === 0) return unknown(`nothing hangs on ${above.name}`)
  for (const { name, used } of [above, ...below]) {
    if (used.value === null) return unknown(`${name}: ${used.reason ?? 'nothing is known'}`)
    if (used.coverage < COVERAGE_OF_REMAINDER) {
      return unknown(`coverage of ${name} is below ${COVERAGE_OF_REMAINDER * 100} %: ${used.reason ?? ''}`)
    }
  }
  const whole = above.used.value as number
  const remainder = whole - below.reduce((sum, { used }) => sum + (used.value as number), 0)
  const remainderShare = quotient(remainder, whole)
  // Sums of many differences miss 0 by a rounding.
  const excess = remainder < -1e-9 * Math.max(1, Math.abs(whole))
  return { remainder, remainderShare, alarm: (remainderShare ?? 0) > REMAINDER_ALARM, excess }
}

function quotient(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole
}
