/** Something that flows come from or go to, in a column from the left. */
export interface FlowNode {
  readonly id: string
  readonly column: number
  /** How it is drawn. `whole`: what is not divided any further; `rest`: what is left when it is. */
  readonly kind: 'source' | 'carrier' | 'meter' | 'whole' | 'rest' | 'unsure' | 'export'
  readonly value: number
}

/** From one to the other, in the unit of all. */
export interface Flow {
  readonly from: string
  readonly to: string
  readonly value: number
}

export interface PlacedNode extends FlowNode {
  readonly x: number
  readonly y: number
  readonly height: number
}

export interface PlacedFlow extends Flow {
  /** Middle of the band at both ends. */
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly width: number
}

export interface SankeyLayout {
  readonly nodes: readonly PlacedNode[]
  readonly flows: readonly PlacedFlow[]
}

interface Room {
  readonly width: number
  readonly height: number
  /** Between nodes one above the other. */
  readonly gap: number
  readonly nodeWidth: number
}

const ROUNDS = 8

/**
 * Columns from left to right, heights by value. Nodes keep the order they come in; each is drawn towards what
 * it is joined with, as far as its neighbours leave room.
 */
export function layOutSankey(
  nodes: readonly FlowNode[],
  flows: readonly Flow[],
  { width, height, gap, nodeWidth }: Room,
): SankeyLayout {
  const last = Math.max(1, ...nodes.map(({ column }) => column))
  const columns = Array.from({ length: last + 1 }, (_, i) => nodes.filter(({ column }) => column === i))
  const scale = Math.min(
    ...columns
      .filter((column) => column.length > 0)
      .map(
        (column) => (height - gap * (column.length - 1)) / column.reduce((sum, { value }) => sum + value, 0),
      ),
  )
  const tall = (value: number) => Math.max(value * scale, 1)
  const tops = new Map<string, number>()
  for (const column of columns) {
    const used = column.reduce((sum, { value }) => sum + tall(value) + gap, -gap)
    let y = (height - used) / 2
    for (const { id, value } of column) {
      tops.set(id, y)
      y += tall(value) + gap
    }
  }
  const values = new Map(nodes.map(({ id, value }) => [id, value]))
  const middle = (id: string) => (tops.get(id) as number) + tall(values.get(id) as number) / 2

  function pull(column: readonly FlowNode[], end: 'from' | 'to') {
    const other = end === 'from' ? 'to' : 'from'
    for (const { id, value } of column) {
      const joined = flows.filter((flow) => flow[other] === id && flow.value > 0)
      const weight = joined.reduce((sum, flow) => sum + flow.value, 0)
      if (weight === 0) continue
      const wanted = joined.reduce((sum, flow) => sum + middle(flow[end]) * flow.value, 0) / weight
      tops.set(id, wanted - tall(value) / 2)
    }
    let floor = 0
    for (const { id, value } of column) {
      tops.set(id, Math.max(tops.get(id) as number, floor))
      floor = (tops.get(id) as number) + tall(value) + gap
    }
    let ceiling = height
    for (const { id, value } of column.toReversed()) {
      tops.set(id, Math.min(tops.get(id) as number, ceiling - tall(value)))
      ceiling = (tops.get(id) as number) - gap
    }
  }

  for (let round = 0; round < ROUNDS; round += 1) {
    for (const column of columns.slice(1)) pull(column, 'from')
    for (const column of columns.slice(0, -1).reverse()) pull(column, 'to')
  }

  const x = (column: number) => (column / last) * (width - nodeWidth)
  const placed = nodes.map(
    (node): PlacedNode => ({
      ...node,
      x: x(node.column),
      y: tops.get(node.id) as number,
      height: tall(node.value),
    }),
  )
  return { nodes: placed, flows: placeFlows(placed, flows, scale, nodeWidth) }
}

/** Bands leave and reach a node in the order of what they join, so that they do not cross beside it. */
function placeFlows(
  nodes: readonly PlacedNode[],
  flows: readonly Flow[],
  scale: number,
  nodeWidth: number,
): PlacedFlow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const node = (id: string) => byId.get(id) as PlacedNode
  const starts = new Map<Flow, number>()
  const ends = new Map<Flow, number>()
  for (const { id, y } of nodes) {
    let from = y
    for (const flow of sorted(flows, 'from', id, (one) => node(one.to).y)) {
      starts.set(flow, from + (flow.value * scale) / 2)
      from += flow.value * scale
    }
    let to = y
    for (const flow of sorted(flows, 'to', id, (one) => node(one.from).y)) {
      ends.set(flow, to + (flow.value * scale) / 2)
      to += flow.value * scale
    }
  }
  return flows.map((flow) => ({
    ...flow,
    x0: node(flow.from).x + nodeWidth,
    y0: starts.get(flow) as number,
    x1: node(flow.to).x,
    y1: ends.get(flow) as number,
    width: Math.max(flow.value * scale, 1),
  }))
}

function sorted(flows: readonly Flow[], end: 'from' | 'to', id: string, by: (flow: Flow) => number): Flow[] {
  return flows.filter((flow) => flow[end] === id).sort((a, b) => by(a) - by(b))
}
