import type { LocalDay } from './calendar.ts'
import {
  COOLING_BALANCES,
  coolingDegrees,
  type DailyMeans,
  HEATING_BALANCES,
  heatingDegrees,
} from './degree-days.ts'
import { LeastSquares, type Solution } from './least-squares.ts'
import { weekdayClass } from './like-days.ts'
import { fitOf, type PooledFit } from './pooled-fit.ts'

/** A term stays in a model where its coefficient is at least this many standard errors from zero. */
export const LEAST_T = 2

/** What was used on a day, or in a month: of days in a row, all of which have a mean temperature. */
export interface EnergyPoint {
  readonly days: readonly LocalDay[]
  readonly amount: number
  /** It lies in the year whose end is sought. */
  readonly isOfYear: boolean
}

/** Points are days, or where only months are known, those. */
export type Grain = 'day' | 'month'

/** What use answers to. `this-year` is how far the running year lies above the one before, whatever the weather. */
export const termKinds = ['base', 'workday', 'saturday', 'this-year', 'heating', 'cooling'] as const
export type TermKind = (typeof termKinds)[number]

export interface Term {
  readonly kind: TermKind
  /** Of heating and cooling, degC. */
  readonly balanceC: number | null
  /** Use per day; of heating and cooling per day and kelvin. */
  readonly coefficient: number
  readonly t: number
}

export interface EnergyModel extends PooledFit {
  /** What a point is. */
  readonly grain: Grain
  /** Of the residuals, from one point to the next; 0..1. */
  readonly autocorrelation: number
  readonly terms: readonly Term[]
  /** Of the coefficients, in the order of the terms; widened for the autocorrelation. */
  readonly covariance: readonly (readonly number[])[]
  /** What was used on each point and what the model leaves of it, by the point's first day. */
  readonly fitted: ReadonlyMap<LocalDay, { readonly amount: number; readonly residual: number }>
}

interface Candidate {
  readonly kind: TermKind
  readonly balanceC: number | null
  at(day: LocalDay, meanC: number): number
}

const isClass = (wanted: string) => (day: LocalDay) => (weekdayClass(day) === wanted ? 1 : 0)
const BASE = 0
const LEVEL = 3
const candidates: readonly Candidate[] = [
  { kind: 'base', balanceC: null, at: () => 1 },
  { kind: 'workday', balanceC: null, at: isClass('workday') },
  { kind: 'saturday', balanceC: null, at: isClass('saturday') },
  { kind: 'this-year', balanceC: null, at: () => 1 },
  ...HEATING_BALANCES.map((balanceC): Candidate => {
    return { kind: 'heating', balanceC, at: (_, meanC) => heatingDegrees(meanC, balanceC) }
  }),
  ...COOLING_BALANCES.map((balanceC): Candidate => {
    return { kind: 'cooling', balanceC, at: (_, meanC) => coolingDegrees(meanC, balanceC) }
  }),
]
const CALENDAR_TERMS = [BASE, 1, 2, LEVEL]
const balances = { heating: indicesOf('heating'), cooling: indicesOf('cooling') }

/**
 * The regression of use on degree days and weekdays: the balance points that leave the least, without the
 * terms that are not told from zero. Null where nothing can be fitted. Points are in order of time, and all of the same length.
 */
export function fitEnergy(
  points: readonly EnergyPoint[],
  meansC: DailyMeans,
  grain: Grain,
): EnergyModel | null {
  const perDay = new Float64Array(points.map(({ amount, days }) => amount / days.length))
  const columns = candidates.map((candidate, i) => {
    const column = new Float64Array(points.length)
    for (const [k, { days, isOfYear }] of points.entries()) {
      if (i === LEVEL && !isOfYear) continue
      let sum = 0
      for (const day of days) sum += candidate.at(day, meansC.get(day) as number)
      column[k] = sum / days.length
    }
    return column
  })
  const squares = new LeastSquares(columns, perDay)
  const chosen = withoutWeakTerms(squares, bestBalances(squares, points.length), points.length)
  const solution = squares.solve(chosen)
  if (solution === null) return null
  return described(points, perDay, squares, chosen, solution, grain)
}

/** Which balance points are in a model, as candidates; null where there is none. */
interface Balances {
  readonly heating: number | null
  readonly cooling: number | null
}

/**
 * The calendar's terms with those balance points, or that one, or none, that leave the smallest variance. Each is sought
 * beside the other, and both are moved together, until neither moves. Heat and cold only ever add.
 */
