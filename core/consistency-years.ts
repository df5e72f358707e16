import {
  type ConsistencyWarning,
  type Figure,
  type Figures,
  named,
  warningOf,
  written,
} from './consistency-figures.ts'
import { entryQuantities } from './entry-quantities.ts'

/** From one year to the next no more than this share: what changes more is looked at. */
const JUMP = 0.25
/** By how much a figure is off in the wrong unit: MWh for kWh, t for kg, a decimal point. */
const MAGNITUDES = [10, 100, 1000]
/** And one of energy: GJ or MJ for MWh. */
const ENERGY_MAGNITUDES = [...MAGNITUDES, 3.6, 3600]

/** Two years that follow one another. */
interface Pair {
  readonly before: Figure
  readonly after: Figure
  /** The order of magnitude that lies between them, 1 or more; undefined where there is none. */
  readonly magnitude: number | undefined
}

/** Whole years that leap from the year before, and those that look like another unit. */
export function yearWarnings(figures: Figures): ConsistencyWarning[] {
  const pairs = new Map<Figure, Pair>()
  for (const after of figures.all()) {
    if (after.period.length !== 4) continue
    const before = figures.find(after.scope, after.quantity, after.kind, String(Number(after.period) - 1))
    if (before === undefined || before.unit !== after.unit || before.value <= 0) continue
    pairs.set(after, { before, after, magnitude: magnitudeBetween(before, after) })
  }
  const nextOf = new Map([...pairs.values()].map((pair) => [pair.before, pair]))
  const blamed = new Set<Figure>()
  return [...pairs.values()].flatMap((pair) => {
    if (pair.magnitude === undefined) return jump(pair)
    const { before, after } = pair
    const atFault = fault(pair, pairs.get(before), nextOf.get(after))
    // Off from both of its neighbours, a year is told once.
    if (blamed.has(atFault)) return []
    blamed.add(atFault)
    return [inAnotherUnit(atFault, atFault === after ? before : after, pair.magnitude)]
  })
}

/** Which of two years is off: the one that is off from its other neighbour too; else the later one. */
function fault({ before, after }: Pair, earlier: Pair | undefined, later: Pair | undefined): Figure {
  if (earlier !== undefined) return earlier.magnitude === undefined ? after : before
  return later !== undefined && later.magnitude === undefined ? before : after
}

function magnitudeBetween(before: Figure, after: Figure): number | undefined {
  if (after.value <= 0) return undefined
  const factor = Math.max(after.value / before.value, before.value / after.value)
  const energy = entryQuantities[after.quantity]?.units.GJ !== undefined
  // What is left when the magnitude is taken out would be no jump.
  const near = (magnitude: number) => factor / magnitude <= 1 + JUMP && magnitude / factor <= 1 + JUMP
  return (energy ? ENERGY_MAGNITUDES : MAGNITUDES).find(near)
}

function inAnotherUnit(figure: Figure, neighbour: Figure, magnitude: number): ConsistencyWarning {
  const { scope, period, value, unit } = figure
  const than = value > neighbour.value ? 'times' : 'of'
  const share = value > neighbour.value ? `about ${magnitude}` : `about 1/${magnitude}`
  const message = `${scope}, ${period}: ${named(figure)} is ${written(value, unit)}, ${share} ${than} the ${written(neighbour.value, unit)} of ${neighbour.period}; is the unit right?`
  return warningOf('magnitude', figure, neighbour, message)
}

function jump({ before, after }: Pair): ConsistencyWarning[] {
  const change = after.value / before.value - 1
  if (Math.abs(change) <= JUMP) return []
  const { scope, period, value, unit } = after
  const percent = `${(Math.abs(change) * 100).toFixed(1)} % ${change > 0 ? 'above' : 'below'}`
  const message = `${scope}, ${period}: ${named(after)} is ${written(value, unit)}, ${percent} the ${written(before.value, unit)} of ${before.period}; check the boundary and the denominator.`
  return [warningOf('year-jump', after, before, message)]
}
