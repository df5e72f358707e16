import type { Leaf } from './driver-leaves.ts'

/** A part of what drives a figure away from what it is held against. */
export interface Driver {
  readonly kind: 'site' | 'meter' | 'entry' | 'denominator' | 'remainder'
  readonly id: string
  /** What it adds to the change, in the unit of the figure; null where it is not known. */
  readonly change: number | null
  /** Of the change; null where that is 0 or one of both is not known. */
  readonly share: number | null
  readonly reason?: string
  readonly parts?: readonly Driver[]
}

/** A leaf, or what is metered below one, as it is and as it was. */
export interface Pair {
  readonly kind: Driver['kind']
  readonly id: string
  readonly now: number | null
  readonly before: number | null
  readonly reason?: string
  readonly parts?: readonly Pair[]
}

/** A figure in two states: its numerator and, where there is one, its denominator. */
export interface Sides {
  /** Of a boundary by the site or boundary that they belong to; of all else under its own id. */
  readonly numerator: ReadonlyMap<string, readonly Pair[]>
  readonly denominator?: {
    readonly id: string
    readonly parts: readonly Pair[]
    readonly now: number | null
    readonly before: number | null
  }
  readonly scale: number
  /** By what the raw values of the pairs are to be multiplied. */
  readonly weight: { readonly now: number; readonly before: number }
  /** The scope whose own parts stand without a site around them. */
  readonly root: string
}

/**
 * The change of a figure, part by part. A quotient changes by both its ends; the change is split so that each
 * end is weighed by the mean of the other, which leaves no residue and allows for zeros and negative parts (J. W.
 * Sun, Changes in energy consumption and energy intensity: a complete decomposition model, Energy Economics 20,
 * 1998). With N and D now, n and d before:
 * N/D - n/d = (N - n) (1/D + 1/d) / 2 + (D - d) (-(N + n) / (2 D d)).
 * Both ends being sums, each part of them has its own share of it.
 */
export function driversOf(sides: Sides): {
  readonly total: number | null
  readonly parts: readonly Driver[]
} {
  const { numerator, denominator, scale, weight, root } = sides
  const all = [...numerator.values()].flat()
  const now = total(all.map((pair) => times(pair.now, weight.now)))
  const before = total(all.map((pair) => times(pair.before, weight.before)))
  const perUnit = denominator === undefined ? scale : meanInverse(denominator.now, denominator.before, scale)
  const perDivisor =
    denominator === undefined ? null : slope(now, before, denominator.now, denominator.before, scale)
  const ofNumerator = ({ now: a, before: b }: Pair) =>
    times(minus(times(a, weight.now), times(b, weight.before)), perUnit)
  const ofDenominator = ({ now: a, before: b }: Pair) => times(minus(a, b), perDivisor)
  const changes = [
    minus(now, before) === null ? null : times(minus(now, before), perUnit),
    ...(denominator === undefined ? [] : [times(minus(denominator.now, denominator.before), perDivisor)]),
  ]
  const whole = total(changes)
  const driver =
    (changeOf: (pair: Pair) => number | null) =>
    (pair: Pair): Driver => {
      const change = changeOf(pair)
      const { kind, id, reason, parts } = pair
      return {
        kind,
        id,
        change,
        share: shareOf(change, whole),
        ...(change === null && reason !== undefined && { reason }),
        ...(parts !== undefined && { parts: parts.map(driver(changeOf)) }),
      }
    }
  const parts = [...numerator].flatMap(([place, pairs]): Driver[] => {
    const inside = bySize(pairs.map(driver(ofNumerator)))
    if (place === root) return inside
    const change = total(inside.map((one) => one.change))
    const reason = inside.find((one) => one.change === null)?.reason
    return [
      {
        kind: 'site',
        id: place,
        change,
        share: shareOf(change, whole),
        ...(change === null && reason !== undefined && { reason }),
        parts: inside,
      },
    ]
  })
  const below =
    denominator === undefined
      ? []
      : [driver(ofDenominator)({ kind: 'denominator', ...denominator })].map((one) =>
          one.parts?.length === 0 ? withoutParts(one) : one,
        )
  return { total: whole, parts: [...bySize(parts), ...below] }
}

/** Leaves of two states, put beside each other; what one of them has not is nothing there. */
export function pairs(now: readonly Leaf[], before: readonly Leaf[]): Map<string, Pair[]> {
  const found = new Map<string, Map<string, Pair>>()
  const put = (leaf: Leaf, side: 'now' | 'before') => {
    const ofPlace = found.get(leaf.place) ?? new Map<string, Pair>()
    found.set(leaf.place, ofPlace)
    const key = `${leaf.kind}|${leaf.id}`
    const pair = ofPlace.get(key) ?? { kind: leaf.kind, id: leaf.id, now: 0, before: 0 }
    ofPlace.set(key, {
      ...pair,
      [side]: leaf.value,
      ...(leaf.reason !== undefined && { reason: leaf.reason }),
    })
  }
  for (const leaf of now) put(leaf, 'now')
  for (const leaf of before) put(leaf, 'before')
  return new Map([...found].map(([place, ofPlace]) => [place, [...ofPlace.values()]]))
}

function meanInverse(now: number | null, before: number | null, scale: number): number | null {
  return now === null || before === null || now === 0 || before === 0
    ? null
    : (scale * (1 / now + 1 / before)) / 2
}

function slope(
  top: number | null,
  topBefore: number | null,
  now: number | null,
  before: number | null,
  scale: number,
): number | null {
  if (top === null || topBefore === null || now === null || before === null) return null
  return now === 0 || before === 0 ? null : (-scale * (top + topBefore)) / (2 * now * before)
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b
}

function total(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0)
}

function shareOf(change: number | null, whole: number | null): number | null {
  return change === null || whole === null || whole === 0 ? null : change / whole
}

/** The largest first, the unknown before all: it may be the largest. */
function bySize(drivers: readonly Driver[]): Driver[] {
  const size = ({ change }: Driver) => (change === null ? Number.POSITIVE_INFINITY : Math.abs(change))
  return drivers.toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a)))
}

function withoutParts({ parts: _, ...driver }: Driver): Driver {
  return driver
}
