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
  | { readonly kind: 'whole' | 'rest' | 'unsure' }

export type SiteNode = FlowNode & { readonly of: NodeOf }

export interface Flows {
  readonly nodes: readonly SiteNode[]
  readonly flows: readonly Flow[]
  /** What came from outside and from own generation, less what was given away. */
  readonly supply: number
  /** What of the carriers that have submeters reached none of them. */
  readonly unmetered: number
  /** Carriers of which more than 5 % is unmetered. */
  readonly alarms: readonly Utility[]
  /** Carriers beneath which more is metered than above. */
  readonly excess: readonly Utility[]
  /** Meters without a value. */
  readonly unknown: readonly string[]
}

/** Less than this share of a supply is a rounding and no flow. */
const NOTHING = 1e-9

const order: readonly SiteNode['kind'][] = ['export', 'source', 'carrier', 'meter', 'whole', 'rest', 'unsure']

/**
 * Supply, carriers, the meters beneath them and what none of them shows. An import or generation that others
 * hang on stands for its carrier: what hangs on it hangs on that.
 */
export function flowsOf(carriers: readonly Carrier[], meters: readonly MeterRow[]): Flows {
  const supplies = new Set(meters.filter(({ role }) => isSupply(role)).map(({ id }) => id))
  const graph = new Graph()
  const excess = new Set<Utility>()
  const unknown: string[] = []
  let supply = 0

  for (const { utility, row, factor } of carriers) {
    const part = (role: Role) => (row.supply[role] ?? 0) * factor
    const inward = part('imported') + part('generated')
    const least = NOTHING * inward
    if (row.supply.value === null || inward <= 0) continue
    const whole = row.supply.value * factor
    supply += whole
    const hub = `carrier ${utility}`
    graph.add(hub, 'carrier', 1, { kind: 'carrier', utility }, inward)
    for (const role of ['imported', 'generated', 'exported'] as const) {
      const id = `${role} ${utility}`
      if (part(role) <= least) continue
      const out = role === 'exported'
      graph.add(id, out ? 'export' : 'source', out ? 2 : 0, { kind: 'role', utility, role }, part(role))
      graph.lead(out ? hub : id, out ? id : hub, part(role))
    }

    const spread = (from: string, heads: readonly Node[], amount: number, column: number) => {
      const ids = heads.map(({ meter }) => meter)
      const hung = row.nodes.filter(
        ({ meter, parent }) => meter !== null && !ids.includes(meter) && ids.includes(parent),
      )
      let left = amount
      for (const node of hung) {
        const id = node.meter as string
        if (node.value === null) {
          unknown.push(id)
          continue
        }
        const value = node.value * factor
        left -= value
        if (value <= least) continue
        graph.add(id, 'meter', column, { kind: 'meter', meter: id }, value)
        graph.lead(from, id, value)
        if (row.nodes.some(({ parent }) => parent === id)) spread(id, [node], value, column + 1)
      }
      const sure = heads.every(({ remainder }) => remainder !== null)
      const rest = sure ? heads.reduce((sum, { remainder }) => sum + (remainder as number) * factor, 0) : left
      if (rest < -least) excess.add(utility)
      if (rest <= least) return
      const kind = hung.length === 0 ? 'whole' : sure ? 'rest' : 'unsure'
      graph.add(kind, kind, column, { kind }, rest)
      graph.lead(from, kind, rest)
    }
    const heads = row.nodes.filter(({ meter }) => meter === null || supplies.has(meter))
    spread(hub, heads, whole, 2)
  }
  return {
    ...graph.drawn(),
    supply,
    unmetered: graph.valueOf('rest'),
    alarms: carriers.flatMap(({ utility, row }) => (row.supply.unmetered.alarm ? [utility] : [])),
    excess: [...excess],
    unknown,
  }
}

/** Nodes and flows as they are found; what is found twice is added up. */
class Graph {
  readonly #nodes = new Map<string, SiteNode>()
  readonly #flows: Flow[] = []

  add(id: string, kind: SiteNode['kind'], column: number, of: NodeOf, value: number): void {
    const known = this.#nodes.get(id)
    this.#nodes.set(id, {
      id,
      kind,
      of,
      column: Math.max(column, known?.column ?? 0),
      value: value + (known?.value ?? 0),
    })
  }

  lead(from: string, to: string, value: number): void {
    this.#flows.push({ from, to, value })
  }

  valueOf(id: string): number {
    return this.#nodes.get(id)?.value ?? 0
  }

  /** What nothing flows out of stands in the last column. */
  drawn(): Pick<Flows, 'nodes' | 'flows'> {
    const nodes = [...this.#nodes.values()]
    const last = Math.max(...nodes.map(({ column }) => column))
    const through = new Set(this.#flows.map(({ from }) => from))
    return {
      nodes: nodes
        .map((node) => (through.has(node.id) ? node : { ...node, column: last }))
        .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
      flows: this.#flows,
    }
  }
}

function isSupply(role: MeterRow['role']): boolean {
  return role === 'import' || role === 'generation' || role === 'export'
}
