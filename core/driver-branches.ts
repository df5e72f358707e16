import { amountOf } from './amount-of.ts'
import type { Pair } from './drivers.ts'
import type { Facts } from './facts.ts'
import { type Branch, hierarchyOf } from './hierarchy.ts'
import type { Utility } from './organisation.ts'
import type { Scope, SiteEntry } from './organisation-index.ts'
import type { Quantity } from './source.ts'
import type { LocalPeriod } from './usage.ts'

/** The spans that are compared. */
export interface Spans {
  readonly now: readonly LocalPeriod[]
  readonly before: readonly LocalPeriod[]
}

/**
 * The meters of a site with what is metered below them. Where uses hang on a busbar that several supplies feed,
 * they stand in the supplies' place. What no meter below explains is a remainder, so that every level adds up
 * to the one above.
 */
export function withBranches(
  quantity: Quantity,
  entry: SiteEntry,
  ofSite: readonly Pair[],
  spans: Spans,
  facts: Facts,
): Pair[] {
  const utilityOf = new Map(
    entry.site.meters.flatMap(({ id, utility }) =>
      utility === 'outdoor-temperature' ? [] : [[id, utility] as const],
    ),
  )
  const ofUtility = ({ kind, id }: Pair) => (kind === 'meter' ? utilityOf.get(id) : undefined)
  const utilities = new Set(ofSite.flatMap((pair) => ofUtility(pair) ?? []))
  const others = ofSite.filter((pair) => ofUtility(pair) === undefined)
  return [
    ...[...utilities].flatMap((utility) =>
      spread(
        quantity,
        entry,
        utility,
        ofSite.filter((pair) => ofUtility(pair) === utility),
        spans,
        facts,
      ),
    ),
    ...others,
  ]
}

function spread(
  quantity: Quantity,
  entry: SiteEntry,
  utility: Utility,
  supply: readonly Pair[],
  spans: Spans,
  facts: Facts,
): Pair[] {
  const all = [...spans.now, ...spans.before].map((period) => period.spanAt(entry.calendar))
  const from = Math.min(...all.map(({ start }) => start))
  const to = Math.max(...all.map(({ end }) => end))
  const { branches } = hierarchyOf(entry, utility, from, to)
  const known = new Map(branches.map((one) => [one.meter.id, measured(quantity, one, spans, facts)]))
  const below = (meter: string, pair: Pair): Pair => {
    const inner = branches.filter(({ hangsOn }) => hangsOn === meter)
    if (inner.length === 0 || inner.some((one) => known.get(one.meter.id) === undefined)) return pair
    const parts = inner.map((one) => below(one.meter.id, known.get(one.meter.id) as Pair))
    return { ...pair, parts: [...parts, ...remainder(meter, [pair], parts)] }
  }
  const first = branches.filter(({ hangsOn }) => hangsOn === null)
  const ownParts = supply.map((pair) => below(pair.id, pair))
  const isSupply = (id: string) => supply.some((pair) => pair.id === id)
  if (first.every((one) => isSupply(one.meter.id))) return ownParts
  const tops = first.map((one) => known.get(one.meter.id))
  if (!tops.every((one) => one !== undefined) || !carries(tops, supply)) return ownParts
  const parts = first.map((one) => below(one.meter.id, known.get(one.meter.id) as Pair))
  return [...parts, ...remainder(utility, supply, parts)]
}

/** Whether branches carry most of what the supplies bring, as a busbar does and the tap of a tank does not. */
function carries(branches: readonly Pair[], supply: readonly Pair[]): boolean {
  return (['now', 'before'] as const).every((side) => {
    const all = [...branches, ...supply].map((one) => one[side])
    if (all.includes(null)) return false
    const sum = (list: readonly Pair[]) => list.reduce((total, one) => total + (one[side] as number), 0)
    return sum(branches) > sum(supply) / 2
  })
}

/** What of an amount its parts do not explain; none where they do. */
function remainder(id: string, of: readonly Pair[], parts: readonly Pair[]): Pair[] {
  const rest = (side: 'now' | 'before') => {
    const values = [...of.map((one) => one[side]), ...parts.map((one) => one[side])]
    if (values.includes(null)) return null
    return (
      of.reduce((sum, one) => sum + (one[side] ?? 0), 0) -
      parts.reduce((sum, one) => sum + (one[side] ?? 0), 0)
    )
  }
  const [now, before] = [rest('now'), rest('before')]
  if (now === 0 && before === 0) return []
  const reason = parts.find((one) => one.reason !== undefined)?.reason
  return [{ kind: 'remainder', id, now, before, ...(reason !== undefined && { reason }) }]
}

/** What a meter gives by itself; undefined where it gives nothing of the quantity. */
function measured(
  quantity: Quantity,
  { meter, weight, ...at }: Branch,
  spans: Spans,
  facts: Facts,
): Pair | undefined {
  const scope: Scope = {
    kind: 'meter',
    id: `meter:${meter.id}`,
    entry: { site: at.site, calendar: at.calendar, meter },
  }
  const sum = (periods: readonly LocalPeriod[]) => {
    const amounts = periods.map((period) => amountOf(quantity, scope, period, facts))
    const there = amounts.filter(({ state }) => state === 'known' || state === 'unknown')
    const open = there.find(({ value }) => value === null)
    if (there.length === 0) return undefined
    return open === undefined
      ? { value: there.reduce((total, { value }) => total + weight * (value as number), 0) }
      : { value: null, reason: open.reason }
  }
  const [now, before] = [sum(spans.now), sum(spans.before)]
  if (now === undefined && before === undefined) return undefined
  const reason = now?.reason ?? before?.reason
  return {
    kind: 'meter',
    id: meter.id,
    now: now === undefined ? 0 : now.value,
    before: before === undefined ? 0 : before.value,
    ...(reason !== undefined && { reason }),
  }
}
