import type { Measurand, Meter } from '../core/organisation.ts'

/** What a transformer and its cables lose between the supply and a busbar that is metered by itself. */
const SUPPLY_LOSS = 0.007
/** The part of its own generation that a site uses where nothing says which loads it feeds. */
const SELF_CONSUMED = 0.85

/**
 * The meters of one utility of a site and how they hang together. After `settle` a parent is never less
 * than its submeters, and import + generation − export is what the site used.
 */
export interface Network {
  /** The meters that have a load of their own, by index. */
  readonly loaded: readonly number[]
  /** Completes an hour in place, from the own loads: parents, imports and exports. `remainder` is a share. */
  settle(amounts: Float64Array, remainder: number): void
}

/** The networks of a site's meters, one a utility; sensors are in none. `described` says whether a meter's load was given. */
export function networksOf(meters: readonly Meter[], described: (meter: Meter) => boolean): Network[] {
  const measured = new Set(meters.filter(({ role }) => role !== 'sensor').map(({ utility }) => utility))
  return [...measured].map((utility) => networkOf(meters, utility, described))
}

function networkOf(
  meters: readonly Meter[],
  utility: Measurand,
  described: (meter: Meter) => boolean,
): Network {
  const indices = (keep: (meter: Meter) => boolean) =>
    meters.flatMap((meter, m) => (meter.utility === utility && keep(meter) ? [m] : []))
  const childrenOf = (id: string) => indices((meter) => meter.parent === id)

  const imports = indices((meter) => meter.role === 'import')
  const exports = indices((meter) => meter.role === 'export')
  const generation = indices((meter) => meter.role === 'generation')
  const roots = indices((meter) => meter.role === 'submeter' && meter.parent === undefined)
  const parents = deepestFirst(
    meters,
    indices((meter) => childrenOf(meter.id).length > 0),
  )
  const children = new Map(parents.map((m) => [m, childrenOf((meters[m] as Meter).id)]))
  const inner = parents.filter((m) => !imports.includes(m))
  const first = imports[0]
  const bare = (m: number) => !children.has(m) && !(m === first && roots.length > 0)
  const loaded = indices((meter) => meter.role !== 'export').filter(
    (m) => bare(m) || described(meters[m] as Meter),
  )

  function settle(amounts: Float64Array, remainder: number): void {
    for (const m of inner) add(amounts, m, sum(amounts, children.get(m)) * (1 + remainder))
    for (const m of imports) {
      const hanging = sum(amounts, children.get(m)) * (1 + remainder)
      const behind = m === first ? sum(amounts, roots) * (1 + SUPPLY_LOSS) : 0
      add(amounts, m, hanging + behind)
      if (m !== first || generation.length === 0) continue
      const generated = sum(amounts, generation)
      // With submeters on the supply itself, the panels feed loads that none of them sees.
      const used = (amounts[m] as number) + (hanging > 0 ? generated * SELF_CONSUMED : 0)
      const supplied = Math.max(used - generated, hanging, 0)
      const surplus = Math.max(0, supplied + generated - used)
      amounts[m] = supplied
      const out = exports[0]
      if (out !== undefined) amounts[out] = surplus
      else if (generated > 0) {
        // Nowhere to feed it: the inverters hold back.
        for (const g of generation) amounts[g] = (amounts[g] as number) * (1 - surplus / generated)
      }
    }
  }

  return { loaded, settle }
}

function deepestFirst(meters: readonly Meter[], indices: readonly number[]): number[] {
  const byId = new Map(meters.map((meter) => [meter.id, meter]))
  const depth = (meter: Meter | undefined): number =>
    meter?.parent === undefined ? 0 : 1 + depth(byId.get(meter.parent))
  return indices.toSorted((a, b) => depth(meters[b]) - depth(meters[a]))
}

function sum(amounts: Float64Array, indices: readonly number[] | undefined): number {
  let total = 0
  for (const m of indices ?? []) total += amounts[m] as number
  return total
}

function add(amounts: Float64Array, m: number, amount: number): void {
  amounts[m] = (amounts[m] as number) + amount
}
