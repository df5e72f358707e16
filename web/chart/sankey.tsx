import { useRef, useState } from 'preact/hooks'
import { useWidth } from '../inspect/width.ts'
import { at } from '../scale.ts'
import './sankey.css'
import { type Flow, type FlowNode, layOutSankey, type PlacedFlow, type PlacedNode } from './sankey-layout.ts'

interface Props {
  nodes: readonly FlowNode[]
  flows: readonly Flow[]
  nameOf: (node: FlowNode) => string
  write: (value: number) => string
  label: string
  hint: string
  /** What is said of a flow under the pointer. */
  said: (flow: Flow) => string
}

const NARROW = 620
const NODE_WIDTH = 10

/** From supply to use: bands as wide as what flows through them. */
export function Sankey({ nodes, flows, nameOf, write, label, hint, said }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const width = useWidth(host)
  const [pointed, setPointed] = useState<PlacedFlow>()
  // Keys come faster than the page is drawn.
  const latest = useRef<PlacedFlow | undefined>(undefined)
  const point = (next: PlacedFlow | undefined) => {
    latest.current = next
    setPointed(next)
  }
  const narrow = width < NARROW
  const ends = narrow ? 120 : 240
  const most = Math.max(1, ...countByColumn(nodes))
  const gap = narrow ? 40 : 26
  const height = Math.max(narrow ? 300 : 260, most * (narrow ? 64 : 52))
  const head = narrow ? 34 : 8
  const placed =
    width === 0
      ? undefined
      : layOutSankey(nodes, flows, {
          width: Math.max(width - ends, 120),
          height: height - 2 * head,
          gap,
          nodeWidth: NODE_WIDTH,
        })
  const lastColumn = Math.max(...nodes.map(({ column }) => column))

  return (
    <div class="sankey">
      <div
        ref={host}
        class="canvas"
        style={{ height: `${height}px` }}
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from flow to flow
        tabIndex={0}
        aria-label={label}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
          if (by === undefined || placed === undefined) return
          event.preventDefault()
          const now = placed.flows.findIndex((flow) => same(flow, latest.current))
          point(placed.flows[Math.min(Math.max(now + by, 0), placed.flows.length - 1)])
        }}
        onBlur={() => point(undefined)}
      >
        {placed !== undefined && (
          <svg width={width} height={height} aria-hidden="true" focusable="false">
            <defs>
              <pattern id="flow-rest" width="6" height="6" patternUnits="userSpaceOnUse">
                <rect class="flow-ground" width="6" height="6" />
                <path class="flow-pattern" d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" />
              </pattern>
            </defs>
            <g transform={`translate(0 ${head})`}>
              {placed.flows.map((flow) => (
                <path
                  key={`${flow.from} ${flow.to}`}
                  class={`flow ${kindOf(placed.nodes, flow)}${same(flow, pointed) ? ' pointed' : ''}`}
                  d={bandOf(flow)}
                  onPointerEnter={() => point(flow)}
                  onPointerLeave={() => point(undefined)}
                />
              ))}
              {placed.nodes.map((node) => (
                <rect
                  key={node.id}
                  class={`node ${node.kind}`}
                  x={at(node.x)}
                  y={at(node.y)}
                  width={NODE_WIDTH}
                  height={at(node.height)}
                  rx={2}
                />
              ))}
              {placed.nodes.map((node) => (
                <Label
                  key={node.id}
                  node={node}
                  end={node.column === lastColumn}
                  narrow={narrow}
                  name={nameOf(node)}
                  amount={write(node.value)}
                />
              ))}
            </g>
          </svg>
        )}
      </div>
      <p class="flow-said" role="status">
        {pointed === undefined ? hint : said(pointed)}
      </p>
    </div>
  )
}

interface LabelProps {
  node: PlacedNode
  end: boolean
  narrow: boolean
  name: string
  amount: string
}

/**
 * At an end to its right, elsewhere upon the band. A narrow drawing has no room there: sources are named above
 * and carriers beneath, without the amount that stands at their sources.
 */
function Label({ node, end, narrow, name, amount }: LabelProps) {
  const { x, y, height, column } = node
  const right = x + NODE_WIDTH + 7
  const middle = y + height / 2
  if (end && !narrow) return <Line x={right} y={middle + 4} name={name} amount={amount} />
  if (end || (narrow && column > 1)) return <Lines x={right} y={middle - 3} name={name} amount={amount} />
  if (narrow && column === 1) return <Line x={x} y={y + height + 15} name={name} />
  if (narrow) return <Lines x={x} y={y - 21} name={name} amount={amount} />
  if (height < 30) return <Line x={right} y={y - 5} name={name} amount={amount} />
  return <Lines x={right} y={middle - 3} name={name} amount={amount} />
}

interface LineProps {
  x: number
  y: number
  name: string
  amount?: string
}

function Line({ x, y, name, amount }: LineProps) {
  return (
    <text x={at(x)} y={at(y)}>
      <tspan class="name">{name}</tspan>
      {amount !== undefined && (
        <tspan class="amount" dx="6">
          {amount}
        </tspan>
      )}
    </text>
  )
}

function Lines({ x, y, name, amount }: LineProps) {
  return (
    <text x={at(x)} y={at(y)}>
      <tspan class="name">{name}</tspan>
      <tspan class="amount" x={at(x)} dy="15">
        {amount}
      </tspan>
    </text>
  )
}

function bandOf({ x0, y0, x1, y1, width }: PlacedFlow): string {
  const bend = (x0 + x1) / 2
  const half = width / 2
  return [
    `M${at(x0)} ${at(y0 - half)}C${at(bend)} ${at(y0 - half)} ${at(bend)} ${at(y1 - half)} ${at(x1)} ${at(y1 - half)}`,
    `V${at(y1 + half)}C${at(bend)} ${at(y1 + half)} ${at(bend)} ${at(y0 + half)} ${at(x0)} ${at(y0 + half)}Z`,
  ].join('')
}

/** A band looks like what it leads to. */
function kindOf(nodes: readonly PlacedNode[], flow: Flow): FlowNode['kind'] {
  const to = nodes.find(({ id }) => id === flow.to)
  return to === undefined || to.kind === 'carrier' ? 'meter' : to.kind
}

function same(flow: Flow, other: Flow | undefined): boolean {
  return other !== undefined && flow.from === other.from && flow.to === other.to
}

function countByColumn(nodes: readonly FlowNode[]): number[] {
  const counts: number[] = []
  for (const { column } of nodes) counts[column] = (counts[column] ?? 0) + 1
  return counts.map((count) => count ?? 0)
}
