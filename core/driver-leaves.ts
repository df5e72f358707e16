import type { Amount } from './amount.ts'

/** Something that an amount rests on, at the site or boundary that it belongs to. */
export interface Leaf {
  readonly kind: 'meter' | 'entry' | 'remainder'
  /** Of the meter; of an entry what it is of; of a remainder the quantity. */
  readonly id: string
  readonly place: string
  readonly value: number | null
  readonly reason?: string
}

/** Smaller differences are the rounding of sums. */
const ROUNDING = 1e-12

/**
 * What an amount adds up from: its meters and entries, each as it counts in the whole, and what of a total no
 * part explains. Their values make up the amount's; where one is null, so is that. `named` says what an entry
 * is of, which stays the same from year to year.
 */
export function leavesOf(amount: Amount, place: string, named: (entry: string) => string): Leaf[] {
  const leaves: Leaf[] = []
  const walk = (node: Amount, weight: number, at: string, quantity: string): void => {
    if (node.state !== 'known' && node.state !== 'unknown') return
    const here = node.of === 'scope' ? node.id : at
    const of = node.of === 'quantity' ? node.id : quantity
    const value = node.value === null ? null : weight * node.value
    const reason = node.value === null && node.reason !== undefined ? { reason: node.reason } : {}
    if (node.of === 'meter' || node.of === 'entry') {
      const id = node.of === 'entry' ? named(node.id) : node.id
      leaves.push({ kind: node.of, id, place: here, value, ...reason })
      return
    }
    const counted = node.parts.filter(({ state }) => state === 'known' || state === 'unknown')
    for (const part of counted) walk(part, weight * (part.weight ?? 1), here, of)
    const explained = counted.reduce((sum, part) => sum + (part.weight ?? 1) * (part.value ?? 0), 0)
    const isLacking = value === null && counted.every((part) => part.value !== null)
    const rest = node.value === null ? null : node.value - explained
    if (isLacking) leaves.push({ kind: 'remainder', id: of, place: here, value: null, ...reason })
    else if (rest !== null && Math.abs(rest) > ROUNDING * Math.abs(explained))
      leaves.push({ kind: 'remainder', id: of, place: here, value: weight * rest })
  }
  walk(amount, 1, place, amount.id)
  return leaves
}

/** The sum of each leaf over several spans; unknown where it is in one of them. */
export function summed(lists: readonly (readonly Leaf[])[]): Leaf[] {
  const byKey = new Map<string, Leaf>()
  for (const leaf of lists.flat()) {
    const key = `${leaf.place}|${leaf.kind}|${leaf.id}`
    const before = byKey.get(key)
    if (before === undefined) byKey.set(key, leaf)
    else if (before.value !== null)
      byKey.set(key, leaf.value === null ? leaf : { ...before, value: before.value + leaf.value })
  }
  return [...byKey.values()]
}