function bestBalances(squares: LeastSquares, count: number): readonly number[] {
  const calendar = usable(squares, CALENDAR_TERMS)
  const termsOf = ({ heating, cooling }: Balances) => [
    ...calendar,
    ...[heating, cooling].filter((one) => one !== null),
  ]
  let best: Balances = { heating: null, cooling: null }
  let least = varianceOf(squares.solve(calendar), calendar.length, count)
  const take = (tried: Balances): boolean => {
    if (!isOrdered(tried)) return false
    const terms = termsOf(tried)
    const solution = squares.solve(terms)
    if (solution?.coefficients.slice(calendar.length).some((x) => x <= 0)) return false
    const variance = varianceOf(solution, terms.length, count)
    // Said this way round: what cannot be told is not taken, or it would be moved for ever.
    if (!(variance < least)) return false
    least = variance
    best = tried
    return true
  }
  for (let moved = true; moved; ) {
    moved = false
    for (const cooling of balances.cooling) moved = take({ ...best, cooling }) || moved
    for (const heating of balances.heating) moved = take({ ...best, heating }) || moved
    for (const beside of neighbours(best)) moved = take(beside) || moved
  }
  return termsOf(best)
}

/** Both a kelvin up or down: one alone may leave more where the other has not followed yet. */
function neighbours({ heating, cooling }: Balances): Balances[] {
  if (heating === null || cooling === null) return []
  return [-1, 1]
    .flatMap((h) => [-1, 1].map((c) => ({ heating: heating + h, cooling: cooling + c })))
    .filter((one) => balances.heating.includes(one.heating) && balances.cooling.includes(one.cooling))
}

/** No building is heated and cooled at the same temperature outside. */
function isOrdered({ heating: h, cooling: c }: Balances): boolean {
  return h === null || c === null || balanceAt(h) <= balanceAt(c)
}

function balanceAt(index: number): number {
  return candidates[index]?.balanceC as number
}

/** Terms one after the other, without those that the ones before tell already: months all have their weekends. */
function usable(squares: LeastSquares, terms: readonly number[]): number[] {
  const kept: number[] = []
  for (const term of terms) if (squares.solve([...kept, term]) !== null) kept.push(term)
  return kept
}

function withoutWeakTerms(squares: LeastSquares, terms: readonly number[], count: number): readonly number[] {
  const solution = squares.solve(terms)
  if (solution === null) return terms
  const t = tOf(solution, count)
  let weakest = -1
  for (const [c, term] of terms.entries()) {
    if (term === BASE || Math.abs(t[c] as number) >= LEAST_T) continue
    if (weakest < 0 || Math.abs(t[c] as number) < Math.abs(t[weakest] as number)) weakest = c
  }
  return weakest < 0 ? terms : withoutWeakTerms(squares, terms.toSpliced(weakest, 1), count)
}

function described(
  points: readonly EnergyPoint[],
  perDay: Float64Array,
  squares: LeastSquares,
  chosen: readonly number[],
  solution: Solution,
  grain: Grain,
): EnergyModel | null {
  const residuals = squares.residuals(chosen, solution.coefficients)
  const fit = fitOf(perDay, residuals, chosen.length)
  if (fit === null) return null
  const sse = residuals.reduce((sum, e) => sum + e * e, 0)
  const autocorrelation = autocorrelationOf(points, residuals)
  // n points that hang together tell as much as n (1 − ρ) / (1 + ρ) that don't (ASHRAE Guideline 14, IPMVP).
  const inflation = (1 + autocorrelation) / (1 - autocorrelation)
  const variance = (sse / (points.length - chosen.length)) * inflation
  const t = tOf({ ...solution, sse }, points.length)
  return {
    ...fit,
    grain,
    autocorrelation,
    terms: chosen.map((i, c) => ({
      kind: candidates[i]?.kind as TermKind,
      balanceC: candidates[i]?.balanceC ?? null,
      coefficient: solution.coefficients[c] as number,
      t: t[c] as number,
    })),
    covariance: solution.inverse.map((row) => row.map((x) => x * variance)),
    fitted: new Map(
      points.map(({ days, amount }, k) => [
        days[0] as LocalDay,
        { amount, residual: (residuals[k] as number) * days.length },
      ]),
    ),
  }
}

/** Of points that follow each other; not below 0, which would only narrow what is said. */
function autocorrelationOf(points: readonly EnergyPoint[], residuals: Float64Array): number {
  let together = 0
  let squares = 0
  for (let k = 0; k < residuals.length; k += 1) {
    const e = residuals[k] as number
    squares += e * e
    const before = points[k - 1]?.days.at(-1)
    if (before !== undefined && before + 1 === points[k]?.days[0])
      together += e * (residuals[k - 1] as number)
  }
  return squares === 0 ? 0 : Math.min(0.95, Math.max(0, together / squares))
}

function tOf({ coefficients, inverse, sse }: Solution, count: number): number[] {
  const variance = sse / (count - coefficients.length)
  return coefficients.map((x, c) => {
    const error = Math.sqrt((inverse[c]?.[c] as number) * variance)
    return error === 0 ? Number.POSITIVE_INFINITY : x / error
  })
}

function varianceOf(solution: Solution | null, terms: number, count: number): number {
  return solution === null ? Number.POSITIVE_INFINITY : solution.sse / (count - terms)
}

function indicesOf(kind: TermKind): number[] {
  return candidates.flatMap((candidate, i) => (candidate.kind === kind ? [i] : []))
}
