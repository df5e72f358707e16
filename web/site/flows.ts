import type { BalanceRow, MeterRow, Utility } from '../answers.ts'
import type { Flow, FlowNode } from '../chart/sankey-layout.ts'

type Node = BalanceRow['nodes'][number]

/** The month of one utility, and by what its unit becomes that of all. */
export interface Carrier {
  readonly utility: Utility
  readonly row: BalanceRow
  readonly factor: number
}

export type Role = 'imported' | 'generated' | 'exported'

/** What a node stands for, so that it can be named. */
export type NodeOf =
  | { readonly kind: 'role'; readonly utility: Utility; readonly role: Role }
  | { readonly kind: 'carrier'; readonly utility: Utility }
  | { readonly kind: 'meter'; readonly meter: string }
  | { readonly kind: 'rest' | 'unsure' }

export type SiteNode = FlowNode & { readonly of: NodeOf }

export interface Flows {
  readonly nodes: readonly SiteNode[]
  readonly flows: readonly Flow[]
  /** What came from outside and from own generation, less what was given away. */
  readonly supply: number
  /** What reached no submeter; null where nothing is known of it. */
  readonly unmetered: number
  /** Carriers beneath which more is metered than above. */
  readonly excess: readonly Utility[]
  /** Meters without a value. */
  readonly unknown: readonly string[]
}

/** Less than this of a supply is a rounding and no flow. */
const NOTHING = 1e-9

/**
 * Supply, carriers, the meters beneath them and what none of them shows. An import or generation that others
 * hang on stands for its carrier: what hangs on it hangs on that.
 */
export function flowsOf(carriers: readonly Carrier[], meters: readonly MeterRow[]): Flows {
  const nodes = new Map<string, { -readonly [K in keyof SiteNode]: SiteNode[K] }>()
  const flows: Flow[] = []
  const excess: Utility[] = []
  const unknown: string[] = []
  let supply = 0
  const supplies = new Set(meters.filter(({ role }) => isSupply(role)).map(({ id }) => id))
  let deepest = 2

  function add(id: string, kind: SiteNode['kind'], column: number, of: NodeOf, value: number) {
    const known = nodes.get(id)
    if (known === undefined) nodes.set(id, { id, kind, column, of, value })
    else known.value += value
    deepest = Math.max(deepest, column)
  }

  function lead(from: string, to: string, value: number) {
    flows.push({ from, to, value })
  }

  for (const { utility, row, factor } of carriers) {
    const hub = `carrier ${utility}`
    const whole = (row.supply.value ?? 0) * factor
    const inward = (['imported', 'generated'] as const).reduce(
      (sum, role) => sum + (row.supply[role] ?? 0) * factor,
      0,
    )
    if (row.supply.value === null || inward <= NOTHING) continue
    supply += whole
    add(hub, 'carrier', 1, { kind: 'carrier', utility }, inward)
    for (const role of ['imported', 'generated'] as const) {
      const value = (row.supply[role] ?? 0) * factor
      if (value <= NOTHING * inward) continue
      add(`${role} ${utility}`, 'source', 0, { kind: 'role', utility, role }, value)
      lead(`${role} ${utility}`, hub, value)
    }
    const exported = (row.supply.exported ?? 0) * factor
    if (exported > NOTHING * inward) {
      add(`exported ${utility}`, 'export', 2, { kind: 'role', utility, role: 'exported' }, exported)
      lead(hub, `exported ${utility}`, exported)
    }
    const least = NOTHING * inward

    const walk = (above: string, hung: readonly Node[], amount: number, column: number, certain: boolean) => {
      let left = amount
      let sure = certain
      for (const node of hung) {
        const below = row.nodes.filter((one) => one.meter !== null && one.parent === node.meter)
        if (node.value === null) {
          unknown.push(node.meter as string)
          sure = false
          continue
        }
        const value = node.value * factor
        left -= value
        if (value <= least) continue
        const id = node.meter as string
        add(id, 'meter', column, { kind: 'meter', meter: id }, value)
        lead(above, id, value)
        if (below.length > 0) walk(id, below, value, column + 1, node.remainder !== null)
      }
      if (left < -least) excess.push(utility)
      if (left <= least) return
      const kind = sure ? 'rest' : 'unsure'
      add(kind, kind, column, { kind }, left)
      lead(above, kind, left)
    }
    const folded = row.nodes.filter(({ meter }) => meter !== null && supplies.has(meter))
    const heads = [null, ...folded.map(({ meter }) => meter)]
    const hung = row.nodes.filter(
      ({ meter, parent }) =>
        meter !== null && heads.includes(parent) && !folded.some((one) => one.meter === meter),
    )
    const certain = row.nodes
      .filter(({ meter }) => heads.includes(meter))
      .every(({ remainder, coverage }) => remainder !== null || (hung.length === 0 && coverage > 0))
    walk(hub, hung, whole, 2, certain || folded.length > 0)
  }

  const ends = new Set(flows.map(({ from }) => from))
  const placed = [...nodes.values()].map(
    (node): SiteNode => (ends.has(node.id) ? node : { ...node, column: deepest }),
  )
  const order: SiteNode['kind'][] = ['export', 'source', 'carrier', 'meter', 'rest', 'unsure']
  return {
    nodes: placed.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
    flows,
    supply,
    unmetered: nodes.get('rest')?.value ?? 0,
    excess: [...new Set(excess)],
    unknown,
  }
}

function isSupply(role: MeterRow['role']): boolean {
  return role === 'import' || role === 'generation' || role === 'export'
}
