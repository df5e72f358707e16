import type { BalanceRow } from '../answers.ts'
import { shownQuality } from '../quality.ts'

type Node = BalanceRow['nodes'][number]

/** A line of the tree: an amount, or what of the amount above it nothing beneath meters. */
export interface BranchLine {
  readonly key: string
  /** Null of the supply. */
  readonly meter: string | null
  readonly rest: boolean
  readonly depth: number
  readonly value: number | null
  /** Of what it hangs on. */
  readonly share: number | null
  /** Where its bar begins and how long it is, as shares of the supply; none where they are unknown. */
  readonly bar: { readonly from: number; readonly length: number } | undefined
  readonly alarm: boolean
  readonly excess: boolean
  readonly quality: Node['quality']
  readonly reason: string | undefined
}

/** The tree line by line: each amount, what hangs on it one after the other, and last what remained. */
export function branchLines({ nodes, supply, partial }: BalanceRow): BranchLine[] {
  const whole = supply.value
  const lines: BranchLine[] = []
  const first = nodes.find((node) => node.meter === null)

  function barOf(value: number | null, from: number | undefined): BranchLine['bar'] {
    if (value === null || from === undefined || whole === null || whole <= 0) return undefined
    return { from: Math.max(0, Math.min(from, 1)), length: Math.max(0, Math.min(value / whole, 1)) }
  }

  function add(node: Node, depth: number, from: number | undefined) {
    const bar = barOf(node.value, from)
    const { meter, value, share, alarm, excess, coverage, reason, remainder, remainderShare } = node
    const quality = shownQuality({ quality: node.quality, coverage, partial })
    const key = meter ?? 'supply'
    // An alarm is the remainder's, and is said where that stands.
    lines.push({
      key,
      meter,
      rest: false,
      depth,
      value,
      share,
      bar,
      alarm: false,
      excess: false,
      quality,
      reason,
    })
    const below = nodes.filter((one) => one.meter !== null && one.parent === meter)
    if (below.length === 0) return
    let next = bar?.from
    for (const one of below) {
      add(one, depth + 1, next)
      const length = barOf(one.value, next)?.length
      next = next === undefined || length === undefined ? undefined : next + length
    }
    lines.push({
      key: `${key} rest`,
      meter,
      rest: true,
      depth: depth + 1,
      value: remainder,
      share: remainderShare,
      bar: remainder !== null && remainder > 0 ? barOf(remainder, next) : undefined,
      alarm,
      excess,
      quality,
      reason: node.remainderReason,
    })
  }

  if (first !== undefined) add(first, 0, 0)
  return lines
}
